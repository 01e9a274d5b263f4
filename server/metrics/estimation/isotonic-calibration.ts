import { ascendingOrder } from '../support/intervals/ascending-order.ts';

/** A rising step curve through knots: scores ascending and distinct, values not falling. */
export type IsotonicFit = { scores: Float64Array; values: Float64Array };

/**
 * Isotonic calibration: which rate does a score really stand for?
 *
 * Reading: the fitted value of a score is the share of positives that such scores turned out to have, under the one
 * assumption that a higher score never means a lower rate. Needs a thousand rows or so; on few it copies noise.
 * Definition: equal scores are merged to (score, mean label, weight); pool adjacent violators: neighbours that fall are
 * replaced by their weighted mean until none falls. Between knots linear, outside them flat.
 *
 * @param scores finite, any order
 * @param labels 0/1 (or any target), one per score
 * @param weights above 0, equal unless given
 * @throws RangeError without any row
 *
 * Reference: Zadrozny & Elkan 2002, doi:10.1145/775047.775151. Cost: O(n log n).
 *
 * @example
 * isotonicRate(fitIsotonic([0.1, 0.4, 0.6], [0, 1, 1]), 0.25); // 0.5
 */
export function fitIsotonic(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): IsotonicFit {
  if (scores.length === 0) throw new RangeError('isotonic calibration needs at least one labelled row');
  const order = ascendingOrder(scores);
  const merged = mergeEqualScores(order, scores, labels, weights);
  const values = poolAdjacentViolators(merged.means, merged.weights);
  return { scores: Float64Array.from(merged.scores), values };
}

/** The calibrated rate of one score: linear between knots, the end values outside. */
export function isotonicRate(fit: IsotonicFit, score: number): number {
  const { scores, values } = fit;
  const last = scores.length - 1;
  if (score <= scores[0]) return values[0];
  if (score >= scores[last]) return values[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle] <= score) low = middle;
    else high = middle;
  }
  const share = (score - scores[low]) / (scores[high] - scores[low]);
  return values[low] + share * (values[high] - values[low]);
}

function mergeEqualScores(
  order: Uint32Array,
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): { scores: number[]; means: number[]; weights: number[] } {
  const merged = { scores: [] as number[], means: [] as number[], weights: [] as number[] };
  for (const row of order) {
    const weight = weights ? weights[row] : 1;
    const last = merged.scores.length - 1;
    if (last >= 0 && merged.scores[last] === scores[row]) {
      const total = merged.weights[last] + weight;
      merged.means[last] += ((labels[row] - merged.means[last]) * weight) / total;
      merged.weights[last] = total;
    } else {
      merged.scores.push(scores[row]);
      merged.means.push(labels[row]);
      merged.weights.push(weight);
    }
  }
  return merged;
}

/** Least-squares non-falling fit: a stack of blocks, merged while the newest is below the one before. */
function poolAdjacentViolators(means: number[], weights: number[]): Float64Array {
  const blocks: { mean: number; weight: number; length: number }[] = [];
  means.forEach((mean, i) => {
    let block = { mean, weight: weights[i], length: 1 };
    for (let before = blocks.at(-1); before && before.mean >= block.mean; before = blocks.at(-1)) {
      const weight = before.weight + block.weight;
      block = {
        mean: (before.mean * before.weight + block.mean * block.weight) / weight,
        weight,
        length: before.length + block.length,
      };
      blocks.pop();
    }
    blocks.push(block);
  });
  const fitted = new Float64Array(means.length);
  let next = 0;
  for (const { mean, length } of blocks) {
    fitted.fill(mean, next, next + length);
    next += length;
  }
  return fitted;
}
