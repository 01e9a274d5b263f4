import type { ConfusionCounts } from '../../domain/outcome-tally.ts';
import { confusionTotal } from '../performance/binary/confusion-counts.ts';
import { aucPlacements } from '../support/intervals/auc-placements.ts';
import type { ScoredRows } from '../support/intervals/auc-placements.ts';
import { momentsOfValues } from '../support/intervals/sample-moments.ts';

/** A row-level component on the reference: its spread (ddof 0) and the share of rows that it lives on. */
export type SamplingComponent = { std: number; share: number };

/**
 * Sampling error: how far may a metric of n rows be from its long-run value by chance alone?
 *
 * Reading: the standard error of the metric on a window of n rows, in the metric's unit; the band of an estimate is
 * ± 1.96 of it. It says nothing about drift.
 * Definition: std (ddof 0) of the row component on the reference / √(n × f), f the share of reference rows that the
 * component lives on (precision lives on predicted positives only).
 *
 * @param component of the reference
 * @param n rows of the window
 * @returns null for an empty window or a component that lives nowhere
 *
 * Reference: NannyML/nannyml `nannyml/sampling_error`; arXiv:2401.08348. Cost: O(1).
 *
 * @example
 * samplingError({ std: 0.5, share: 1 }, 50); // 0.0707
 */
export function samplingError(component: SamplingComponent | null, n: number): number | null {
  if (!component || !(n > 0) || !(component.share > 0)) return null;
  return component.std / Math.sqrt(n * component.share);
}

/** Metrics whose components the four cells of the reference give. */
export type ConfusionMetricId = 'accuracy' | 'precision' | 'recall' | 'specificity' | 'f1';

/**
 * Components of the decision metrics, from the reference's confusion counts.
 *
 * Accuracy [right] over all rows; precision [TP] over predicted positives; recall [TP] over positives; specificity [TN]
 * over negatives; F1 [TP]·(TP+FP+FN)/(TP+½(FP+FN)) over TP+FP+FN rows.
 */
export function confusionComponent(metric: ConfusionMetricId, cells: ConfusionCounts): SamplingComponent | null {
  const { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn } = cells;
  const n = confusionTotal(cells);
  switch (metric) {
    case 'accuracy':
      return indicatorComponent(tp + tn, n, n);
    case 'precision':
      return indicatorComponent(tp, tp + fp, n);
    case 'recall':
      return indicatorComponent(tp, tp + fn, n);
    case 'specificity':
      return indicatorComponent(tn, tn + fp, n);
    case 'f1': {
      const touched = tp + fp + fn;
      const indicator = indicatorComponent(tp, touched, n);
      return indicator && { ...indicator, std: (indicator.std * touched) / (tp + (fp + fn) / 2) };
    }
  }
}

function indicatorComponent(hits: number, rows: number, n: number): SamplingComponent | null {
  if (!(rows > 0)) return null;
  const rate = hits / rows;
  return { std: Math.sqrt(rate * (1 - rate)), share: rows / n };
}

/**
 * Component of the ROC AUC: the spread of "share of negatives below me" over the positives, f = share of positives.
 * When positives are the majority the classes are mirrored first, so that the component lives on the rarer one.
 *
 * @param rows labelled reference rows
 */
export function rocAucComponent(rows: ScoredRows): SamplingComponent | null {
  const placements = aucPlacements(rows);
  const positives = placements.positive.length;
  const negatives = placements.negative.length;
  if (positives === 0 || negatives === 0) return null;
  const rarer = positives <= negatives ? placements.positive : placements.negative;
  return { std: populationStd(rarer), share: rarer.length / (positives + negatives) };
}

/** Component of a mean loss (absolute error, squared error, percentage error): its own spread, on all rows. */
export function lossComponent(losses: ArrayLike<number>): SamplingComponent | null {
  return losses.length === 0 ? null : { std: populationStd(losses), share: 1 };
}

/**
 * Component of the root mean squared error, by the delta method: √(var(e²)/(4·mean e²)).
 *
 * @param squaredErrors e² of the reference rows
 */
export function rootMeanSquareComponent(squaredErrors: ArrayLike<number>): SamplingComponent | null {
  const { mean } = momentsOfValues(squaredErrors);
  return mean > 0 ? { std: populationStd(squaredErrors) / (2 * Math.sqrt(mean)), share: 1 } : null;
}

/**
 * Component of a statistic without a row component (average precision): the spread of the statistic over bootstrap
 * samples of m rows, scaled to one row.
 *
 * @param replicates the statistic on about 50 bootstrap samples of the reference
 * @param sampleSize m, rows of each sample
 */
export function replicateComponent(replicates: ArrayLike<number>, sampleSize: number): SamplingComponent | null {
  return replicates.length < 2 ? null : { std: populationStd(replicates) * Math.sqrt(sampleSize), share: 1 };
}

function populationStd(values: ArrayLike<number>): number {
  const { n, variance } = momentsOfValues(values);
  return n < 2 ? 0 : Math.sqrt((variance * (n - 1)) / n);
}
