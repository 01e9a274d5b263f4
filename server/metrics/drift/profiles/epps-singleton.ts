import { quantileType7 } from '../../support/numerics/quantile-type-7.ts';
import { chiSquareUpperTail } from '../../support/special-functions/chi-square-upper-tail.ts';
import { symmetricEigen } from '../dataset/symmetric-eigen.ts';

/** Points at which the characteristic functions are compared, in half interquartile ranges. */
const POINTS = [0.4, 0.8];

/** Below this share of the largest eigenvalue a direction has no spread of its own. */
const RANK_TOLERANCE = 1e-15;

const SMALL_SAMPLE = 25;

type Side = { mean: number[]; covariance: number[][] };

function describeSide(values: ArrayLike<number>, scale: number): Side {
  const rows = Array.from(values, (x) => POINTS.flatMap((t) => [Math.cos((t * x) / scale), Math.sin((t * x) / scale)]));
  const mean = rows[0].map((_, d) => rows.reduce((sum, row) => sum + row[d], 0) / rows.length);
  const covariance = mean.map((a, i) =>
    mean.map((b, j) => rows.reduce((sum, row) => sum + (row[i] - a) * (row[j] - b), 0) / rows.length),
  );
  return { mean, covariance };
}

/**
 * Epps-Singleton test: do the characteristic functions differ? Evidently's `es`, alarm below 0.05.
 *
 * Definition: as SciPy's `epps_singleton_2samp`: cos and sin of t·x at t = 0.4 and 0.8 over half the pooled interquartile
 * range, Wald statistic with the pseudo-inverse of their covariance, small-sample factor below 25 rows, chi-square tail
 * with the rank as degrees of freedom.
 *
 * @returns p; null when the pooled interquartile range is 0
 *
 * Reference: Epps & Singleton 1986, doi:10.1080/00949658608810963. Cost: O(n).
 */
export function eppsSingleton(reference: ArrayLike<number>, current: ArrayLike<number>): number | null {
  const n = reference.length;
  const m = current.length;
  const total = n + m;
  const pooled = Float64Array.from({ length: total }, (_, i) => (i < n ? reference[i] : current[i - n])).sort();
  const scale = (quantileType7(pooled, 0.75) - quantileType7(pooled, 0.25)) / 2;
  if (!(scale > 0)) return null;
  const left = describeSide(reference, scale);
  const right = describeSide(current, scale);
  const covariance = left.covariance.map((row, i) =>
    row.map((value, j) => (total / n) * value + (total / m) * right.covariance[i][j]),
  );
  const difference = left.mean.map((value, i) => value - right.mean[i]);
  const { values, vectors } = symmetricEigen(covariance);
  const rank = values.filter((value) => value > values[0] * RANK_TOLERANCE).length;
  let statistic = 0;
  for (let k = 0; k < rank; k += 1) {
    const projection = vectors[k].reduce((sum, value, i) => sum + value * difference[i], 0);
    statistic += (total * projection ** 2) / values[k];
  }
  const factor = 1 / (1 + total ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7));
  return chiSquareUpperTail(Math.max(n, m) < SMALL_SAMPLE ? factor * statistic : statistic, rank);
}
