import type { OutcomeTallyRow } from '../counting/outcome-cells.ts';
import type { FeatureTallyRow } from '../counting/prediction-fold.ts';
import {
  type ArrowColumn,
  arrowStream,
  float64Column,
  float64ListColumn,
  int64Column,
  textColumn,
  timeColumn,
  uint16Column,
  uint64Column,
  uint8Column,
} from './arrow-stream.ts';

/** Insert body for `feature_tallies_in`. */
export function featureTallyBody(rows: readonly FeatureTallyRow[]): Uint8Array {
  return arrowStream({
    model_id: textColumn(rows.map((row) => row.model)),
    reference_id: textColumn(rows.map((row) => row.reference)),
    segment: textColumn(rows.map((row) => row.segment)),
    minute: timeColumn(rows.map((row) => row.minute)),
    model_version: textColumn(rows.map((row) => row.version)),
    n: uint64Column(rows.map((row) => row.n)),
    counts: float64ListColumn(rows.map((row) => row.counts)),
    sums: float64ListColumn(rows.map((row) => row.sums)),
    minima: float64ListColumn(rows.map((row) => row.minima)),
    maxima: float64ListColumn(rows.map((row) => row.maxima)),
  });
}

/** Insert body for `outcome_tallies_in`. */
export function outcomeTallyBody(rows: readonly OutcomeTallyRow[]): Uint8Array {
  const float = (pick: (row: OutcomeTallyRow) => number): ArrowColumn => float64Column(rows.map(pick));
  return arrowStream({
    model_id: textColumn(rows.map((row) => row.model)),
    score_binning: textColumn(rows.map((row) => row.scoreBinning)),
    segment: textColumn(rows.map((row) => row.segment)),
    group_key: textColumn(rows.map((row) => row.group)),
    minute: timeColumn(rows.map((row) => row.minute)),
    model_version: textColumn(rows.map((row) => row.version)),
    labelled: uint8Column(rows.map((row) => row.labelled)),
    is_revision: uint8Column(rows.map((row) => row.isRevision)),
    score_bin: uint16Column(rows.map((row) => row.scoreBin)),
    predicted: textColumn(rows.map((row) => row.predicted)),
    actual: textColumn(rows.map((row) => row.actual)),
    n: int64Column(rows.map((row) => row.n)),
    score_sum: float((row) => row.scoreSum),
    log_loss: float((row) => row.logLoss),
    log_loss_squares: float((row) => row.logLossSquares),
    error: float((row) => row.error),
    error_squares: float((row) => row.errorSquares),
    error_fourths: float((row) => row.errorFourths),
    absolute_error: float((row) => row.absoluteError),
    actual_sum: float((row) => row.actualSum),
    actual_squares: float((row) => row.actualSquares),
  });
}
