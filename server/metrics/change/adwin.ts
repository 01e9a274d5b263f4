import { dropOldest, insertValue, meanOf } from './adwin-window.ts';
import type { AdwinBucket, AdwinWindow } from './adwin-window.ts';
import { requireFiniteValue } from './change-step.ts';
import type { ChangeStep } from './change-step.ts';

/** The window and the values seen, for the clock. */
export type AdwinState = AdwinWindow & { tick: number };

export type AdwinParameters = {
  /** δ, confidence; 0.002 unless said. */
  delta?: number;
  /** Values between two checks; 32 unless said. */
  clock?: number;
  /** Buckets of one size; 5 unless said. */
  bucketsMax?: number;
  /** Smallest part on either side of a cut; 5 unless said. */
  partMin?: number;
  /** Width that must be passed before the first check; 10 unless said. */
  grace?: number;
  /** `river` leaves the newest bucket of each size out of the walk and restarts empty after an alarm: later alarms. */
  profile?: 'plumbline' | 'river';
};

export const adwinStart: AdwinState = { rows: [], width: 0, total: 0, m2: 0, tick: 0 };

type Limits = Required<AdwinParameters>;

/** Buckets in the order of the walk, oldest first. */
function bucketsToWalk(window: AdwinWindow, profile: Limits['profile']): { size: number; bucket: AdwinBucket }[] {
  return window.rows
    .flatMap((buckets, row) => {
      const walked = profile === 'river' ? buckets.slice(0, -1) : buckets;
      return [{ row, buckets: walked }];
    })
    .toReversed()
    .flatMap(({ row, buckets }) => buckets.map((bucket) => ({ size: 2 ** row, bucket })));
}

/** Is there a place at which the older and the newer part differ by more than chance allows? */
function hasCut(window: AdwinWindow, limits: Limits): boolean {
  const { width, total, m2 } = window;
  const variance = m2 / width;
  const logTerm = Math.log((2 * Math.log(width)) / limits.delta);
  let older = 0;
  let olderSum = 0;
  for (const { size, bucket } of bucketsToWalk(window, limits.profile)) {
    older += size;
    olderSum += bucket.sum;
    const newer = width - older;
    if (older < limits.partMin || newer < limits.partMin) continue;
    const harmonic = 1 / (older - limits.partMin + 1) + 1 / (newer - limits.partMin + 1);
    const bound = Math.sqrt(2 * harmonic * variance * logTerm) + (2 / 3) * harmonic * logTerm;
    if (Math.abs(olderSum / older - (total - olderSum) / newer) > bound) return true;
  }
  return false;
}

/**
 * ADWIN, adaptive windowing: did the mean change at a time nobody told us?
 *
 * Reading: keeps the longest window whose older and newer part agree; on `drift` the older part has been dropped and
 * `adwinMean` is the mean since. Needs no reference and no limit in units of x, only a confidence.
 *
 * Definition: row i holds up to 5 buckets of 2^i values (sum, M2), oldest first; while a row holds 6, its two oldest merge
 * into row i+1. On every 32nd value with width > 10 walk the buckets from the oldest; at each boundary with n0, n1 ≥ 5:
 * v = M2/width, L = ln(2·ln(width)/δ), m = 1/(n0−4) + 1/(n1−4), ε = √(2·m·v·L) + ⅔·m·L; if |mean0 − mean1| > ε drop the
 * oldest bucket, report drift, walk again. The window keeps adapting: no reset.
 *
 * @param state so far; `adwinStart` at the start. About 5·log2(width) buckets: store it with every step
 * @param x value of the newest closed window
 * @returns next state and level (`stable` or `drift`); the argument is not changed
 * @throws RangeError for NaN and the infinities
 *
 * Reference: Bifet & Gavaldà 2007, doi:10.1137/1.9781611972771.42. Cost: O(log width).
 *
 * @example
 * adwinStep(adwinStart, 0.3).state.width; // 1
 */
export function adwinStep(state: AdwinState, x: number, parameters: AdwinParameters = {}): ChangeStep<AdwinState> {
  const limits: Limits = {
    delta: 0.002,
    clock: 32,
    bucketsMax: 5,
    partMin: 5,
    grace: 10,
    profile: 'plumbline',
    ...parameters,
  };
  const tick = state.tick + 1;
  let window = insertValue(state, requireFiniteValue(x), limits.bucketsMax);
  let isDrift = false;
  if (tick % limits.clock === 0 && window.width > limits.grace) {
    while (window.width > 1 && hasCut(window, limits)) {
      isDrift = true;
      window = dropOldest(window);
    }
  }
  if (isDrift && limits.profile === 'river') return { state: adwinStart, level: 'drift' };
  return { state: { ...window, tick }, level: isDrift ? 'drift' : 'stable' };
}

/** Mean of the window that ADWIN still believes in; 0 when it is empty. */
export function adwinMean(state: AdwinWindow): number {
  return meanOf(state);
}
