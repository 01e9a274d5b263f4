import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodePredictions } from '../../../server/counting/decode-segment.ts';
import { featureTally, mergeFeatureRows } from '../../../server/counting/merge-tallies.ts';
import type { OutcomeTallyRow } from '../../../server/counting/outcome-cells.ts';
import { foldOutcomes } from '../../../server/counting/outcome-fold.ts';
import { outcomeTallyOf } from '../../../server/counting/outcome-tally-of.ts';
import { foldPredictions } from '../../../server/counting/prediction-fold.ts';
import { scoreBinningOf } from '../../../server/counting/score-binning.ts';
import { demoModelList } from '../../../server/demo/demo-models.ts';
import type { ReferenceRecord } from '../../../server/domain/governance-state.ts';
import type { ModelDefinition } from '../../../server/domain/model.ts';
import type { BinaryTally, RegressionTally } from '../../../server/domain/outcome-tally.ts';
import type { BinningSet } from '../../../server/domain/reference.ts';
import type { FeatureCounts } from '../../../server/domain/tally-counts.ts';
import { dayMs, hourMs, type Window } from '../../../server/domain/window.ts';
import { categoricalLayout, numericLayout } from '../../../server/metrics/support/binning/bin-layout.ts';
import { driftOfWindow, featureIndex } from '../../../server/services/drift-of-window.ts';
import { clickHouseOutcomeStore } from '../../../server/stores/outcome-store.ts';
import { seededStore, type SeededStore } from './seeded-store.ts';

const now = Date.UTC(2026, 10, 25, 15, 30);
const daysAgo = (days: number): number => now - days * dayMs;
const since = (days: number, until = 0): Window => ({ from: daysAgo(days), to: daysAgo(until) });

let store: SeededStore;
beforeAll(async () => void (store = await seededStore(now)), 120_000);
afterAll(() => store.close());

function definitionOf(model: string): ModelDefinition {
  const definition = store.governance.state().models.get(model);
  if (definition === undefined) throw new Error(`${model} is not registered`);
  return definition;
}

const scopeOf = (model: string) => ({ model, batchesBefore: recordOf(model).refoldBatchesBefore, excludedBatches: [] });

type Baseline = { set: BinningSet; counts: FeatureCounts };

function recordOf(model: string): ReferenceRecord {
  const [record] = store.governance.state().references.get(model) ?? [];
  if (record === undefined) throw new Error(`${model} has no reference`);
  return record;
}

function baselineOf(model: string): Baseline {
  const body = store.baselines.body(recordOf(model).id);
  if (body === null) throw new Error(`the reference of ${model} has no body`);
  return { set: body.binnings, counts: body.counts };
}

/** Feature counts of a window under the model's reference, of everybody or of one segment. */
async function countsOf(model: string, window: Window, segment = ''): Promise<FeatureCounts> {
  const rows = decodePredictions(await store.references.historyRows(scopeOf(model), window));
  const foldModel = { definition: definitionOf(model), binnings: [baselineOf(model).set], scoreBinnings: [] };
  const folded = foldPredictions(rows, new Map([[model, foldModel]]), new Set());
  const counts = mergeFeatureRows(folded.features.filter((row) => row.segment === segment));
  if (counts === null) throw new Error(`${model} has no rows in the window`);
  return counts;
}

/** PSI of each feature against the reference. */
async function psiOf(model: string, window: Window, segment = ''): Promise<Map<string, number>> {
  const { set, counts } = baselineOf(model);
  const only = ['population_stability_index'];
  const drift = driftOfWindow(set, counts, await countsOf(model, window, segment), { only });
  return new Map(
    drift.map(({ feature, metrics }) => {
      const result = metrics.population_stability_index;
      return [feature, result.kind === 'value' ? result.value : Number.NaN];
    }),
  );
}

async function missingShare(model: string, feature: string, window: Window): Promise<number> {
  const { set } = baselineOf(model);
  const { binning, counts } = featureTally(set, featureIndex(set, feature), await countsOf(model, window));
  const { bins, missing } = binning.kind === 'numeric' ? numericLayout(binning) : categoricalLayout(binning);
  return counts[missing] / counts.subarray(0, bins).reduce((sum, n) => sum + n, 0);
}

