import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const venv = join(folder, '.venv');

/** The interpreter of the environment, whether it exists or not. */
export const pythonOfVenv = join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
export const hasVenv = existsSync(pythonOfVenv);

/**
 * Makes the virtual environment with the libraries to compare with, once. Libraries that cannot be installed together
 * are tried one by one, and those that fail are named.
 *
 * @returns names of what could not be installed
 */
export function ensureVenv(requirements: readonly string[]): string[] {
  if (hasVenv) return [];
  say(`making ${venv}; the libraries take a few minutes`);
  if (run('python3', ['-m', 'venv', venv]) !== 0) {
    throw new Error('python3 -m venv failed: install Python 3.10 or newer with its venv module');
  }
  if (install(requirements)) return [];
  say('the libraries do not install together; trying them one by one');
  return requirements.filter((requirement) => !install([requirement]));
}

function install(requirements: readonly string[]): boolean {
  return run(pythonOfVenv, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements]) === 0;
}

function run(command: string, args: readonly string[]): number {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status ?? 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
