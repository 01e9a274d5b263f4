import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorCatalogue } from '../../../server/errors.ts';

it('the page of errors lists the catalogue, code by code', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/errors.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| (.+?) \| (yes|no)/gm)].map(
    ([, code, status, title, again]) => [code, Number(status), title, again === 'yes'],
  );
  const known = Object.entries(errorCatalogue).map(([code, { status, title, retryable }]) => [
    code,
    status,
    title,
    retryable,
  ]);
  expect(listed).toEqual(known);
});