async function tallyOf(model: string, window: Window, scope: { version?: string; group?: string } = {}) {
  const definition = definitionOf(model);
  const binning = scoreBinningOf(definition, null);
  const pair = [model, binning.id] as const;
  const query = { segment: '', version: scope.version ?? '', groups: 'all' as const };
  const cells = (await store.tallies.outcomeCells([pair], window, query)).get(model) ?? [];
  const own = cells.filter(({ group }) => group === (scope.group ?? ''));
  return outcomeTallyOf(definition, binning, own);
}

const sumOf = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0);

async function falsePositiveRate(group: string, window: Window): Promise<{ rate: number; n: number }> {
  const { falsePositive, trueNegative } = ((await tallyOf('credit-risk', window, { group })) as BinaryTally).confusion;
  return { rate: falsePositive / (falsePositive + trueNegative), n: falsePositive + trueNegative };
}

const keyOf = (row: OutcomeTallyRow): string =>
  [
    row.segment,
    row.group,
    row.minute,
    row.version,
    row.labelled,
    row.isRevision,
    row.scoreBin,
    row.predicted,
    row.actual,
  ].join('\u0000');

type StoredTally = { key: string; n: number; sums: number[] };

const storedTallies = `
  SELECT concat_ws('\\0', segment, group_key, toString(toUnixTimestamp(minute) * 1000), model_version, toString(labelled),
           toString(is_revision), toString(score_bin), predicted, actual) AS key,
         sum(n) AS n,
         [sum(score_sum), sum(log_loss), sum(log_loss_squares), sum(error), sum(error_squares), sum(error_fourths),
          sum(absolute_error), sum(actual_sum), sum(actual_squares)] AS sums
  FROM outcome_tallies`;

async function storedTalliesOf(model: string, binning: string): Promise<Map<string, StoredTally>> {
  const where = `WHERE model_id = '${model}' AND score_binning = '${binning}' GROUP BY key`;
  const text = await store.clickHouse.text(`SELECT toJSONString(tuple(key, n, sums)) FROM (${storedTallies} ${where})`);
  const rows = text
    .split('\n')
    .map((line) => JSON.parse(line.replaceAll('\\\\', '\\')) as [string, number | string, number[]]);
  return new Map(rows.map(([key, n, sums]) => [key, { key, n: Number(n), sums }]));
}

function sumsOf(row: OutcomeTallyRow): number[] {
  const {
    scoreSum,
    logLoss,
    logLossSquares,
    error,
    errorSquares,
    errorFourths,
    absoluteError,
    actualSum,
    actualSquares,
  } = row;
  return [
    scoreSum,
    logLoss,
    logLossSquares,
    error,
    errorSquares,
    errorFourths,
    absoluteError,
    actualSum,
    actualSquares,
  ];
}

test.each(demoModelList.map(({ id }) => id))(
  '%s: what SQL counted is what the fold counts, cell by cell',
  async (model) => {
    const definition = definitionOf(model);
    const scoreBinning = scoreBinningOf(definition, null);
    const models = new Map([[model, { definition, binnings: [], scoreBinnings: [scoreBinning] }]]);
    const scope = scopeOf(model);
    const history = since(31);
    const predictions = foldPredictions(
      decodePredictions(await store.references.historyRows(scope, history)),
      models,
      new Set(),
    );
    const outcomes = clickHouseOutcomeStore(store.clickHouse).decode(
      await store.references.outcomeRows(scope, history),
    );
    const folded = [...predictions.outcomes, ...foldOutcomes(outcomes, models)];
    const stored = await storedTalliesOf(model, scoreBinning.id);
    expect(outcomes.length).toBeGreaterThan(6_000);
    expect(stored.size).toBe(new Set(folded.map(keyOf)).size);
    for (const row of folded) {
      const twin = stored.get(keyOf(row));
      if (twin?.n !== row.n) throw new Error(`${keyOf(row)}: SQL ${twin?.n}, fold ${row.n}`);
      sumsOf(row).forEach((x, i) => {
        if (Math.abs(x - twin.sums[i]) > 1e-9 * (1 + Math.abs(x)))
          throw new Error(`${keyOf(row)} sum ${i}: SQL ${twin.sums[i]}, fold ${x}`);
      });
    }
  },
);

