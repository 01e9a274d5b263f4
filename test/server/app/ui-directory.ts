import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A built dashboard in small, beside a secret that must never be served. */
export async function uiDirectory(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'plumbline-ui-'));
  const directory = join(parent, 'dist');
  await mkdir(join(directory, 'assets'), { recursive: true });
  await writeFile(join(parent, 'secret.txt'), 'root:x:0:0');
  await writeFile(join(directory, '.env'), 'root:x:0:0');
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>Plumbline</title>');
  await writeFile(join(directory, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(directory, 'assets', 'index.js'), 'export {};');
  return directory;
}
