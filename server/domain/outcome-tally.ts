/**
 * Mergeable counts of predictions and their outcomes, for one (version, segment, group) in one window.
 * Merging two tallies is adding their numbers; retracting a revised label is adding negative ones.
 */

/** Sums over labelled rows, enough for the mean and the variance of each loss. */
export type LossSums = {
  n: number;
  /** Natural-log loss with p cut to [2^-52, 1-2^-52]. */
  logLoss: number;
  logLossSquares: number;
  /** Error = score − y (y in {0, 1}) or predicted − actual value; sums of its powers 1, 2 and 4 and of its size. */
  error: number;
  errorSquares: number;
  errorFourths: number;
  absoluteError: number;
  /** Sums of (actual − center), around the frozen center of the model's value. */
  actual: number;
  actualSquares: number;
};

/** Two-by-two counts by the decision that was logged (or score ≥ threshold when none was). */
export type ConfusionCounts = {
  truePositive: number;
  falsePositive: number;
  falseNegative: number;
  trueNegative: number;
};

export type BinaryTally = {
  kind: 'binary';
  /** `bins + 1` ascending edges: 200 equal widths on [0, 1], or reference quantiles for other scales. */
  scoreEdges: Float64Array;
  /** True where the score is a probability: log loss, Brier and calibration have a meaning. */
  isProbability: boolean;
  /** All predictions that carry a score, labelled or not, per score bin. */
  predictions: Float64Array;
  /** Labelled predictions per score bin. */
  positives: Float64Array;
  negatives: Float64Array;
  /** Sum of the score per bin over labelled rows: mean score of a bin for calibration. */
  labelledScoreSums: Float64Array;
  /** All predictions with a decision, labelled or not. */
  decided: number;
  decidedPositive: number;
  /** All predictions of the window, with or without score and label. */
  total: number;
  labelled: number;
  confusion: ConfusionCounts;
  losses: LossSums;
};

export type RegressionTally = {
  kind: 'regression';
  total: number;
  labelled: number;
  /** The constant that `losses.actual` sums are shifted by. */
  center: number;
  losses: LossSums;
};

export type MulticlassTally = {
  kind: 'multiclass';
  total: number;
  labelled: number;
  /** Sorted union of predicted and actual labels. */
  labels: string[];
  /** matrix[actual][predicted], labelled rows. */
  matrix: number[][];
  /** Predictions per predicted label, labelled or not, in the order of `labels`. */
  predicted: number[];
  losses: LossSums;
};

export type OutcomeTally = BinaryTally | RegressionTally | MulticlassTally;