test('each model has thirty days, labels that come 3 to 14 days late, and one reference over the first ten days', async () => {
  const text = await store.clickHouse.text(
    `SELECT p.model_id, count(), min(f.observed_at - p.occurred_at) >= 3 * 86400 - 1, max(f.observed_at - p.occurred_at) <= 14 * 86400 + 1
     FROM feedback AS f INNER JOIN predictions AS p ON p.prediction_id = f.prediction_id GROUP BY p.model_id ORDER BY p.model_id`,
  );
  for (const line of text.split('\n')) expect(line.split('\t').slice(2)).toEqual(['1', '1']);
  for (const { id } of demoModelList) {
    const [reference] = store.governance.state().references.get(id) ?? [];
    expect(reference).toMatchObject({
      kind: 'window',
      from: new Date(daysAgo(30)).toISOString(),
      to: new Date(daysAgo(20)).toISOString(),
    });
  }
});

test('story 1: income moves since day -6, in channel web and nowhere else', async () => {
  expect((await psiOf('credit-risk', since(12, 6.1), 'channel=web')).get('income')).toBeLessThan(0.1);
  expect((await psiOf('credit-risk', since(5.9), 'channel=web')).get('income')).toBeGreaterThan(2);
  expect((await psiOf('credit-risk', since(5.9), 'channel=mobile')).get('income')).toBeLessThan(0.1);
});

test('story 2: temperature drifts in demand while the error stays what it was', async () => {
  expect((await psiOf('demand', since(2))).get('temperature')).toBeGreaterThan(0.25);
  expect((await psiOf('demand', since(2))).get('stock')).toBeLessThan(0.1);
  const error = async (window: Window): Promise<number> => {
    const { losses, labelled } = (await tallyOf('demand', window)) as RegressionTally;
    return losses.absoluteError / labelled;
  };
  const before = await error(since(30, 20));
  expect(Math.abs((await error(since(10, 4))) / before - 1)).toBeLessThan(0.08);
});

test('story 3: false alarms in region south rise from day -10, elsewhere they do not; the islands are too few to say', async () => {
  expect((await falsePositiveRate('region=south', since(30, 10.1))).rate).toBeLessThan(0.16);
  const south = await falsePositiveRate('region=south', since(8, 3));
  const north = await falsePositiveRate('region=north', since(8, 3));
  expect(south.rate / north.rate).toBeGreaterThan(1.25);
  const islands = (await tallyOf('credit-risk', since(30), { group: 'region=islands' })) as BinaryTally;
  expect(islands.total).toBeLessThan(definitionOf('credit-risk').minGroupN);
});

test('story 4: version 3.2.0 promises more defaults than come', async () => {
  const gap = async (version: string): Promise<number> => {
    const { labelledScoreSums, positives, labelled } = (await tallyOf('credit-risk', since(30), {
      version,
    })) as BinaryTally;
    return (sumOf(labelledScoreSums) - sumOf(positives)) / labelled;
  };
  expect(Math.abs(await gap('3.1.0'))).toBeLessThan(0.03);
  expect(await gap('3.2.0')).toBeGreaterThan(0.06);
});

test('story 5: age is missing for five hours on day -3, and comes back', async () => {
  const from = daysAgo(3);
  expect(await missingShare('credit-risk', 'age', { from: from + hourMs, to: from + 5 * hourMs })).toBeGreaterThan(0.5);
  expect(await missingShare('credit-risk', 'age', since(30, 3.1))).toBe(0);
  expect(await missingShare('credit-risk', 'age', since(2.7))).toBe(0);
});

test('story 9: a feature of noise stays quiet, day after day', async () => {
  const { set, counts } = baselineOf('credit-risk');
  for (let day = 19; day > 0; day -= 3) {
    const current = await countsOf('credit-risk', since(day + 1, day));
    const found = driftOfWindow(set, counts, current).find(({ feature }) => feature === 'months_since_enquiry');
    expect(found?.verdict.status).not.toBe('breached');
  }
});

test('history shows in the commit log and in the ingestion accounts', async () => {
  const count = (sql: string): Promise<string> => store.clickHouse.text(sql);
  expect(await count('SELECT sum(rows) FROM batches')).toBe(
    await count('SELECT (SELECT count() FROM predictions) + (SELECT count() FROM feedback)'),
  );
  expect(await count('SELECT sum(n) FROM ingest_accounts')).toBe(await count('SELECT sum(rows) FROM batches'));
});

test('a store that has its demo is left as it is', async () => {
  const before = store.governance.state().size;
  await store.seedAgain();
  expect(store.governance.state().size).toBe(before);
});
