import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

const folder = join(import.meta.dirname, '../../../shared/data');

/** Real data that is not part of the project: tests that need it skip, and say so, where it is missing. */
export const hasSharedData = existsSync(folder);

export function sharedCsv(name: string): Record<string, string>[] {
  return parse(readFileSync(join(folder, name)), { columns: true }) as Record<string, string>[];
}
