// The server with restarts on change beside the dashboard with hot reload.
import { spawn } from 'node:child_process';

const port = process.env.PLUMBLINE_PORT ?? '4600';
const children = [
  spawn(process.execPath, ['--watch', 'server/cli.ts', 'serve', '--port', port], { stdio: 'inherit' }),
  spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'ui'], {
    stdio: 'inherit',
    env: { ...process.env, PLUMBLINE_DEV_PORT: port },
  }),
];
const stop = () => children.forEach((child) => child.kill('SIGTERM'));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
