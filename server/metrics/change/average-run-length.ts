import { solveLinearSystem } from '../support/numerics/solve-linear-system.ts';
import { normalUpperTail } from '../support/special-functions/normal-upper-tail.ts';

export type RunLengthOptions = {
  /** Lasting shift of the mean in standard deviations; 0, no change, unless said. */
  shift?: number;
  /** States of the Markov chain; more are more exact and slower. */
  states?: number;
};

/** P(a < Z < b) for a standard normal, with digits in both tails. */
function normalBetween(a: number, b: number): number {
  return a > 0 ? normalUpperTail(a) - normalUpperTail(b) : normalUpperTail(-b) - normalUpperTail(-a);
}

/** Mean steps until the chain leaves its states: (I − Q)·ARL = 1, read at the starting state. */
function absorptionTime(size: number, start: number, move: (from: number, to: number) => number): number {
  const matrix = Array.from({ length: size }, (_, from) =>
    Float64Array.from({ length: size }, (__, to) => (from === to ? 1 : 0) - move(from, to)),
  );
  const times = solveLinearSystem(matrix, new Float64Array(size).fill(1));
  // A limit so wide that no state is ever left to double precision: the chart never alarms.
  if (times === null || !(times[start] >= 1)) return Number.MAX_VALUE;
  return times[start];
}

/**
 * Average run length of a one-sided CUSUM: after how many windows does it alarm?
 *
 * Reading: with no shift it is the time between false alarms, and should be long: choose limits by it, not by feel. With
 * a shift it is the delay of detection, and should be short. Two-sided charts with equal limits have half the time
 * between false alarms.
 *
 * Definition: Markov chain over the values of the sum, normal data; Brook & Evans' approximation.
 *
 * @param parameters k and h in standard deviations
 * @returns mean number of values until an alarm, started at 0
 * @throws RangeError when k is negative or h is not above 0
 *
 * Reference: Brook & Evans 1972, doi:10.1093/biomet/59.3.539. Cost: states³/3, about 5 ms.
 *
 * @example
 * cusumAverageRunLength({ k: 0.5, h: 5 }); // 931 one-sided, so 465 two-sided
 * cusumAverageRunLength({ k: 0.5, h: 5 }, { shift: 1 }); // 10.4
 */
export function cusumAverageRunLength(parameters: { k: number; h: number }, options: RunLengthOptions = {}): number {
  const { k, h } = parameters;
  const { shift = 0, states = 200 } = options;
  if (!(k >= 0) || !(h > 0)) throw new RangeError(`k must be 0 or more and h above 0, got ${k} and ${h}`);
  const width = (2 * h) / (2 * states - 1);
  return absorptionTime(states, 0, (from, to) => {
    const centre = (to - from) * width + k - shift;
    const lower = to === 0 ? Number.NEGATIVE_INFINITY : centre - width / 2;
    return normalBetween(lower, centre + width / 2);
  });
}

/**
 * Average run length of a two-sided EWMA chart with its steady limits: after how many windows does it alarm?
 *
 * Reading and definition as for the CUSUM; the limits of the chart are narrower over its first few values, which this
 * leaves out.
 *
 * @param parameters weight λ in (0, 1] and limit L in standard deviations of the smoothed value
 * @throws RangeError when λ is not in (0, 1] or L is not above 0
 *
 * Reference: Lucas & Saccucci 1990, doi:10.1080/00401706.1990.10484583. Cost: states³/3, about 5 ms.
 *
 * @example
 * ewmaAverageRunLength({ lambda: 0.2, limit: 2.962 }); // 500
 */
export function ewmaAverageRunLength(
  parameters: { lambda: number; limit: number },
  options: RunLengthOptions = {},
): number {
  const { lambda, limit } = parameters;
  const { shift = 0, states = 201 } = options;
  if (!(lambda > 0 && lambda <= 1) || !(limit > 0)) {
    throw new RangeError(`lambda must lie in (0, 1] and the limit above 0, got ${lambda} and ${limit}`);
  }
  const halfWidth = limit * Math.sqrt(lambda / (2 - lambda));
  const size = states % 2 === 1 ? states : states + 1;
  const width = (2 * halfWidth) / size;
  const centreOf = (state: number): number => (state + 0.5) * width - halfWidth;
  return absorptionTime(size, (size - 1) / 2, (from, to) => {
    const middle = (centreOf(to) - (1 - lambda) * centreOf(from)) / lambda - shift;
    return normalBetween(middle - width / 2 / lambda, middle + width / 2 / lambda);
  });
}
