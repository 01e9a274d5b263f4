import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectors } from '../../../docs/reference/metrics/source/detector-page.ts';
import { explanationOf } from '../../../docs/reference/metrics/source/explanation-of.ts';
import { camelCase, functionsOf, metricFiles } from '../../../docs/reference/metrics/source/metric-functions.ts';
import { exampleIds } from '../../../docs/reference/metrics/source/worked-examples.ts';
import { metricCatalog } from '../../../server/metrics/metric-catalog.ts';
import { allMeasures } from '../../reference/measures/all-measures.ts';

/**
 * A measure is complete when it has a catalogue entry, a docstring that teaches, a case whose number comes from
 * elsewhere, a law test and a page. What cannot apply stands here with its reason, and nowhere else.
 */
const root = join(import.meta.dirname, '../../..');
const ids = [...metricCatalog.map(({ id }) => id), ...detectors.map(({ id }) => id)];

/** Docstring parts that stand beside the docstring, or have no meaning. */
const withoutPart: Record<string, { parts: readonly string[]; reason: string }> = {
  balanced_accuracy: { parts: ['cost'], reason: 'O(1) like its neighbours; the docstring has two references instead' },
  f_beta: { parts: ['question'], reason: 'asks what F1 asks, with a weight' },
  equalized_odds_ratio: { parts: ['question'], reason: 'asks what the difference above it asks' },
  estimated_f1_macro: { parts: ['reading'], reason: 'reads as the binary form, which it names' },
  estimated_roc_auc_ovr_macro: { parts: ['reading'], reason: 'reads as the binary form, which it names' },
  ...Object.fromEntries(
    ids
      .filter((id) => id.endsWith('_ratio') && functionsOf(id)[0]?.name === camelCase(id))
      .filter((id) => !['disparate_impact_ratio', 'equalized_odds_ratio'].includes(id))
      .map((id) => [
        id,
        { parts: ['question'], reason: '"the same question as a share": the difference above it asks' },
      ]),
  ),
};

/** Metrics whose numbers no library and no published case gives: facts and simple counts, held by law tests. */
const withoutOutsideCase: Record<string, string> = {
  drifted_feature_share: 'a share of verdicts: Evidently counts its own verdicts, not ours',
  throughput: 'a count over seconds',
  arrival_lag: 'the type 7 quantile that latency_quantile is compared with numpy.quantile on',
  missing_rate:
    'a share of counts that the golden case data_quality_counts holds; its Wilson interval is that of error_rate',
  type_mismatch_rate: 'a share of counts that the golden case data_quality_counts holds',
  out_of_range_rate: 'a share of counts that the golden case data_quality_counts holds',
  duplicate_rate: 'a share of counts that the golden case data_quality_counts holds',
  conflicting_rate: 'a share of ingestion accounts with the Wilson interval that error_rate is compared on',
  unpaired_rate: 'a share of ingestion accounts with the Wilson interval that error_rate is compared on',
  late_rate: 'a share of ingestion accounts with the Wilson interval that error_rate is compared on',
  rejected_rate: 'a share of ingestion accounts with the Wilson interval that error_rate is compared on',
  dropped_rate: 'a share of ingestion accounts with the Wilson interval that error_rate is compared on',
};

/** Ids that the golden file covers under the name of their method. */
const goldenNames: Record<string, string> = {
  estimated_business_value: 'confidence_based_performance_estimation',
  estimated_f1_macro: 'confidence_based_performance_estimation',
  estimated_roc_auc_ovr_macro: 'confidence_based_performance_estimation',
  estimated_mean_squared_error: 'direct_loss_estimation',
  estimated_root_mean_squared_error: 'direct_loss_estimation',
};

/** Functions that answer with a result and are no metric of their own. */
const notCatalogued: Record<string, string> = {
  wassersteinDistanceFromCounts: 'wasserstein_distance from counts',
  wassersteinDistanceNormedFromCounts: 'wasserstein_distance_normed from counts',
  kolmogorovSmirnovFromCounts: 'kolmogorov_smirnov from counts',
  averagePrecisionOfRows: 'average_precision from rows',
  rocAucOfRows: 'roc_auc from rows',
  rSquaredOfRows: 'r_squared from rows',
  selectionRateOfRows: 'selection_rate from rows',
};

