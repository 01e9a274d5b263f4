import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** One case of the golden file; section 13 of the metric reference says how to read it. */
export type GoldenCase = {
  id: string;
  family: string;
  metric: string;
  input: Record<string, unknown>;
  expected: Record<string, unknown>;
  tolerance: { absolute: number; relative: number };
  source: string;
  portable?: boolean;
};

/** Computes what `expected` names from the input of a case; more keys than expected are fine. */
// The input's shape differs from case to case, so each runner names the one it reads.
export type GoldenRunner = (input: never) => unknown;

const goldenFile = fileURLToPath(new URL('../../../../../shared/reference/golden/metrics.json', import.meta.url));
export const hasGoldenFile = existsSync(goldenFile);

const casesOf = (family: string): GoldenCase[] =>
  hasGoldenFile
    ? (JSON.parse(readFileSync(goldenFile, 'utf8')) as GoldenCase[]).filter((one) => one.family === family)
    : [];

/**
 * Runs every case of a family and fails when one has no runner, so that a new case cannot be overlooked.
 * Without the golden file the whole family is skipped and says so.
 */
export function describeGoldenFamily(family: string, runners: Record<string, GoldenRunner>): void {
  const title = `golden cases of ${family}`;
  if (!hasGoldenFile) {
    describe.skip(`${title} (skipped: ../shared/reference/golden/metrics.json is not beside the repository)`, () => {
      test('needs the golden file', () => {});
    });
    return;
  }
  const cases = casesOf(family);
  describe(title, () => {
    test('every case that carries its rows has a runner', () => {
      const missing = cases.filter((one) => one.portable !== false && !(one.id in runners)).map((one) => one.id);
      expect(missing).toEqual([]);
      expect(cases.length).toBeGreaterThan(0);
    });
    for (const one of cases) {
      if (one.portable === false || !(one.id in runners)) continue;
      test(`${one.id}: ${one.source}`, () => {
        expectGolden((runners[one.id] as (input: unknown) => unknown)(one.input), one.expected, one.tolerance, one.id);
      });
    }
  });
}

function expectGolden(actual: unknown, expected: unknown, tolerance: GoldenCase['tolerance'], path: string): void {
  if (typeof expected === 'number') {
    expect(typeof actual, `${path} must be a number`).toBe('number');
    const distance = Math.abs((actual as number) - expected);
    const allowed = tolerance.absolute + tolerance.relative * Math.abs(expected);
    expect(distance <= allowed, `${path}: ${String(actual)} is not ${expected} within ${allowed}`).toBe(true);
  } else if (Array.isArray(expected)) {
    expect(Array.from(actual as ArrayLike<unknown>).length, `${path}.length`).toBe(expected.length);
    expected.forEach((item, i) => expectGolden((actual as ArrayLike<unknown>)[i], item, tolerance, `${path}[${i}]`));
  } else if (expected !== null && typeof expected === 'object') {
    expect(actual, path).toBeTypeOf('object');
    for (const [key, item] of Object.entries(expected)) {
      expectGolden((actual as Record<string, unknown>)[key], item, tolerance, `${path}.${key}`);
    }
  } else {
    expect(actual, path).toBe(expected);
  }
}
