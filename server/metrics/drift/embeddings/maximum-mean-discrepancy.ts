import { insufficientEvidence, metricValue, noData } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import { GENERATOR, seededRandom } from '../../support/numerics/seeded-random.ts';
import { quantileType7 } from '../../support/numerics/quantile-type-7.ts';
import { permutationPValue } from '../../support/resampling/permutation-p-value.ts';
import { sampleIndices } from '../../support/resampling/sample-indices.ts';
import { shuffle } from '../../support/resampling/shuffle.ts';
import { ROWS_MIN_DEFAULT } from '../drift-options.ts';
import { requireEmbeddings } from './embedding-centroid-distance.ts';
import type { Embedding } from './embedding-centroid-distance.ts';

export type DiscrepancyOptions = {
  /** Seed of the sample and of the permutations. */
  seed: number;
  /** Permutations; 199 unless said, 0 for no p. */
  draws?: number;
  /** Rows sampled from each side; 1,000 unless said. */
  rowsMax?: number;
  rowsMin?: number;
};

/** Kernel values of all pairs of pooled rows, with what the statistic needs of them. */
export type PooledKernel = {
  size: number;
  values: Float64Array;
  rowSums: Float64Array;
  total: number;
  bandwidth: number;
};

function squaredDistance(a: Embedding, b: Embedding): number {
  let sum = 0;
  for (let d = 0; d < a.length; d += 1) sum += (a[d] - b[d]) ** 2;
  return sum;
}

/**
 * Kernel exp(−d²/s) of all pairs, s the median of the pooled squared distances (i < j).
 *
 * @returns null when that median is 0: more than half of the pairs are the same row, and no scale exists
 */
export function pooledKernel(rows: readonly Embedding[]): PooledKernel | null {
  const size = rows.length;
  const values = new Float64Array(size * size);
  const distances = new Float64Array((size * (size - 1)) / 2);
  let pair = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) {
      const distance = squaredDistance(rows[i], rows[j]);
      values[i * size + j] = distance;
      distances[pair] = distance;
      pair += 1;
    }
  }
  const bandwidth = pair === 0 ? 0 : quantileType7(distances.sort(), 0.5);
  if (!(bandwidth > 0)) return null;
  const rowSums = new Float64Array(size);
  let total = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) {
      const kernel = Math.exp(-values[i * size + j] / bandwidth);
      values[i * size + j] = kernel;
      values[j * size + i] = kernel;
      rowSums[i] += kernel;
      rowSums[j] += kernel;
      total += 2 * kernel;
    }
  }
  return { size, values, rowSums, total, bandwidth };
}

/**
 * Unbiased MMD² when the rows at `side` are the reference and all others the window. The diagonal never counts, and
 * only pairs inside one side are read: the rest follows from the row sums.
 */
export function discrepancyOf(kernel: PooledKernel, side: ArrayLike<number>): number {
  const { size, values, rowSums, total } = kernel;
  const n = side.length;
  const m = size - n;
  let within = 0;
  let touching = 0;
  for (let a = 0; a < n; a += 1) {
    const row = side[a] * size;
    touching += rowSums[side[a]];
    for (let b = 0; b < a; b += 1) within += values[row + side[b]];
  }
  within *= 2;
  const across = touching - within;
  const other = total - within - 2 * across;
  return within / (n * (n - 1)) + other / (m * (m - 1)) - (2 * across) / (n * m);
}

/**
 * Maximum mean discrepancy: is there any change of embeddings, not only of their mean?
 *
 * Reading: about 0 = the same. The estimate is unbiased, so it may be negative: that is "no evidence". No limit fits all
 * models: alarm on the permutation p ≤ 0.05, upper tail.
 *
 * Definition: MMD² = mean off-diagonal K_rr + mean off-diagonal K_cc − 2·mean K_rc, kernel exp(−d²/s), s = median of the
 * pooled pairwise squared distances (i < j). At most 1,000 rows a side, sampled with the seed.
 *
 * @param reference embeddings of the reference, one per row
 * @param current embeddings of the window
 * @returns MMD² with n (rows used), p; `no_data`, `n_below_minimum` (100 on a side), `zero_variance` when most rows are equal
 * @throws RangeError when embeddings differ in length or hold something that is no finite number
 *
 * Reference: Gretton et al. 2012, JMLR 13:723. Cost: O(rows² × dimensions), each draw O(rows²); a second at the limit.
 *
 * @example
 * maximumMeanDiscrepancy(referenceRows, currentRows, { seed: 1 }); // value 0.64, p 0.005
 */
export function maximumMeanDiscrepancy(
  reference: readonly Embedding[],
  current: readonly Embedding[],
  options: DiscrepancyOptions,
): MetricResult {
  const { seed, draws = 199, rowsMax = 1000, rowsMin = ROWS_MIN_DEFAULT } = options;
  requireEmbeddings([...reference, ...current]);
  if (current.length === 0) return noData;
  const fewer = Math.min(reference.length, current.length);
  if (fewer < Math.max(2, rowsMin)) return insufficientEvidence('n_below_minimum', fewer, Math.max(2, rowsMin));
  const uniform = seededRandom(seed);
  const left = Array.from(sampleIndices(reference.length, rowsMax, uniform), (row) => reference[row]);
  const right = Array.from(sampleIndices(current.length, rowsMax, uniform), (row) => current[row]);
  const kernel = pooledKernel([...left, ...right]);
  if (kernel === null) return insufficientEvidence('zero_variance', right.length);
  const order = Uint32Array.from({ length: kernel.size }, (_, i) => i);
  const value = discrepancyOf(kernel, order.subarray(0, left.length));
  const definition = `maximum_mean_discrepancy/1 profile=plumbline estimator=unbiased kernel=gaussian bandwidth=median rows_max=${rowsMax} p=permutation draws=${draws} seed=${seed} generator=${GENERATOR}`;
  const extra = { nReference: left.length };
  if (draws === 0) return metricValue(value, right.length, definition, extra);
  const pValue = permutationPValue(value, draws, () =>
    discrepancyOf(kernel, shuffle(order, uniform, left.length).subarray(0, left.length)),
  );
  return metricValue(value, right.length, definition, { ...extra, pValue });
}
