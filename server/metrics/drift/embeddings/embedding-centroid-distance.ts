import { insufficientEvidence, metricValue, noData } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import { GENERATOR, seededRandom } from '../../support/numerics/seeded-random.ts';
import { permutationPValue } from '../../support/resampling/permutation-p-value.ts';
import { shuffle } from '../../support/resampling/shuffle.ts';
import { ROWS_MIN_DEFAULT } from '../drift-options.ts';
import type { DrawPlan } from '../drift-options.ts';

/** One embedding; all of one model have the same length and finite numbers. */
export type Embedding = ArrayLike<number>;

export type CentroidGeometry = 'euclidean' | 'cosine';

export type CentroidOptions = { geometry?: CentroidGeometry; rowsMin?: number; permutation?: DrawPlan };

/** @throws RangeError when embeddings differ in length or hold something that is no finite number */
export function requireEmbeddings(rows: readonly Embedding[]): void {
  for (const row of rows) {
    if (row.length !== rows[0].length || row.length === 0) {
      throw new RangeError(`all embeddings must have the same length; found ${rows[0].length} and ${row.length}`);
    }
    for (let i = 0; i < row.length; i += 1) {
      if (!Number.isFinite(row[i])) throw new RangeError(`an embedding must hold finite numbers; found ${row[i]}`);
    }
  }
}

/** Mean of the rows at `places`, of all rows unless said. Mergeable: keep n and the sums per dimension. */
export function centroidOf(rows: readonly Embedding[], places?: ArrayLike<number>): Float64Array {
  const n = places?.length ?? rows.length;
  const mean = new Float64Array(rows[0].length);
  for (let i = 0; i < n; i += 1) {
    const row = rows[places === undefined ? i : places[i]];
    for (let d = 0; d < mean.length; d += 1) mean[d] += row[d] / n;
  }
  return mean;
}

/**
 * Distance of two centroids: Euclidean, or 1 − cosine of the angle between them.
 *
 * @returns 0 or more; 0 for the cosine when a centroid has no length and so no direction
 */
export function centroidDistanceOf(a: ArrayLike<number>, b: ArrayLike<number>, geometry: CentroidGeometry): number {
  let squares = 0;
  let dot = 0;
  let lengthA = 0;
  let lengthB = 0;
  for (let d = 0; d < a.length; d += 1) {
    squares += (a[d] - b[d]) ** 2;
    dot += a[d] * b[d];
    lengthA += a[d] * a[d];
    lengthB += b[d] * b[d];
  }
  if (geometry === 'euclidean') return Math.sqrt(squares);
  if (lengthA === 0 || lengthB === 0) return 0;
  return Math.max(0, 1 - dot / Math.sqrt(lengthA) / Math.sqrt(lengthB));
}

function permutationP(
  reference: readonly Embedding[],
  current: readonly Embedding[],
  value: number,
  plan: Required<DrawPlan> & { geometry: CentroidGeometry },
): number {
  const rows = [...reference, ...current];
  const order = Uint32Array.from(rows, (_, i) => i);
  const uniform = seededRandom(plan.seed);
  return permutationPValue(value, plan.draws, () => {
    shuffle(order, uniform, reference.length);
    const left = centroidOf(rows, order.subarray(0, reference.length));
    return centroidDistanceOf(left, centroidOf(rows, order.subarray(reference.length)), plan.geometry);
  });
}

/**
 * Embedding centroid distance: did the meaning of inputs shift on average?
 *
 * Reading: 0 = the same mean; blind to spread that keeps it (then ask `maximumMeanDiscrepancy`). Worse is up. The
 * warning of 0.2 fits unit-norm embeddings; for others take limits from left-out reference windows.
 *
 * Definition: ‖mean_r − mean_c‖₂, or 1 − cosine of the two means. p by permutation of rows, 199 draws, when asked for.
 *
 * @param reference embeddings of the reference, one per row
 * @param current embeddings of the window
 * @returns distance with n and p; `no_data`, or `n_below_minimum` below 100 rows on a side
 * @throws RangeError when embeddings differ in length or hold something that is no finite number
 *
 * Reference: Evidently, embedding drift methods. Cost: O(rows × dimensions), and as much for each draw.
 *
 * @example
 * embeddingCentroidDistance(referenceRows, currentRows, { permutation: { seed: 1 } }); // value 0.418, p 0.005
 */
export function embeddingCentroidDistance(
  reference: readonly Embedding[],
  current: readonly Embedding[],
  options: CentroidOptions = {},
): MetricResult {
  const { geometry = 'euclidean', rowsMin = ROWS_MIN_DEFAULT, permutation } = options;
  requireEmbeddings([...reference, ...current]);
  if (current.length === 0) return noData;
  const fewer = Math.min(reference.length, current.length);
  if (fewer < Math.max(1, rowsMin)) return insufficientEvidence('n_below_minimum', fewer, rowsMin);
  const value = centroidDistanceOf(centroidOf(reference), centroidOf(current), geometry);
  const definition = `embedding_centroid_distance/1 profile=plumbline geometry=${geometry}`;
  const evidence = { nReference: reference.length };
  if (permutation === undefined) return metricValue(value, current.length, definition, evidence);
  const plan = { draws: 199, ...permutation };
  const drawn = `${definition} p=permutation draws=${plan.draws} seed=${plan.seed} generator=${GENERATOR}`;
  const pValue = permutationP(reference, current, value, { ...plan, geometry });
  return metricValue(value, current.length, drawn, { ...evidence, pValue });
}
