import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sqlRoot = join(import.meta.dirname, '../../sql');

const cache = new Map<string, string>();

/** The text of `sql/queries/<name>.sql`. @throws when there is no such file */
export function sqlQuery(name: string): string {
  let text = cache.get(name);
  if (text === undefined) cache.set(name, (text = readFileSync(join(sqlRoot, 'queries', `${name}.sql`), 'utf8')));
  return text;
}

export type MigrationFile = { version: number; name: string; text: string };

/** `sql/migrations/NNNN_<what>.sql`, ascending. */
export function migrationFiles(): MigrationFile[] {
  return readdirSync(join(sqlRoot, 'migrations'))
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(5, -4),
      text: readFileSync(join(sqlRoot, 'migrations', file), 'utf8'),
    }));
}
