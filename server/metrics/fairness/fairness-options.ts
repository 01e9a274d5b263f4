import { LEVEL_DEFAULT } from '../support/intervals/two-sided-z.ts';
import type { DrawPlan } from '../support/intervals/count-bootstrap-interval.ts';

export type FairnessOptions = {
  /** Two-sided level of a single interval; worst cases are held to it over all pairs (Bonferroni). */
  level?: number;
  /** Rows a group needs to be compared; 30 unless said. */
  groupNMin?: number;
  /** Rows in the denominator of a conditional rate; 20 unless said. */
  denominatorMin?: number;
  /** Groups under this many rows are hidden: nobody shall be singled out; 10 unless said. */
  hiddenBelowN?: number;
  /** A score-bin edge to decide at, in place of the decision that was logged. */
  threshold?: number;
  /** null: no bootstrap interval (treatment equality, entropy, calibration within groups). */
  bootstrap?: DrawPlan | null;
};

export type FairnessRules = {
  level: number;
  groupNMin: number;
  denominatorMin: number;
  hiddenBelowN: number;
  threshold: number | undefined;
  bootstrap: DrawPlan | null;
};

/** The caller's rules over the defaults of the reference, section 9. */
export function fairnessRules(options: FairnessOptions = {}): FairnessRules {
  const groupNMin = options.groupNMin ?? 30;
  return {
    level: options.level ?? LEVEL_DEFAULT,
    groupNMin,
    denominatorMin: Math.min(options.denominatorMin ?? 20, groupNMin),
    // A group that is large enough to be compared cannot be hidden at the same time.
    hiddenBelowN: Math.min(options.hiddenBelowN ?? 10, groupNMin),
    threshold: options.threshold,
    bootstrap: options.bootstrap === undefined ? { draws: 2000, seed: 1 } : options.bootstrap,
  };
}
