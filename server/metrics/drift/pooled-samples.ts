import { shuffle } from '../support/resampling/shuffle.ts';

/** Two samples as weights over their common sorted values: redrawing changes weights only and needs no new sort. */
export type PooledSamples = {
  /** All values of both samples, ascending. */
  values: Float64Array;
  /** How often each place belongs to the reference; sums to nReference. */
  reference: Float64Array;
  /** How often each place belongs to the window; sums to nCurrent. */
  current: Float64Array;
  nReference: number;
  nCurrent: number;
};

/** Merge two sorted samples. Cost: O(n + m). */
export function poolSorted(reference: Float64Array, current: Float64Array): PooledSamples {
  const nReference = reference.length;
  const nCurrent = current.length;
  const size = nReference + nCurrent;
  const pooled: PooledSamples = {
    values: new Float64Array(size),
    reference: new Float64Array(size),
    current: new Float64Array(size),
    nReference,
    nCurrent,
  };
  let i = 0;
  let j = 0;
  for (let place = 0; place < size; place += 1) {
    const isReference = j >= nCurrent || (i < nReference && reference[i] <= current[j]);
    pooled.values[place] = isReference ? reference[i] : current[j];
    pooled[isReference ? 'reference' : 'current'][place] = 1;
    if (isReference) i += 1;
    else j += 1;
  }
  return pooled;
}

/**
 * ∫ |F − G|^power dx over the pooled range, F and G the empirical cdfs; power 1 is Wasserstein-1.
 *
 * @returns 0 or more; +Infinity only where the range itself is wider than a double
 */
export function cdfDistanceIntegral(samples: PooledSamples, power: 1 | 2): number {
  const { values, reference, current, nReference, nCurrent } = samples;
  let below = 0;
  let belowCurrent = 0;
  let integral = 0;
  for (let place = 0; place + 1 < values.length; place += 1) {
    below += reference[place];
    belowCurrent += current[place];
    const difference = Math.abs(below / nReference - belowCurrent / nCurrent);
    if (difference === 0) continue;
    const width = values[place + 1] - values[place];
    integral += width * (power === 1 ? difference : difference * difference);
  }
  return integral;
}

/** Deal the rows to both sides by chance, sizes kept: one draw of a permutation test. */
export function dealAgain(samples: PooledSamples, order: Uint32Array, uniform: () => number): PooledSamples {
  const { values, nReference, nCurrent } = samples;
  const reference = new Float64Array(values.length);
  const current = new Float64Array(values.length).fill(1);
  shuffle(order, uniform, nReference);
  for (let i = 0; i < nReference; i += 1) {
    reference[order[i]] = 1;
    current[order[i]] = 0;
  }
  return { values, reference, current, nReference, nCurrent };
}

/** Draw the rows of each side from itself with replacement: one draw of the bootstrap. */
export function redrawRows(samples: PooledSamples, uniform: () => number): PooledSamples {
  const { values, nReference, nCurrent } = samples;
  const redraw = (weights: Float64Array, n: number): Float64Array => {
    const places = Uint32Array.from({ length: n });
    let next = 0;
    for (let place = 0; place < weights.length; place += 1) if (weights[place] > 0) places[next++] = place;
    const drawn = new Float64Array(weights.length);
    for (let row = 0; row < n; row += 1) drawn[places[Math.floor(uniform() * n)]] += 1;
    return drawn;
  };
  const reference = redraw(samples.reference, nReference);
  return { values, reference, current: redraw(samples.current, nCurrent), nReference, nCurrent };
}
