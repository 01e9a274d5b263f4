// Format, lint, types (server and dashboard), dead code, architecture: all of them, then the verdict.
import { spawnSync } from 'node:child_process';

const bin = (name) => `node_modules/.bin/${name}`;
const checks = [
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['lint', bin('oxlint'), ['--deny-warnings', 'server', 'collectors', 'policies', 'ui/src', 'test', 'deploy']],
  ['types of the server', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  ['types of the dashboard', bin('svelte-check'), ['--tsconfig', 'ui/tsconfig.json', '--fail-on-warnings']],
  ['dead code', bin('knip'), ['--no-progress']],
  [
    'architecture',
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', 'test/architecture.test.ts', '--reporter=dot'],
  ],
];
const failed = [];
for (const [name, command, args] of checks) {
  const started = Date.now();
  const result = spawnSync(command, args, { stdio: 'inherit' });
  const isFine = result.status === 0;
  if (!isFine) failed.push(name);
  process.stdout.write(`${isFine ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
}
process.stdout.write(failed.length === 0 ? 'check: all fine\n' : `check: ${failed.join(', ')} failed\n`);
process.exit(failed.length === 0 ? 0 : 1);
