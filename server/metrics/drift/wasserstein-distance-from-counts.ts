import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { ROWS_MIN_DEFAULT } from './drift-options.ts';
import { finiteTotal } from './finite-total.ts';

/** Two numeric count vectors of one binning, with the range of the values behind them. */
export type BinnedSamples = {
  /** Edges of the regular bins. */
  edges: ArrayLike<number>;
  /** Numeric count vector (`numericLayout`). */
  reference: ArrayLike<number>;
  current: ArrayLike<number>;
  /** Smallest and largest finite value of both sides: the outer ends of underflow and overflow. */
  min: number;
  max: number;
};

export type CountWassersteinOptions = { rowsMin?: number; binning?: string };

/** Area between two straight lines whose distance goes from a to b over a width of 1; the crossing is handled. */
function areaBetween(a: number, b: number): number {
  const sizeA = Math.abs(a);
  const sizeB = Math.abs(b);
  if (a * b >= 0) return (sizeA + sizeB) / 2;
  return (a * a + b * b) / (2 * (sizeA + sizeB));
}

/** Width of bin `step` in the order of values: 0 is underflow, 1 … regular the bins, regular + 1 overflow. */
function widthOf(samples: BinnedSamples, step: number, regular: number): number {
  const { edges, min, max } = samples;
  if (step === 0) return regular > 0 && min < edges[0] ? edges[0] - min : 0;
  if (step > regular) return regular > 0 && max > edges[regular] ? max - edges[regular] : 0;
  return edges[step] - edges[step - 1];
}

/**
 * The bare number and how far it can be from the distance of the rows.
 *
 * @returns distance in the unit of the feature; 0 and 0 when a side holds no finite value
 */
export function wassersteinDistanceFromCountsOf(samples: BinnedSamples): { value: number; errorBound: number } {
  const { edges, reference, current } = samples;
  const regular = Math.max(0, edges.length - 1);
  const nReference = finiteTotal(reference, regular);
  const nCurrent = finiteTotal(current, regular);
  if (nReference === 0 || nCurrent === 0) return { value: 0, errorBound: 0 };
  let f = 0;
  let g = 0;
  let value = 0;
  let least = 0;
  let most = 0;
  for (let step = 0; step < regular + 2; step += 1) {
    const bin = step === 0 ? regular : step <= regular ? step - 1 : regular + 1;
    const fEnd = f + reference[bin] / nReference;
    const gEnd = g + current[bin] / nCurrent;
    const width = widthOf(samples, step, regular);
    if (width > 0) {
      value += width * areaBetween(f - g, fEnd - gEnd);
      least += width * Math.max(0, f - gEnd, g - fEnd);
      most += width * Math.max(fEnd - g, gEnd - f);
    }
    f = fEnd;
    g = gEnd;
  }
  return { value, errorBound: Math.max(0, most - value, value - least) };
}

function fromCounts(id: string, samples: BinnedSamples, norm: number, options: CountWassersteinOptions): MetricResult {
  const regular = Math.max(0, samples.edges.length - 1);
  const nReference = finiteTotal(samples.reference, regular);
  const n = finiteTotal(samples.current, regular);
  if (n === 0) return noData;
  const rowsMin = Math.max(1, options.rowsMin ?? ROWS_MIN_DEFAULT);
  const fewer = Math.min(n, nReference);
  if (fewer < rowsMin) return insufficientEvidence('n_below_minimum', fewer, rowsMin);
  if (!(norm > 0)) return insufficientEvidence('zero_variance', n);
  const { value, errorBound } = wassersteinDistanceFromCountsOf(samples);
  if (!Number.isFinite(value)) throw new RangeError('the values span more than a double can hold; rescale the feature');
  const binning = options.binning === undefined ? '' : ` binning=${options.binning}`;
  return metricValue(value / norm, n, `${id}/1 profile=plumbline input=binned${binning}`, {
    nReference,
    errorBound: errorBound / norm,
  });
}

/**
 * Wasserstein-1 distance from counts: how far did values move, in their own unit?
 *
 * Reading: as on raw rows. Inside a bin the cdfs are taken as straight lines; `errorBound` is the largest error that
 * this can make, whatever the values inside the bins were.
 *
 * Definition: ∫|F − G|dx with piecewise linear cdfs; a bin of width w with cdf differences a, b at its ends adds
 * w(|a|+|b|)/2, or w(a²+b²)/(2(|a|+|b|)) when they cross; underflow and overflow are bins that reach to the smallest
 * and largest value of the window. Missing and non-finite rows do not take part. No p and no interval: ask the rows.
 *
 * @param samples edges, both count vectors, and the range of both sides
 * @returns distance in the unit of the feature with n (finite rows) and error bound; `no_data`, or `n_below_minimum`
 * below 100 on a side
 * @throws RangeError when a vector holds something that is no count
 *
 * Reference: Vallender 1974, doi:10.1137/1118101. Cost: O(bins), about 0.3 µs.
 *
 * @example
 * const counts = { reference: [100, 200, 150, 50, 0, 0], current: [20, 90, 60, 30, 0, 0] };
 * wassersteinDistanceFromCounts({ edges: [0, 10, 20, 40, 80], ...counts, min: 0, max: 80 }); // value 3.25
 */
export function wassersteinDistanceFromCounts(
  samples: BinnedSamples,
  options: CountWassersteinOptions = {},
): MetricResult {
  return fromCounts('wasserstein_distance', samples, 1, options);
}

/**
 * The same divided by the standard deviation of the reference (ddof 0, `binning.std`). Worse is up; 0.1 is a warning,
 * 0.25 critical. `zero_variance` when the reference does not vary.
 */
export function wassersteinDistanceNormedFromCounts(
  samples: BinnedSamples & { std: number },
  options: CountWassersteinOptions = {},
): MetricResult {
  return fromCounts('wasserstein_distance_normed', samples, samples.std, options);
}
