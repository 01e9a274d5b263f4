import { describe, expect, test } from 'vitest';
import { estimateBinaryPerformance } from '../../../../server/metrics/estimation/confidence-based-performance-estimation.ts';
import { estimationCatalogEntries } from '../../../../server/metrics/estimation/catalog-entries.ts';
import { fractionalOutcomesOfRows } from '../../../../server/metrics/estimation/fractional-confusion.ts';
import { fairnessCatalogEntries } from '../../../../server/metrics/fairness/catalog-entries.ts';
import { fairnessReport } from '../../../../server/metrics/fairness/fairness-report.ts';
import { binaryPerformance } from '../../../../server/metrics/performance/binary-performance.ts';
import { performanceCatalogEntries } from '../../../../server/metrics/performance/catalog-entries.ts';
import { multiclassPerformance } from '../../../../server/metrics/performance/multiclass-performance.ts';
import { regressionPerformance } from '../../../../server/metrics/performance/regression-performance.ts';
import { qualityCatalogEntries } from '../../../../server/metrics/quality/catalog-entries.ts';
import { serviceCatalogEntries } from '../../../../server/metrics/service/catalog-entries.ts';
import { groupsOfCells } from '../fairness/group-tallies.ts';
import { binaryTallyOfCells, multiclassTallyOfRows, regressionTallyOfRows } from './tally-of-rows.ts';

const matrix = [
  [1, -1],
  [-1, 1],
] as const;
const even = { tp: 30, fp: 30, fn: 30, tn: 30 };
const idsOf = (entries: readonly { id: string }[]) => new Set(entries.map(({ id }) => id));

describe('what the reports compute is in the catalogue', () => {
  test('performance of every task, with the task it applies to', () => {
    const scoreTallies = new Map([['0', { positives: [0, 40], negatives: [40, 0] }]]);
    const reports = {
      binary: binaryPerformance(binaryTallyOfCells(even), { valueMatrix: matrix, bootstrap: null }),
      multiclass: multiclassPerformance(multiclassTallyOfRows([0, 1], [0, 1]), { scoreTallies, bootstrap: null })
        .metrics,
      regression: regressionPerformance(regressionTallyOfRows([1], [1])),
    };
    for (const [task, report] of Object.entries(reports)) {
      const applicable = performanceCatalogEntries.filter(({ appliesTo }) =>
        (appliesTo as readonly string[]).includes(task),
      );
      for (const id of report.keys()) expect(idsOf(applicable), `${id} for ${task}`).toContain(id);
    }
  });

  test('fairness rates and comparisons, the signed ones too', () => {
    const { groups, overall } = groupsOfCells({ a: even, b: even });
    const report = fairnessReport(groups, overall, { privileged: 'a', bootstrap: null });
    const known = new Set([...idsOf(fairnessCatalogEntries), ...idsOf(performanceCatalogEntries)]);
    for (const { id } of report.comparisons) expect(idsOf(fairnessCatalogEntries)).toContain(id);
    for (const id of Object.keys(report.overall)) expect(known).toContain(id);
  });

  test('estimated metrics, by their own ids', () => {
    const outcomes = fractionalOutcomesOfRows({ calibrated: [0.5], predictedLabels: [1] });
    for (const id of estimateBinaryPerformance(outcomes, { valueMatrix: matrix }).keys()) {
      expect(idsOf(estimationCatalogEntries)).toContain(`estimated_${id}`);
    }
  });

  test('no id stands in two families', () => {
    const all = [
      ...performanceCatalogEntries,
      ...fairnessCatalogEntries,
      ...qualityCatalogEntries,
      ...serviceCatalogEntries,
      ...estimationCatalogEntries,
    ].map(({ id }) => id);
    expect(all.filter((id, i) => all.indexOf(id) !== i)).toEqual([]);
  });
});
