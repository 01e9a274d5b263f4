/** A prediction joined with its feedback: one row of `outcomes`. `sign` −1 retracts, 1 adds. */
export type Outcome = {
  model: string;
  predictionId: string;
  /** Milliseconds since the epoch. */
  occurredAt: number;
  version: string;
  score: number;
  /** Probability that the model gave to the actual class, multiclass only; NaN when none was logged. */
  scoreOfActual: number;
  predicted: string;
  predictedValue: number;
  actual: string;
  actualValue: number;
  isRevision: boolean;
  segments: (string | null)[];
  groups: (string | null)[];
  sign: 1 | -1;
};
