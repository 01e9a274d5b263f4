import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The function that computes a metric, and the file that it stands in (from the root of the repository). */
export type MetricFunction = { file: string; name: string };

const root = join(import.meta.dirname, '../../../..');

/** Metrics whose function is not named after the id, because one function computes several of them. */
const namedOtherwise: Record<string, readonly string[]> = {
  precision_macro: ['averagedScores', 'multiclassPerformance'],
  precision_micro: ['averagedScores', 'multiclassPerformance'],
  precision_weighted: ['averagedScores', 'multiclassPerformance'],
  recall_macro: ['averagedScores', 'multiclassPerformance'],
  recall_micro: ['averagedScores', 'multiclassPerformance'],
  recall_weighted: ['averagedScores', 'multiclassPerformance'],
  f1_macro: ['averagedScores', 'multiclassPerformance'],
  f1_micro: ['averagedScores', 'multiclassPerformance'],
  f1_weighted: ['averagedScores', 'multiclassPerformance'],
  roc_auc_ovr_macro: ['rocAucOneVsRest'],
  roc_auc_ovr_weighted: ['rocAucOneVsRest'],
  estimated_accuracy: ['estimateBinaryPerformance', 'estimateMulticlassPerformance'],
  estimated_precision: ['estimateBinaryPerformance'],
  estimated_recall: ['estimateBinaryPerformance'],
  estimated_specificity: ['estimateBinaryPerformance'],
  estimated_f1: ['estimateBinaryPerformance'],
  estimated_roc_auc: ['estimateBinaryPerformance'],
  estimated_average_precision: ['estimateBinaryPerformance'],
  estimated_business_value: ['estimateBinaryPerformance'],
  estimated_f1_macro: ['estimateMulticlassPerformance'],
  estimated_roc_auc_ovr_macro: ['estimateMulticlassPerformance'],
  estimated_mean_absolute_error: ['estimateLoss', 'fitLossEstimator'],
  estimated_mean_squared_error: ['estimateLoss', 'fitLossEstimator'],
  estimated_root_mean_squared_error: ['estimateLoss', 'fitLossEstimator'],
  true_positive_rate: ['groupRateResult', 'recall'],
  wasserstein_distance: ['wassersteinDistance', 'wassersteinDistanceFromCounts'],
  wasserstein_distance_normed: [
    'wassersteinDistanceNormed',
    'wassersteinDistance',
    'wassersteinDistanceNormedFromCounts',
  ],
  kolmogorov_smirnov: ['kolmogorovSmirnov', 'kolmogorovSmirnovFromCounts'],
  maximum_calibration_error: ['maximumCalibrationError', 'expectedCalibrationError'],
  calibration_intercept: ['calibrationIntercept', 'calibrationSlope'],
  theil_index: ['theilIndex', 'generalizedEntropyIndex'],
  ll144_impact_ratio: ['ll144SelectionTable', 'll144ScoringTable'],
  conflicting_rate: ['ingestionShare'],
  unpaired_rate: ['ingestionShare'],
  late_rate: ['ingestionShare'],
  rejected_rate: ['ingestionShare'],
  dropped_rate: ['ingestionShare'],
  page_hinkley: ['pageHinkleyStep'],
  cusum: ['cusumStep'],
  ewma: ['ewmaStep'],
  ddm: ['ddmStep'],
  adwin: ['adwinStep'],
};

const fileOfFunction = new Map<string, string>();
const textOfFile = new Map<string, string>();
for (const path of readdirSync(join(root, 'server/metrics'), { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.ts')) continue;
  const file = `server/metrics/${path.replaceAll('\\', '/')}`;
  const text = readFileSync(join(root, file), 'utf8');
  textOfFile.set(file, text);
  for (const [, name] of text.matchAll(/^export function (\w+)\(/gm)) fileOfFunction.set(name, file);
}

/** Every file of the metrics, by its path from the root of the repository. */
export const metricFiles: ReadonlyMap<string, string> = textOfFile;

/** `population_stability_index` → `populationStabilityIndex`. */
export function camelCase(id: string): string {
  return id.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The functions behind a metric or detector, the one that computes it first, then those that explain it further. */
export function functionsOf(id: string): MetricFunction[] {
  const names = namedOtherwise[id] ?? [camelCase(id)];
  return names.flatMap((name) => {
    const file = fileOfFunction.get(name);
    return file === undefined ? [] : [{ file, name }];
  });
}

/** Text of the file that a function stands in. */
export function sourceOf({ file }: MetricFunction): string {
  return textOfFile.get(file) ?? '';
}
