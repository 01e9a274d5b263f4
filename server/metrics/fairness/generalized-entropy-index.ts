import { insufficientEvidence, metricValue } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import type { BinaryTally, ConfusionCounts } from '../../domain/outcome-tally.ts';
import { confusionOf, confusionTotal } from '../performance/binary/confusion-counts.ts';
import { labelCoverage } from '../performance/label-evidence.ts';
import { countBootstrapInterval } from '../support/intervals/count-bootstrap-interval.ts';
import { fairnessRules } from './fairness-options.ts';
import type { FairnessOptions } from './fairness-options.ts';
import type { GroupTallies } from './rate-parity.ts';

/** Rows per benefit 0 (missed), 1 (right) and 2 (false alarm): all that the index needs. */
export type BenefitCounts = readonly [number, number, number];

export type EntropyOptions = FairnessOptions & {
  /** α, 2 unless said: how much the best-off weigh. 1 is Theil's index, 0 the mean log deviation. */
  alpha?: number;
};

/**
 * Generalised entropy index: how unequally do decisions benefit people, taken one by one?
 *
 * Reading: 0 everybody is treated alike; unbounded above. Looks at persons, not groups: two models can have the same
 * group parity and a different index. Worse is up.
 * Definition: benefit b = ŷ − y + 1 (0 missed, 1 right, 2 favoured by mistake), μ its mean:
 * (1/(nα(α−1))) Σ ((b/μ)^α − 1), α = 2. Interval: count bootstrap.
 *
 * @param tally counts of one window; 30 labelled rows
 * @returns a number ≥ 0; `zero_denominator` when nobody benefits, or at α ≤ 0 when somebody does not
 *
 * Reference: Speicher et al. 2018, doi:10.1145/3219819.3220046. Cost: O(draws).
 *
 * @example
 * generalizedEntropyIndex(tally); // FN 3, FP 4 of 12: 0.175
 */
export function generalizedEntropyIndex(tally: BinaryTally, options: EntropyOptions = {}): MetricResult {
  return entropyResult('generalized_entropy_index', tally, options.alpha ?? 2, options);
}

/**
 * Theil index: the generalised entropy index at α = 1.
 *
 * Reading: 0 everybody is treated alike. Worse is up.
 * Definition: mean (b/μ)·ln(b/μ), with 0·ln 0 = 0. Same parameters, minimum and interval as the general index.
 *
 * Reference: Speicher et al. 2018, doi:10.1145/3219819.3220046.
 *
 * @example
 * theilIndex(tally); // 0.240
 */
export function theilIndex(tally: BinaryTally, options: FairnessOptions = {}): MetricResult {
  return entropyResult('theil_index', tally, 1, options);
}

function entropyResult(id: string, tally: BinaryTally, alpha: number, options: FairnessOptions): MetricResult {
  const rules = fairnessRules(options);
  const cells = confusionOf(tally, rules.threshold);
  const n = confusionTotal(cells);
  if (n === 0 && tally.total === 0) return { kind: 'no_data' };
  if (n < rules.groupNMin) return insufficientEvidence('n_below_minimum', n, rules.groupNMin);
  const benefits = benefitCounts(cells);
  const value = entropyOfBenefits(benefits, alpha);
  if (value === null) return insufficientEvidence('zero_denominator', n);
  const draws = rules.bootstrap;
  const random = draws ? ` bootstrap=${draws.draws} seed=${draws.seed}` : '';
  const definition = `${id}/1 alpha=${alpha} benefit=prediction-label+1 threshold=${rules.threshold ?? 'logged'}${random}`;
  const ofDrawn = ([missed, right, favoured]: Float64Array): number | null =>
    entropyOfBenefits([missed, right, favoured], alpha);
  return metricValue(value, n, definition, {
    interval: draws && countBootstrapInterval(benefits, ofDrawn, draws, rules.level),
    labelCoverage: labelCoverage(tally),
  });
}

export function benefitCounts(cells: ConfusionCounts): BenefitCounts {
  return [cells.falseNegative, cells.truePositive + cells.trueNegative, cells.falsePositive];
}

/** The index alone; null where it is undefined: no row, no benefit at all, or ln 0 at α ≤ 0. */
export function entropyOfBenefits(benefits: BenefitCounts, alpha: number): number | null {
  const n = benefits[0] + benefits[1] + benefits[2];
  const mean = meanBenefit(benefits);
  if (!(n > 0) || !(mean > 0) || (alpha <= 0 && benefits[0] > 0)) return null;
  let sum = 0;
  benefits.forEach((count, benefit) => {
    if (count > 0) sum += count * entropyTerm(benefit / mean, alpha);
  });
  return Math.max(0, sum / n);
}

/** Contribution of one share b/μ; 0·ln 0 = 0. */
function entropyTerm(share: number, alpha: number): number {
  if (alpha === 1) return share === 0 ? 0 : share * Math.log(share);
  if (alpha === 0) return -Math.log(share);
  return (share ** alpha - 1) / (alpha * (alpha - 1));
}

function meanBenefit(benefits: BenefitCounts): number {
  return (benefits[1] + 2 * benefits[2]) / (benefits[0] + benefits[1] + benefits[2]);
}

/** Parts of the index that sum to it. */
export type EntropyParts = { total: number; between: number; within: number };

/**
 * Splits the index into inequality between groups and inequality within them; the parts sum to the whole.
 *
 * Definition: between = the index if everybody had the mean benefit of his group; within = Σ (n_g/n)(μ_g/μ)^α·index_g.
 *
 * @param groups groups that together hold all rows
 * @returns null where the index of everybody is undefined
 *
 * Reference: Speicher et al. 2018, doi:10.1145/3219819.3220046.
 */
export function entropyBetweenAndWithinGroups(groups: GroupTallies, options: EntropyOptions = {}): EntropyParts | null {
  const alpha = options.alpha ?? 2;
  const parts = [...groups.values()]
    .map((tally) => benefitCounts(confusionOf(tally, options.threshold)))
    .filter((benefits) => benefits[0] + benefits[1] + benefits[2] > 0);
  const sumOf = (benefit: 0 | 1 | 2): number => parts.reduce((sum, benefits) => sum + benefits[benefit], 0);
  const all: BenefitCounts = [sumOf(0), sumOf(1), sumOf(2)];
  const total = entropyOfBenefits(all, alpha);
  if (total === null) return null;
  const n = all[0] + all[1] + all[2];
  const mean = meanBenefit(all);
  let between = 0;
  for (const benefits of parts) {
    const size = benefits[0] + benefits[1] + benefits[2];
    between += (size / n) * entropyTerm(meanBenefit(benefits) / mean, alpha);
  }
  return { total, between: Math.max(0, between), within: Math.max(0, total - between) };
}
