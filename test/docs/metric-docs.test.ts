import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { definitionsBeside } from '../../docs/reference/metrics/source/definitions-beside.ts';
import { metricDocs } from '../../docs/reference/metrics/source/metric-docs.ts';
import { docstringOf } from '../../docs/reference/metrics/source/metric-docstring.ts';
import { functionsOf, sourceOf } from '../../docs/reference/metrics/source/metric-functions.ts';
import { displayResult, exampleIds, workedExample } from '../../docs/reference/metrics/source/worked-examples.ts';

const folder = join(import.meta.dirname, '../../docs/reference/metrics');
const pages = metricDocs();
const remedy = 'run `node docs/write-metric-docs.ts` and commit docs/reference/metrics';

describe('the metric reference is what the code says', () => {
  test('there is a page for every metric and detector, and no other', () => {
    const written = readdirSync(folder).filter((file) => file.endsWith('.md'));
    expect(written.sort(), remedy).toEqual([...pages.keys()].sort());
  });

  test.each([...pages])('%s holds what the catalogue, the docstring and the example say today', (file, text) => {
    expect(readFileSync(join(folder, file), 'utf8'), remedy).toBe(text);
  });

  test('every link of a page leads to a file', () => {
    const broken = [...pages].flatMap(([page, text]) =>
      [...text.matchAll(/\]\(([^)#]+\.(?:md|ts))(?:#[^)]*)?\)/g)]
        .map(([, target]) => target)
        .filter((target) => !canRead(join(folder, target)))
        .map((target) => `${page} → ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test('a definition stands beside the docstrings only where the function has none of its own', () => {
    const repeated = Object.keys(definitionsBeside).filter((id) => {
      const [first] = functionsOf(id);
      return docstringOf(sourceOf(first), first.name)?.definition !== undefined;
    });
    expect(repeated, 'remove these from definitions-beside.ts').toEqual([]);
  });
});

describe('worked examples', () => {
  test.each([...exampleIds])('%s answers with a value', (id) => {
    const result = workedExample(id)?.result ?? 'null';
    expect(result).not.toMatch(/^null$|insufficient_evidence|no_data/);
    expect(result).toMatch(/\d|"/);
  });

  test('show numbers with six significant digits and lists of numbers on one line', () => {
    expect(displayResult({ value: 1 / 3, n: 1_234_567, list: [1, 2.5] })).toBe(
      '{\n  "value": 0.333333,\n  "n": 1234567,\n  "list": [1, 2.5]\n}',
    );
  });
});

describe('docstrings are read part by part', () => {
  const source = [
    '/**',
    ' * Spread: how wide is it?',
    ' *',
    ' * Reading: 0 = not at all.',
    ' * Definition: max − min,',
    ' * in the unit.',
    ' *',
    ' * @param values any',
    ' *   order',
    ' * @returns a number',
    ' *',
    ' * Reference: nobody. Cost: O(n).',
    ' *',
    ' * @example',
    ' * spread([1, 3]); // 2',
    ' */',
    'export function spread(values) {',
  ].join('\n');

  test('labels may share a paragraph, tags are not prose, lines are joined', () => {
    expect(docstringOf(source, 'spread')).toEqual({
      question: 'Spread: how wide is it?',
      reading: '0 = not at all.',
      definition: 'max − min, in the unit.',
      reference: 'nobody.',
      cost: 'O(n).',
      returns: 'a number',
      throws: undefined,
      example: 'spread([1, 3]); // 2',
    });
  });

  test('a function without a comment, or that is not there, has none', () => {
    expect(docstringOf('export function spread(', 'spread')).toBeNull();
    expect(docstringOf(source, 'width')).toBeNull();
  });
});

function canRead(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}
