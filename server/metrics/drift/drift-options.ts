/** What the caller knows about the counts, and what it is willing to pay for. */
export type CountDriftOptions = {
  /** Limit that the evidence must be able to judge, on the scale of the metric; its warning limit unless said. */
  threshold?: number;
  /** How the bins were made (`binning.method`), for the definition. */
  binning?: string;
  /**
   * Leading bins that are neighbours in value and may be merged in pairs when the window is small (`numericLayout`'s
   * `regular`). Leave out for categories.
   */
  regularBins?: number;
  /** Rows needed on both sides; 100 unless said. */
  rowsMin?: number;
  /** Ask for the interval: 2,000 redraws of both count vectors, some milliseconds. */
  interval?: DrawPlan;
};

/** How often to redraw and from which seed; both enter the definition. */
export type DrawPlan = { draws?: number; seed: number };

/** Rows needed on both sides before counts are compared. */
export const ROWS_MIN_DEFAULT = 100;
