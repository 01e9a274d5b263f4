import type { ScoreBinning } from './score-binning.ts';

/** One row for `outcome_tallies_in`. Sums are 0 for predictions without a label. */
export type OutcomeTallyRow = {
  model: string;
  scoreBinning: string;
  segment: string;
  group: string;
  minute: number;
  version: string;
  labelled: 0 | 1;
  isRevision: 0 | 1;
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

const noSums = {
  scoreSum: 0,
  logLoss: 0,
  logLossSquares: 0,
  error: 0,
  errorSquares: 0,
  errorFourths: 0,
  absoluteError: 0,
  actualSum: 0,
  actualSquares: 0,
};

/** Predictions per (segment, group, decision, score bin) of one minute and version, under each score binning. */
export class OutcomeCells {
  private readonly binnings: readonly ScoreBinning[];
  /** segment → group → predicted → counts per binning and bin. */
  private readonly cells = new Map<string, Map<string, Map<string, Map<number, number>[]>>>();

  constructor(binnings: readonly ScoreBinning[]) {
    this.binnings = binnings;
  }

  addPrediction(segment: string, group: string, predicted: string, bins: readonly number[]): void {
    let byGroup = this.cells.get(segment);
    if (byGroup === undefined) this.cells.set(segment, (byGroup = new Map()));
    let byPredicted = byGroup.get(group);
    if (byPredicted === undefined) byGroup.set(group, (byPredicted = new Map()));
    let counts = byPredicted.get(predicted);
    if (counts === undefined) byPredicted.set(predicted, (counts = this.binnings.map(() => new Map())));
    for (let b = 0; b < bins.length; b++) counts[b].set(bins[b], (counts[b].get(bins[b]) ?? 0) + 1);
  }

  emit(at: { model: string; minute: number; version: string }, into: OutcomeTallyRow[]): void {
    for (const [segment, byGroup] of this.cells) {
      for (const [group, byPredicted] of byGroup) {
        for (const [predicted, counts] of byPredicted) {
          this.binnings.forEach((binning, b) => {
            for (const [scoreBin, n] of counts[b]) {
              const key = {
                segment,
                group,
                labelled: 0 as const,
                isRevision: 0 as const,
                scoreBin,
                predicted,
                actual: '',
              };
              into.push({ ...at, ...key, scoreBinning: binning.id, n, ...noSums });
            }
          });
        }
      }
    }
  }
}
