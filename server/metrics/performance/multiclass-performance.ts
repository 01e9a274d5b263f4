import { insufficientEvidence, metricValue } from '../../domain/metric-result.ts';
import type { Interval, MetricResult } from '../../domain/metric-result.ts';
import type { MulticlassTally } from '../../domain/outcome-tally.ts';
import { f1Interval } from '../support/intervals/f1-interval.ts';
import { percentileInterval } from '../support/intervals/percentile-interval.ts';
import { momentsOfSums } from '../support/intervals/sample-moments.ts';
import { wilsonInterval } from '../support/intervals/wilson-interval.ts';
import { countBootstrap } from '../support/resampling/count-bootstrap.ts';
import { labelCoverage, labelEvidenceGap } from './label-evidence.ts';
import { meanOfLosses } from './mean-of-losses.ts';
import { averagedScores } from './multiclass/averaged-scores.ts';
import type { AveragedScoreId, AveragedScores } from './multiclass/averaged-scores.ts';
import { classScores } from './multiclass/class-scores.ts';
import type { ClassScore } from './multiclass/class-scores.ts';
import { rocAucOneVsRest } from './multiclass/roc-auc-one-vs-rest.ts';
import type { ClassScoreGroups } from './multiclass/roc-auc-one-vs-rest.ts';
import { bootstrapPlan, levelOf, minimumEvidence } from './performance-options.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { rateOfCounts } from './rate-of-counts.ts';

/** One class as metrics of their own; a class without a denominator has no value here, unlike in the averages. */
export type ClassResult = ClassScore & { results: { precision: MetricResult; recall: MetricResult; f1: MetricResult } };

export type MulticlassPerformance = {
  metrics: Map<string, MetricResult>;
  classes: ClassResult[];
  /** Classes that count as precision 0, or recall 0, in the averages because there was nothing to divide by. */
  neverPredicted: string[];
  neverPresent: string[];
};

export type MulticlassOptions = PerformanceOptions & {
  /** One-vs-rest score tallies per class: adds `roc_auc_ovr_macro` and `roc_auc_ovr_weighted`. */
  scoreTallies?: ReadonlyMap<string, ClassScoreGroups>;
};

/** Averages that are a share of the rows: Wilson holds for them, no redraw needed. */
const proportionIds: readonly AveragedScoreId[] = ['accuracy', 'precision_micro', 'recall_micro', 'f1_micro'];

/**
 * All performance metrics of a multiclass model in one window.
 *
 * Macro, weighted and micro averages of precision, recall and F1, accuracy, balanced accuracy, Matthews correlation and
 * log loss, each with its interval: Wilson for accuracy and micro averages, otherwise one count bootstrap of the K×K
 * table that all share, t for log loss. Needs 100 labelled rows.
 *
 * @example
 * multiclassPerformance(tally).metrics.get('f1_macro');
 */
export function multiclassPerformance(tally: MulticlassTally, options: MulticlassOptions = {}): MulticlassPerformance {
  const scores = classScores(tally.labels, tally.matrix);
  const n = scores.reduce((sum, score) => sum + score.support, 0);
  const metrics = averageMetrics(tally, scores, n, options);
  metrics.set('log_loss', logLossMetric(tally, options));
  if (options.scoreTallies) {
    const { macro, weighted } = rocAucOneVsRest(options.scoreTallies, options);
    metrics.set('roc_auc_ovr_macro', macro).set('roc_auc_ovr_weighted', weighted);
  }
  return {
    metrics,
    classes: scores.map((score) => classResult(score, tally, options)),
    neverPredicted: scores.filter((score) => score.predicted === 0).map((score) => score.label),
    neverPresent: scores.filter((score) => score.support === 0).map((score) => score.label),
  };
}

function averageMetrics(
  tally: MulticlassTally,
  scores: ClassScore[],
  n: number,
  options: MulticlassOptions,
): Map<string, MetricResult> {
  const gap =
    labelEvidenceGap(tally, n, minimumEvidence(options).n, options) ??
    (n > 0 ? null : insufficientEvidence('zero_denominator', 0));
  const values = averagedScores(scores);
  const ids = Object.keys(values) as AveragedScoreId[];
  if (gap) return new Map(ids.map((id) => [id, gap]));
  const plan = bootstrapPlan(options);
  const intervals = bootstrapIntervals(tally, ids, options);
  const correct = scores.reduce((sum, score) => sum + score.truePositive, 0);
  const resultOf = (id: AveragedScoreId): MetricResult => {
    const value = values[id];
    if (value === null) {
      const isSingleClass = scores.some((score) => score.support === n);
      return insufficientEvidence(isSingleClass ? 'single_class' : 'zero_denominator', n);
    }
    const isProportion = proportionIds.includes(id);
    const random = plan && !isProportion ? ` bootstrap=${plan.draws} seed=${plan.seed}` : '';
    return metricValue(value, n, `${id}/1 classes=${scores.length} zero_division=0${random}`, {
      interval: isProportion ? wilsonInterval(correct, n, levelOf(options)) : (intervals.get(id) ?? null),
      labelCoverage: labelCoverage(tally),
    });
  };
  return new Map(ids.map((id) => [id, resultOf(id)]));
}

/** One pass of redrawn tables serves every average; a table costs K² draws, so they must not be drawn per metric. */
function bootstrapIntervals(
  tally: MulticlassTally,
  ids: AveragedScoreId[],
  options: MulticlassOptions,
): Map<AveragedScoreId, Interval | null> {
  const plan = bootstrapPlan(options);
  if (!plan) return new Map();
  const size = tally.labels.length;
  const replicates = new Map(ids.map((id) => [id, [] as number[]]));
  const collect = ([cells]: readonly Float64Array[]): number => {
    const matrix = tally.labels.map((_, actual) => Array.from(cells.subarray(actual * size, (actual + 1) * size)));
    const redrawn: AveragedScores = averagedScores(classScores(tally.labels, matrix));
    for (const id of ids) {
      const value = redrawn[id];
      if (value !== null) replicates.get(id)?.push(value);
    }
    return 0;
  };
  countBootstrap([tally.matrix.flat()], collect, plan);
  return new Map(
    [...replicates].map(([id, values]) => [id, percentileInterval(values, 'count_bootstrap', levelOf(options))]),
  );
}

function logLossMetric(tally: MulticlassTally, options: MulticlassOptions): MetricResult {
  const { n, logLoss, logLossSquares } = tally.losses;
  const named = { definition: 'log_loss/1 log=e cut=2^-52 rows=renormalised', nMin: minimumEvidence(options).n };
  return meanOfLosses(tally, momentsOfSums(n, logLoss, logLossSquares), named, options);
}

function classResult(score: ClassScore, tally: MulticlassTally, options: MulticlassOptions): ClassResult {
  const shared = {
    denominatorMin: minimumEvidence(options).denominator,
    level: levelOf(options),
    labelCoverage: labelCoverage(tally),
  };
  const rate = (id: string, denominator: number): MetricResult =>
    rateOfCounts({ ...shared, numerator: score.truePositive, denominator, definition: `${id}/1 class=${score.label}` });
  const touched = score.support + score.predicted - score.truePositive;
  const f1 =
    touched < shared.denominatorMin
      ? insufficientEvidence('n_below_minimum', touched, shared.denominatorMin)
      : metricValue(score.f1, touched, `f1/1 class=${score.label}`, {
          interval: f1Interval(score.truePositive, touched - score.truePositive, shared.level),
          labelCoverage: shared.labelCoverage,
        });
  return {
    ...score,
    results: { precision: rate('precision', score.predicted), recall: rate('recall', score.support), f1 },
  };
}
