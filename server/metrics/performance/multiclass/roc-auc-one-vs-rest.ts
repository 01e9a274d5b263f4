import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import { labelEvidenceGap } from '../label-evidence.ts';
import { minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { rocAucOfGroups } from '../binary/roc-auc.ts';
import { classTotals } from '../binary/score-groups.ts';

/** Score of one class over groups of tied rows, ascending: rows of the class (positives) and of all others. */
export type ClassScoreGroups = { positives: ArrayLike<number>; negatives: ArrayLike<number> };

export type OneVsRestAuc = { macro: MetricResult; weighted: MetricResult; perClass: Map<string, number> };

/**
 * ROC AUC, one class against the rest: how well does each class's score rank its own rows above the others?
 *
 * Reading: 1 perfect, 0.5 chance. Macro gives every class the same weight, weighted weighs by its rows. Worse is down.
 * Definition: binary ROC AUC of the class's score (ties ½) for every class with both sides present, then the plain
 * mean, and the mean weighted by the rows of the class. `errorBound` is the same mean of the classes' bounds. No
 * interval: the classes share their rows, and a count bootstrap needs the joint tally that is not kept.
 *
 * @param classes score tallies per class, over the same labelled rows
 * @returns both averages; needs 100 labelled rows and 30 of each side of a class; classes with fewer are left out, and
 *   `single_class` when none is left
 *
 * Reference: Fawcett 2006, doi:10.1016/j.patrec.2005.10.010, section 10. Cost: O(classes × bins).
 *
 * @example
 * rocAucOneVsRest(new Map([['cat', catTally], ['dog', dogTally]])).macro;
 */
export function rocAucOneVsRest(
  classes: ReadonlyMap<string, ClassScoreGroups>,
  options: PerformanceOptions = {},
): OneVsRestAuc {
  const minimum = minimumEvidence(options);
  const sized = [...classes].map(([label, groups]) => ({ label, groups, ...classTotals(groups) }));
  const n = sized.reduce((most, one) => Math.max(most, one.positives + one.negatives), 0);
  const gap = labelEvidenceGap({ total: n, labelled: n }, n, minimum.n, options);
  const sideMin = Math.max(1, minimum.denominator);
  const usable = sized.filter((one) => Math.min(one.positives, one.negatives) >= sideMin);
  const perClass = new Map(usable.map((one) => [one.label, rocAucOfGroups(one.groups).value]));
  const refusal = gap ?? (usable.length === 0 ? insufficientEvidence('single_class', n) : null);
  if (refusal) return { macro: refusal, weighted: refusal, perClass };
  const average = (id: string, weightOf: (one: (typeof usable)[number]) => number): MetricResult => {
    let weight = 0;
    let value = 0;
    let errorBound = 0;
    for (const one of usable) {
      const auc = rocAucOfGroups(one.groups);
      weight += weightOf(one);
      value += weightOf(one) * auc.value;
      errorBound += weightOf(one) * auc.errorBound;
    }
    const definition = `${id}/1 ties=half classes=${usable.length}`;
    return metricValue(value / weight, n, definition, { errorBound: errorBound / weight });
  };
  return {
    macro: average('roc_auc_ovr_macro', () => 1),
    weighted: average('roc_auc_ovr_weighted', (one) => one.positives),
    perClass,
  };
}
