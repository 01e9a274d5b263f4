// Brings a fresh checkout to the point where the rest can run: dependencies, the pinned Node, the built dashboard.
// Runs on any Node that npm itself runs on; everything after it uses the Node in node_modules.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wanted = new Set(process.argv.slice(2));

function run(command, args, cwd = root) {
  const result = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status !== 0) {
    process.stderr.write(
      `\n${command} ${args.join(' ')} failed. Mend what it says above, then run the same command again.\n`,
    );
    process.exit(result.status ?? 1);
  }
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(
    0,
    ...readdirSync(path)
      .filter((name) => name !== 'dist')
      .map((name) => newest(join(path, name))),
  );
}

const marker = join(root, 'node_modules', '.plumbline-installed');
if (!existsSync(marker) || statSync(marker).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs) {
  process.stderr.write(
    'Installing dependencies (the first time about 200 MB, with the embedded ClickHouse engine) …\n',
  );
  // Versions and digests come from the lock file. `npm ci` would also refuse it because the engine's packages for other
  // platforms, which are optional, are not in every registry.
  run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(marker, '');
}
const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node');
if (!existsSync(pinnedNode))
  run(process.execPath, ['installArchSpecificPackage.js'], join(root, 'node_modules', 'node'));
// Without install scripts npm found no binary to link: the tools of the scripts must find this Node first.
const link = join(root, 'node_modules', '.bin', 'node');
if (!existsSync(link)) symlinkSync(join('..', 'node', 'bin', 'node'), link);

if (wanted.has('ui')) {
  const built = join(root, 'ui', 'dist', 'index.html');
  const isFresh =
    existsSync(built) &&
    statSync(built).mtimeMs > Math.max(newest(join(root, 'ui')), newest(join(root, 'server', 'schemas')));
  if (!isFresh) {
    process.stderr.write('Building the dashboard …\n');
    run(pinnedNode, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', 'ui', '--logLevel', 'warn']);
  }
}

if (wanted.has('browser')) {
  const candidates = [
    process.env.PLUMBLINE_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  if (
    !candidates.some((path) => path && existsSync(path)) &&
    process.platform === 'linux' &&
    process.getuid?.() === 0
  ) {
    process.stderr.write('Installing Chromium for the browser tests …\n');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
}
