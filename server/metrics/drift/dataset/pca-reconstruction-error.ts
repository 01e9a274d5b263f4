import { insufficientEvidence, metricValue, noData } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import { twoSidedZ } from '../../support/intervals/two-sided-z.ts';
import { varianceOf } from '../../support/moments/moments.ts';
import type { Moments } from '../../support/moments/moments.ts';
import { ROWS_MIN_DEFAULT } from '../drift-options.ts';
import { rowsOf } from './feature-column.ts';
import type { FeatureColumn } from './feature-column.ts';
import { standardise } from './pca-model.ts';
import type { PcaModel } from './pca-model.ts';

const LEVEL = 0.95;

/**
 * Reconstruction error of each row: ‖x − PPᵀx‖₂ in standard deviations of the reference. Keep its moments per window
 * and no row has to be read again.
 *
 * @throws RangeError when a column of the model is missing or has another kind
 *
 * Cost: O(rows × columns × components).
 */
export function pcaRowErrors(model: PcaModel, columns: readonly FeatureColumn[]): Float64Array {
  const rows = rowsOf(columns);
  const standardised = standardise(model, columns);
  const squares = new Float64Array(rows);
  const residual = standardised.map((column) => Float64Array.from(column));
  for (const component of model.components) {
    for (let row = 0; row < rows; row += 1) {
      let projection = 0;
      for (let c = 0; c < component.length; c += 1) projection += component[c] * standardised[c][row];
      for (let c = 0; c < component.length; c += 1) residual[c][row] -= projection * component[c];
    }
  }
  for (const column of residual) for (let row = 0; row < rows; row += 1) squares[row] += column[row] ** 2;
  return squares.map(Math.sqrt);
}

/**
 * PCA reconstruction error: did the correlation between features break?
 *
 * Reading: the mean distance between a row and its image on the main axes of the reference, in standard deviations. Up =
 * a structure the reference did not have; a fall can be real too. No fixed limit: alarm outside mean ± 3 standard
 * deviations over left-out reference windows (`standardDeviationThreshold`).
 *
 * Definition: `fitPca` once on the reference, `pcaRowErrors` per row, mean over the rows of the window; interval
 * mean ± z·s/√n (ddof 1).
 *
 * @param errors moments of the row errors of the window
 * @param model the fitted model, for the definition
 * @returns mean error with n and interval; `no_data`, or `n_below_minimum` below 100 rows
 *
 * Reference: Jolliffe, *Principal Component Analysis*, Springer 2002; the alarm rule is NannyML's. Cost: O(1).
 *
 * @example
 * const model = fitPca(referenceColumns);
 * if (model !== null) pcaReconstructionError(momentsOf(pcaRowErrors(model, windowColumns)), model); // value 1.84
 */
export function pcaReconstructionError(
  errors: Moments,
  model: PcaModel,
  options: { rowsMin?: number } = {},
): MetricResult {
  if (errors.n === 0) return noData;
  const rowsMin = options.rowsMin ?? ROWS_MIN_DEFAULT;
  if (errors.n < rowsMin) return insufficientEvidence('n_below_minimum', errors.n, rowsMin);
  const definition = `pca_reconstruction_error/1 profile=plumbline columns=${model.columns.length} components=${model.components.length} explained_min=0.65`;
  const variance = varianceOf(errors, 1);
  if (variance === null || !(variance > 0)) return metricValue(errors.mean, errors.n, definition);
  const halfWidth = twoSidedZ(LEVEL) * Math.sqrt(variance / errors.n);
  const interval = { lower: Math.max(0, errors.mean - halfWidth), upper: errors.mean + halfWidth, level: LEVEL };
  return metricValue(errors.mean, errors.n, definition, { interval: { ...interval, method: 'mean_z' } });
}
