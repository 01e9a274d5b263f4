// Runs every suite one after the other and ends with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const suites = {
  unit: [
    'test/architecture.test.ts',
    'test/policies',
    'test/server',
    'test/collectors',
    'test/ui',
    'test/docs',
    'test/reference',
  ],
  contracts: ['test/contracts'],
  integration: ['test/integration'],
  faults: ['test/faults'],
  e2e: ['test/e2e'],
};
const wanted = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'plumbline-tests-'));
let passed = 0;
let failed = 0;
let skipped = 0;
for (const [name, paths] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`\n── ${name} ──\n`);
  const report = join(directory, `${name}.json`);
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const started = Date.now();
  const result = spawnSync(process.execPath, [...args, ...paths], { stdio: ['ignore', 2, 2] });
  const seconds = Math.round((Date.now() - started) / 1000);
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    passed += counts.numPassedTests;
    failed += counts.numFailedTests;
    skipped += counts.numPendingTests + counts.numTodoTests;
    // A file that could not be loaded has no test that failed: it counts as one.
    failed += counts.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every((t) => t.status !== 'failed'),
    ).length;
    process.stderr.write(`${name}: ${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${seconds} s\n`);
    if (result.status !== 0 && counts.numFailedTests === 0 && counts.success) failed += 1;
  } catch {
    process.stderr.write(`${name}: no report, the runner ended with ${result.status ?? result.signal}\n`);
    failed += 1;
  }
}
rmSync(directory, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failed === 0 ? 0 : 1);
