import fc from 'fast-check';

/** Two count vectors of the same bins, each with at least one row; empty bins, one bin and huge counts included. */
export function countPairs(options: { binsMin?: number; largest?: number } = {}): fc.Arbitrary<[number[], number[]]> {
  const { binsMin = 1, largest = 1000 } = options;
  const count = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: largest }) }, fc.constantFrom(0, 0, 1));
  return fc
    .array(fc.tuple(count, count), { minLength: binsMin, maxLength: 24 })
    .map((pairs): [number[], number[]] => [pairs.map(([r]) => r), pairs.map(([, c]) => c)])
    .filter(([r, c]) => r.some((x) => x > 0) && c.some((x) => x > 0));
}

/** Raw values with ties and a tail. */
export const sample = (minLength: number, maxLength = 40): fc.Arbitrary<number[]> =>
  fc.array(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
    minLength,
    maxLength,
  });
