import { describe, expect, it } from 'vitest';
import { countBootstrap } from '../../../../../server/metrics/support/resampling/count-bootstrap.ts';

const share = ([counts]: readonly Float64Array[]): number => counts[0] / (counts[0] + counts[1]);

describe('count bootstrap', () => {
  it('the same seed gives the same replicates', () => {
    const options = { draws: 50, seed: 9 };
    expect(countBootstrap([[3, 7]], share, options)).toEqual(countBootstrap([[3, 7]], share, options));
    expect(countBootstrap([[3, 7]], share, options)).not.toEqual(
      countBootstrap([[3, 7]], share, { draws: 50, seed: 10 }),
    );
  });

  it('redraws as many rows as there were, and no row for an empty cell', () => {
    countBootstrap(
      [
        [40, 0, 60],
        [5, 5],
      ],
      ([a, b]) => {
        expect(a[0] + a[2]).toBe(100);
        expect(a[1]).toBe(0);
        expect(b[0] + b[1]).toBe(10);
        return 0;
      },
      { draws: 200, seed: 1 },
    );
  });

  it('spreads as the binomial does: mean p and variance p(1−p)/n', () => {
    const replicates = [...countBootstrap([[300, 700]], share, { draws: 4000, seed: 4 })];
    const mean = replicates.reduce((sum, x) => sum + x, 0) / 4000;
    const variance = replicates.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4000;
    expect(mean).toBeCloseTo(0.3, 2);
    expect(variance / (0.21 / 1000)).toBeGreaterThan(0.9);
    expect(variance / (0.21 / 1000)).toBeLessThan(1.1);
  });

  it('leaves out replicates in which the statistic has no value', () => {
    expect(countBootstrap([[1, 1]], ([c]) => 1 / c[0], { draws: 300, seed: 2 }).every(Number.isFinite)).toBe(true);
    expect(countBootstrap([[0, 0]], share, { draws: 10, seed: 2 })).toHaveLength(0);
  });
});
