import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export type ProductVersion = { version: string; commit: string | null };

/** Version of this package; the commit where the build wrote it down. */
export function productVersion(): ProductVersion {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const commitFile = join(root, 'COMMIT');
  return { version, commit: existsSync(commitFile) ? readFileSync(commitFile, 'utf8').trim() : null };
}

/** The built dashboard, null when it has not been built. */
export function uiDirectory(): string | null {
  const path = join(root, 'ui', 'dist');
  return existsSync(join(path, 'index.html')) ? path : null;
}
