import { insufficientEvidence } from '../../domain/metric-result.ts';
import type { MetricInsufficient } from '../../domain/metric-result.ts';
import { equalMassBins } from '../performance/binary/equal-mass-bins.ts';
import { rocAucOfGroups } from '../performance/binary/roc-auc.ts';
import { scoreGroupsOfRows } from '../performance/binary/score-groups.ts';
import type { ScoredRows } from '../support/intervals/auc-placements.ts';
import { seededRandom } from '../support/numerics/seeded-random.ts';
import { shuffle } from '../support/resampling/shuffle.ts';
import { fitIsotonic, isotonicRate } from './isotonic-calibration.ts';
import type { IsotonicFit } from './isotonic-calibration.ts';

/** How raw scores become rates. `identity` says why no curve was fitted. */
export type Calibrator =
  | { kind: 'isotonic'; fit: IsotonicFit; rawError: number; calibratedError: number }
  | { kind: 'identity'; reason: 'already_calibrated' | 'separable' };

export type CalibratorOptions = {
  seed?: number;
  /** Splits to compare on; 10 unless said. */
  splits?: number;
  testShare?: number;
  /** Labelled reference rows, and rows of each class; 1,000 and 100 unless said. */
  nMin?: number;
  classMin?: number;
};

const AUC_SEPARABLE = 0.999;
const BINS = 10;

/**
 * Fits the calibrator of a reference: are its scores rates already, and if not, which curve makes them so?
 *
 * Definition: no curve when the AUC is above 0.999 (nothing to calibrate). Else 10 seeded stratified splits (a tenth
 * for testing): isotonic on the rest, the test parts pooled, expected calibration error over 10 equal-mass bins of the
 * raw and of the calibrated test scores; a curve is used only if the raw error is the larger one, then refitted on all.
 *
 * @param rows labelled reference rows, scores in [0, 1]
 * @returns the calibrator, or why the reference is too small for one
 *
 * Reference: Zadrozny & Elkan 2002, doi:10.1145/775047.775151; NannyML/nannyml `nannyml/calibration.py`.
 * Cost: O(splits × n log n).
 *
 * @example
 * calibratedRate(fitCalibrator({ scores, labels }), 0.7);
 */
export function fitCalibrator(rows: ScoredRows, options: CalibratorOptions = {}): Calibrator | MetricInsufficient {
  const { nMin = 1000, classMin = 100 } = options;
  const n = rows.scores.length;
  if (n < nMin) return insufficientEvidence('n_below_minimum', n, nMin);
  const byClass: number[][] = [[], []];
  for (let row = 0; row < n; row += 1) byClass[rows.labels[row] === 1 ? 1 : 0].push(row);
  const smaller = Math.min(byClass[0].length, byClass[1].length);
  if (smaller === 0) return insufficientEvidence('single_class', n);
  if (smaller < classMin) return insufficientEvidence('n_below_minimum', smaller, classMin);
  if (rocAucOfGroups(scoreGroupsOfRows(rows)).value > AUC_SEPARABLE) return { kind: 'identity', reason: 'separable' };
  const { rawError, calibratedError } = compareOnSplits(rows, byClass, options);
  if (rawError <= calibratedError) return { kind: 'identity', reason: 'already_calibrated' };
  return { kind: 'isotonic', fit: fitIsotonic(rows.scores, rows.labels), rawError, calibratedError };
}

/** The rate that a raw score stands for. */
export function calibratedRate(calibrator: Calibrator, score: number): number {
  return calibrator.kind === 'isotonic' ? isotonicRate(calibrator.fit, score) : Math.min(1, Math.max(0, score));
}

/**
 * Multiclass calibration: one calibrator per class against the rest, then each row divided by its sum; a row whose
 * rates are all 0 says nothing and becomes uniform.
 *
 * @example
 * calibratedRow([a, b, c], [0.6, 0.3, 0.1]);
 */
export function calibratedRow(calibrators: readonly Calibrator[], scores: ArrayLike<number>): number[] {
  const rates = calibrators.map((calibrator, k) => calibratedRate(calibrator, scores[k]));
  const sum = rates.reduce((total, rate) => total + rate, 0);
  return sum > 0 ? rates.map((rate) => rate / sum) : rates.map(() => 1 / rates.length);
}

function compareOnSplits(
  rows: ScoredRows,
  byClass: number[][],
  { seed = 1, splits = 10, testShare = 0.1 }: CalibratorOptions,
): { rawError: number; calibratedError: number } {
  const uniform = seededRandom(seed);
  const test = { raw: [] as number[], calibrated: [] as number[], labels: [] as number[] };
  for (let split = 0; split < splits; split += 1) {
    const parts = byClass.map((members) => {
      const dealt = shuffle([...members], uniform);
      const size = Math.max(1, Math.round(members.length * testShare));
      return { test: dealt.slice(0, size), train: dealt.slice(size) };
    });
    const train = parts.flatMap((part) => part.train);
    const fit = fitIsotonic(
      train.map((row) => rows.scores[row]),
      train.map((row) => rows.labels[row]),
    );
    for (const row of parts.flatMap((part) => part.test)) {
      test.raw.push(rows.scores[row]);
      test.calibrated.push(isotonicRate(fit, rows.scores[row]));
      test.labels.push(rows.labels[row]);
    }
  }
  return {
    rawError: calibrationError({ scores: test.raw, labels: test.labels }),
    calibratedError: calibrationError({ scores: test.calibrated, labels: test.labels }),
  };
}

function calibrationError(rows: ScoredRows): number {
  const bins = equalMassBins(scoreGroupsOfRows(rows), BINS, 0);
  return bins.reduce((sum, bin) => sum + Math.abs(bin.labelSum - bin.scoreSum), 0) / rows.scores.length;
}
