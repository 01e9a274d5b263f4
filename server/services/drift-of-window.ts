import { featureTally } from '../counting/merge-tallies.ts';
import type { FeatureTally } from '../domain/binning.ts';
import { type MetricResult, noData } from '../domain/metric-result.ts';
import type { BinningSet } from '../domain/reference.ts';
import type { FeatureCounts } from '../domain/tally-counts.ts';
import { chiSquareContingency } from '../metrics/drift/chi-square-contingency.ts';
import { cramersV } from '../metrics/drift/cramers-v.ts';
import type { DrawPlan } from '../metrics/drift/drift-options.ts';
import { hellingerDistance } from '../metrics/drift/hellinger-distance.ts';
import { jensenShannonDistance } from '../metrics/drift/jensen-shannon-distance.ts';
import { kolmogorovSmirnovFromCounts } from '../metrics/drift/kolmogorov-smirnov-from-counts.ts';
import { populationStabilityIndex } from '../metrics/drift/population-stability-index.ts';
import { totalVariationDistance } from '../metrics/drift/total-variation-distance.ts';
import {
  wassersteinDistanceFromCounts,
  wassersteinDistanceNormedFromCounts,
} from '../metrics/drift/wasserstein-distance-from-counts.ts';
import { findMetric } from '../metrics/metric-catalog.ts';
import { rateOfCounts } from '../metrics/performance/rate-of-counts.ts';
import { categoricalLayout, numericLayout } from '../metrics/support/binning/bin-layout.ts';
import { benjaminiHochberg } from '../metrics/support/decision/benjamini-hochberg.ts';
import { type Verdict, verdict } from '../metrics/support/verdict/verdict.ts';

export type FeatureDriftResult = {
  feature: string;
  kind: 'numeric' | 'categorical';
  metrics: Record<string, MetricResult>;
  verdict: Verdict;
};

/** The metric that decides whether a feature drifted; the others explain. */
export const decidingMetric = 'population_stability_index';

/** The exact p costs n·m steps; from bins, where D is a lower end already, the asymptotic one serves above this. */
const exactCellsMax = 200_000;

export type DriftOptions = { interval?: DrawPlan; only?: readonly string[] };

/** Drift of every feature of one window against its reference, worst first, corrected for the number of features. */
export function driftOfWindow(
  set: BinningSet,
  reference: FeatureCounts,
  current: FeatureCounts,
  options: DriftOptions = {},
): FeatureDriftResult[] {
  const measured = set.features.map(({ feature, binning }, i) => {
    const metrics = featureMetrics(featureTally(set, i, reference), featureTally(set, i, current), options);
    return { feature, kind: binning.kind, metrics };
  });
  return withVerdicts(measured);
}

type Measured = Omit<FeatureDriftResult, 'verdict'>;

/** One family of tests: all features of one evaluation (Benjamini-Hochberg). */
function withVerdicts(measured: readonly Measured[]): FeatureDriftResult[] {
  const entry = findMetric(decidingMetric);
  const results = measured.map(({ metrics }) => metrics[decidingMetric]);
  const adjusted = benjaminiHochberg(results.map((r) => (r.kind === 'value' ? (r.pValue ?? null) : null)));
  const decided = measured.map((feature, i) => ({
    ...feature,
    verdict: verdict({
      result: results[i],
      thresholds: entry?.defaults ?? null,
      worse: 'up',
      adjustedP: adjusted[i],
    }),
  }));
  return decided.sort((a, b) => rank(b) - rank(a) || a.feature.localeCompare(b.feature));
}

/** Breached before fine, then by size of effect; features without evidence last. */
function rank({ metrics, verdict: decision }: FeatureDriftResult): number {
  const result = metrics[decidingMetric];
  if (result.kind !== 'value') return -1;
  return result.value + (decision.status === 'breached' ? 1_000 : 0);
}

export function featureMetrics(
  reference: FeatureTally,
  current: FeatureTally,
  options: DriftOptions,
): Record<string, MetricResult> {
  const { binning } = reference;
  return binning.kind === 'numeric'
    ? numericMetrics(binning, reference, current, options)
    : categoricalMetrics(binning, reference, current, options);
}

