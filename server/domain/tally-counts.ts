/** Merged counts of all features of one model in one window; the layout is that of the reference's binning set. */
export type FeatureCounts = {
  n: number;
  counts: number[];
  sums: number[];
  /** null where no finite value occurred. */
  minima: (number | null)[];
  maxima: (number | null)[];
};

/** One cell of the outcome tallies with its sums, merged over a window. */
export type OutcomeCell = {
  group: string;
  labelled: boolean;
  isRevision: boolean;
  scoreBin: number;
  predicted: string;
  actual: string;
  n: number;
  scoreSum: number;
  logLoss: number;
  logLossSquares: number;
  error: number;
  errorSquares: number;
  errorFourths: number;
  absoluteError: number;
  actualSum: number;
  actualSquares: number;
};
