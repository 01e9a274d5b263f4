import { noScoreBin, type ScoreBinning } from './score-binning.ts';

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

/** Everybody, one segment value or one group. */
export type Place = { segment: string; group: string };

/** Counts of one place: per decision and score binning, a slot per bin and one for rows without a score. */
type PlaceCounts = { place: Place; byDecision: (Int32Array[] | undefined)[] };

/** Predictions per (place, decision, score bin) of one minute and version, under each score binning. */
export class OutcomeCells {
  private readonly binnings: readonly ScoreBinning[];
  private readonly places = new Map<number, PlaceCounts>();

  constructor(binnings: readonly ScoreBinning[]) {
    this.binnings = binnings;
  }

  /**
   * @param placeKey number that stands for the place within one fold; `placeOf` is asked once per key
   * @param decision small number that stands for the predicted label within one fold
   * @param bins bin of the score under each binning
   */
  add(placeKey: number, placeOf: (key: number) => Place, decision: number, bins: Int32Array): void {
    let counts = this.places.get(placeKey);
    if (counts === undefined) this.places.set(placeKey, (counts = { place: placeOf(placeKey), byDecision: [] }));
    const slots = (counts.byDecision[decision] ??= this.binnings.map(emptySlots));
    for (let b = 0; b < bins.length; b++) {
      const own = slots[b];
      own[bins[b] === noScoreBin ? own.length - 1 : bins[b]]++;
    }
  }

  emit(
    at: { model: string; minute: number; version: string },
    labels: readonly string[],
    into: OutcomeTallyRow[],
  ): void {
    for (const { place, byDecision } of this.places.values()) {
      byDecision.forEach((slots, decision) => {
        slots?.forEach((counts, b) => {
          counts.forEach((n, slot) => {
            if (n === 0) return;
            const scoreBin = slot === counts.length - 1 ? noScoreBin : slot;
            const cell = {
              scoreBin,
              predicted: labels[decision],
              actual: '',
              labelled: 0 as const,
              isRevision: 0 as const,
            };
            into.push({ ...at, ...place, ...cell, scoreBinning: this.binnings[b].id, n, ...noSums });
          });
        });
      });
    }
  }
}

function emptySlots({ edges }: ScoreBinning): Int32Array {
  return new Int32Array(edges === null ? 1 : edges.length);
}