const golden = join(root, '../shared/reference/golden/metrics.json');
const hasGolden = existsSync(golden);
const goldenMetrics = new Set(
  hasGolden ? (JSON.parse(readFileSync(golden, 'utf8')) as { metric: string }[]).map(({ metric }) => metric) : [],
);
const comparedMetrics = new Set(allMeasures.map(({ metric }) => metric));
const lawTests = readdirSync(join(root, 'test/server/metrics'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && !path.includes('golden') && !path.includes('catalog'))
  .map((path) => readFileSync(join(root, 'test/server/metrics', path), 'utf8'))
  .join('\n');

describe.each(ids)('%s is complete', (id) => {
  test('a function computes it', () => {
    expect(functionsOf(id).length).toBeGreaterThan(0);
  });

  test('its docstring teaches: question, reading, definition, reference, cost, example', () => {
    const said = explanationOf(id);
    const parts = ['question', 'reading', 'definition', 'reference', 'cost', 'example'] as const;
    const missing = parts.filter((part) => !said[part] && !(id in withoutPart && withoutPart[id].parts.includes(part)));
    const present = withoutPart[id]?.parts.filter((part) => said[part as (typeof parts)[number]]) ?? [];
    expect(missing.filter((part) => part !== 'example' || !exampleIds.includes(id))).toEqual([]);
    expect(present, 'take these out of the list of exceptions').toEqual([]);
  });

  test('a number from elsewhere holds it: a golden case, or a Python library', (context) => {
    const isOutside = comparedMetrics.has(id) || goldenMetrics.has(id) || goldenMetrics.has(goldenNames[id]);
    if (id in withoutOutsideCase) {
      expect(comparedMetrics.has(id), 'take it out of the list of exceptions').toBe(false);
    } else if (!isOutside && !hasGolden) {
      context.skip('needs ../shared/reference/golden/metrics.json beside the repository');
    } else {
      expect(isOutside).toBe(true);
    }
  });

  test('a law test names it, beside the golden cases', () => {
    const names = functionsOf(id).map(({ name }) => name);
    const isNamed = [id, id.replace(/^estimated_/, ''), ...names].some((name) =>
      new RegExp(`\\b${name}\\b`).test(lawTests),
    );
    expect(isNamed).toBe(true);
  });

  test('it has a page and a worked example', () => {
    expect(existsSync(join(root, 'docs/reference/metrics', `${id}.md`))).toBe(true);
    expect(exampleIds).toContain(id);
  });
});

describe('nothing measures outside the catalogue', () => {
  const families = ['drift', 'performance', 'estimation', 'fairness', 'quality', 'service'];
  const measuring = [...metricFiles].flatMap(([file, text]) =>
    families.some((family) => file.startsWith(`server/metrics/${family}/`)) && !file.includes('/profiles/')
      ? [...text.matchAll(/^export function (\w+)\(/gm)]
          .map(([, name]) => name)
          .filter((name) => answers(text, name) && isTaught(text, name))
      : [],
  );
  const catalogued = new Set(ids.flatMap((id) => functionsOf(id).map(({ name }) => name)));

  test('functions that answer with a result and have an example of their own are dozens', () => {
    expect(measuring.length).toBeGreaterThan(80);
  });

  test.each(measuring)('%s belongs to a metric of the catalogue', (name) => {
    expect(catalogued.has(name) || name in notCatalogued).toBe(true);
  });

  test('every id stands in a definition string, or is built from one', () => {
    const defined = [...metricFiles.values()].join('\n');
    const unknown = [...defined.matchAll(/['`]([a-z][a-z0-9_]+)\/1\b/g)]
      .map(([, id]) => id)
      .filter((id) => !ids.includes(id) && id !== 'standard_deviation_threshold');
    expect(unknown).toEqual([]);
  });
});

/** Is the function's answer a result of the catalogue's kind? */
function answers(text: string, name: string): boolean {
  const body = text.slice(text.indexOf(`export function ${name}(`));
  const type = /\): ([^\n]*) \{\n/.exec(body)?.[1] ?? '';
  return ['MetricResult', 'GroupComparison', 'RankingResult', 'RowLossResult'].includes(type);
}

/** Building blocks have no `@example`; measures do. */
function isTaught(text: string, name: string): boolean {
  const above = text.slice(0, text.indexOf(`export function ${name}(`));
  return above.slice(above.lastIndexOf('/**')).includes('@example');
}
