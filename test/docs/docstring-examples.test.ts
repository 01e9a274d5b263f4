import { describe, expect, test } from 'vitest';
import { metricFiles } from '../../docs/reference/metrics/source/metric-functions.ts';
import { docstringOf } from '../../docs/reference/metrics/source/metric-docstring.ts';

/**
 * Docstring examples whose arguments are written out are run, and a number in their comment must be among the numbers
 * of the result. Examples on somebody's `tally` or `rows` show a call only and are left out, as are those that show the
 * formula on fewer rows than the minimum.
 */
type Example = { file: string; name: string; statement: string; comment: string };
type Exports = Record<string, unknown>;

const exportsOfFile = new Map<string, Exports>();
for (const file of metricFiles.keys()) exportsOfFile.set(file, (await import(`../../${file}`)) as Exports);
const everything: Exports = Object.assign({}, ...exportsOfFile.values());

const examples = [...metricFiles].flatMap(([file, text]) =>
  [...text.matchAll(/^export function (\w+)\(/gm)].flatMap(([, name]): Example[] => {
    const example = docstringOf(text, name)?.example ?? '';
    return [...example.matchAll(/^(\w.*?); \/\/ (.*)$/gm)]
      .filter(([, statement]) => !/^(?:const|let|if)\b/.test(statement))
      .map(([, statement, comment]) => ({ file, name, statement, comment }));
  }),
);

const ran = examples.flatMap((example) => {
  const value = run(example);
  const stated = statedNumbers(example.comment);
  const isShown = value !== undefined && !JSON.stringify(value ?? null).includes('insufficient_evidence');
  return isShown && stated.length > 0 ? [{ ...example, value, stated }] : [];
});

describe('the number in a docstring example is what the function returns', () => {
  test('dozens of examples can be run as they stand', () => {
    expect(ran.length).toBeGreaterThan(60);
  });

  test.each(ran.map((one) => [one.name, one.statement, one] as const))('%s: %s', (_, __, one) => {
    const numbers = numbersIn(one.value);
    const isStated = one.stated.some((text) => numbers.some((number) => shows(text, number)));
    expect(isStated, `${one.file}: "${one.comment}" is not in ${JSON.stringify(one.value)}`).toBe(true);
  });
});

/** undefined when the example speaks of data that the reader has to bring. */
function run({ file, statement }: Example): unknown {
  const scope = { ...everything, ...exportsOfFile.get(file) };
  try {
    return new Function(...Object.keys(scope), `return (${statement})`)(...Object.values(scope));
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function statedNumbers(comment: string): string[] {
  const matches = comment.match(/(?<!\w)[-−]?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?(?![\d⁻])/g) ?? [];
  return matches.map((text) => text.replace('−', '-').replaceAll(',', ''));
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value === 'string') return [Number.parseFloat(value.replaceAll(',', ''))];
  if (value instanceof Map) return [...value.values()].flatMap(numbersIn);
  if (value === null || typeof value !== 'object') return [];
  return (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : Object.values(value)).flatMap(numbersIn);
}

/** Is the text the number, rounded or cut to the decimals that the text has? */
function shows(text: string, number: number): boolean {
  const scale = 10 ** (text.split('.')[1]?.length ?? 0);
  const stated = Number(text);
  if (text.includes('e')) return number === stated;
  return [Math.round, Math.trunc].some((cut) => Math.abs(cut(number * scale) / scale - stated) < 1e-9);
}
