import type { BinaryTally } from '../../../domain/outcome-tally.ts';

/** Probability metrics have no meaning on another scale: asking for one is a mistake of the caller, not of the data. */
export function requireProbability(tally: BinaryTally, id: string): void {
  if (tally.isProbability) return;
  throw new RangeError(
    `${id} needs scores that are probabilities; this model's scores have another scale, so ask for roc_auc or average_precision`,
  );
}