type Tally = FeatureTally;

function numericMetrics(
  binning: Extract<Tally['binning'], { kind: 'numeric' }>,
  reference: Tally,
  current: Tally,
  { interval, only }: DriftOptions,
): Record<string, MetricResult> {
  const layout = numericLayout(binning);
  const r = reference.counts.subarray(0, layout.bins);
  const c = current.counts.subarray(0, layout.bins);
  const counts = { binning: binning.method, regularBins: layout.regular, interval };
  const samples = {
    edges: binning.edges,
    reference: r,
    current: c,
    min: Math.min(reference.moments?.min ?? Infinity, current.moments?.min ?? Infinity),
    max: Math.max(reference.moments?.max ?? -Infinity, current.moments?.max ?? -Infinity),
  };
  const named = { binning: binning.method };
  return pick(only, {
    population_stability_index: () => populationStabilityIndex(r, c, counts),
    jensen_shannon_distance: () => jensenShannonDistance(r, c, counts),
    hellinger_distance: () => hellingerDistance(r, c, counts),
    total_variation_distance: () => totalVariationDistance(r, c, counts),
    kolmogorov_smirnov: () => kolmogorovSmirnovFromCounts(r, c, layout.regular, { ...named, exactCellsMax }),
    wasserstein_distance: () => wassersteinDistanceFromCounts(samples, named),
    wasserstein_distance_normed: () => wassersteinDistanceNormedFromCounts({ ...samples, std: binning.std }, named),
    missing_rate: () => missingRateOf(current.counts, layout),
  });
}

function categoricalMetrics(
  binning: Extract<Tally['binning'], { kind: 'categorical' }>,
  reference: Tally,
  current: Tally,
  { interval, only }: DriftOptions,
): Record<string, MetricResult> {
  const layout = categoricalLayout(binning);
  const r = reference.counts.subarray(0, layout.bins);
  const c = current.counts.subarray(0, layout.bins);
  const counts = { binning: binning.method, interval };
  const rows = rowsOf(current.counts, layout.bins);
  return pick(only, {
    population_stability_index: () => populationStabilityIndex(r, c, counts),
    jensen_shannon_distance: () => jensenShannonDistance(r, c, counts),
    hellinger_distance: () => hellingerDistance(r, c, counts),
    total_variation_distance: () => totalVariationDistance(r, c, counts),
    chi_square_contingency: () => chiSquareContingency(r, c, { binning: binning.method }),
    cramers_v: () => cramersV(r, c, counts),
    missing_rate: () => missingRateOf(current.counts, layout),
    unseen_category_rate: () =>
      rate('unseen_category_rate/1', current.counts[layout.unseen], rows - current.counts[layout.missing]),
  });
}

function rowsOf(counts: Float64Array, bins: number): number {
  let rows = 0;
  for (let i = 0; i < bins; i++) rows += counts[i];
  return rows;
}

function missingRateOf(counts: Float64Array, layout: { bins: number; missing: number }): MetricResult {
  return rate('missing_rate/1', counts[layout.missing], rowsOf(counts, layout.bins));
}

function rate(definition: string, numerator: number, denominator: number): MetricResult {
  if (denominator === 0) return noData;
  return rateOfCounts({
    numerator,
    denominator,
    denominatorMin: 100,
    level: 0.95,
    definition,
    labelCoverage: undefined,
  });
}

function pick(
  only: readonly string[] | undefined,
  all: Record<string, () => MetricResult>,
): Record<string, MetricResult> {
  const wanted = Object.entries(all).filter(([id]) => only === undefined || only.includes(id));
  return Object.fromEntries(wanted.map(([id, compute]) => [id, compute()]));
}

/** Place of a feature in the set. @returns −1 when the reference has no bins for it */
export function featureIndex(set: BinningSet, feature: string): number {
  return set.features.findIndex((f) => f.feature === feature);
}
