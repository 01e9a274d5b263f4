import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Drift } from '../../server/schemas/drift.schema.ts';
import type { Performance } from '../../server/schemas/performance.schema.ts';
import { createReference } from '../../server/services/create-reference.ts';
import { systemAct } from '../../server/services/governance.ts';
import { type CoreOnDisk, startCoreOnDisk, temporaryDirectory } from '../helpers/core-on-disk.ts';
import { hasSharedData, sharedCsv } from '../helpers/shared-csv.ts';

const model = 'california';
const features = ['MedInc', 'HouseAge', 'AveRooms', 'AveBedrms', 'Population', 'AveOccup', 'Latitude', 'Longitude'];
type Row = { id: string; time: number; score: number; label: string; features: Record<string, number> };

function rowsOf(file: string): Row[] {
  return sharedCsv(file).map((row) => ({
    id: row.id,
    time: Date.parse(`${row.timestamp.replace(' ', 'T')}Z`),
    score: Number(row.y_pred_proba),
    label: row.y_pred,
    features: Object.fromEntries(features.map((name) => [name, Number(row[name])])),
  }));
}

const valueOf = (row: Row, feature: string): number => (feature === '$score' ? row.score : row.features[feature]);

/** Shares of rows per bin of the frozen edges, found by looking at every edge; values outside come first and last. */
function counted(rows: readonly Row[], feature: string, edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (const row of rows) {
    const x = valueOf(row, feature);
    const below = edges.filter((edge) => edge <= x).length;
    counts[x === edges[edges.length - 1] ? edges.length - 1 : below]++;
  }
  return counts;
}

const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

function stabilityIndex(r: readonly number[], c: readonly number[]): number {
  const used = r.flatMap((_, i) => (r[i] + c[i] > 0 ? [i] : []));
  const share = (counts: readonly number[], i: number): number => (counts[i] + 0.5) / (sum(counts) + used.length / 2);
  return sum(used.map((i) => (share(c, i) - share(r, i)) * Math.log(share(c, i) / share(r, i))));
}

function jensenShannon(r: readonly number[], c: readonly number[]): number {
  const [p, q] = [r, c].map((counts) => counts.map((n) => n / sum(counts)));
  const toMiddle = (a: number[], b: number[]): number =>
    sum(a.map((x, i) => (x === 0 ? 0 : x * Math.log2(x / ((x + b[i]) / 2)))));
  return Math.sqrt((toMiddle(p, q) + toMiddle(q, p)) / 2);
}

/** The largest distance between the two empirical distribution functions, at any value. */
function exactKolmogorovSmirnov(a: readonly number[], b: readonly number[]): number {
  const below = (sorted: readonly number[], x: number): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= x) low = middle + 1;
      else high = middle;
    }
    return low / sorted.length;
  };
  const [first, second] = [a, b].map((values) => values.toSorted((x, y) => x - y));
  return Math.max(...[...first, ...second].map((x) => Math.abs(below(first, x) - below(second, x))));
}

/** Share of (positive, negative) pairs in the right order, ties half. */
function exactAuc(scored: readonly { score: number; actual: string }[]): number {
  const sorted = scored.toSorted((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let i = 0; i < sorted.length;) {
    let end = i;
    while (end < sorted.length && sorted[end].score === sorted[i].score) end++;
    for (let k = i; k < end; k++) if (sorted[k].actual === '1') rankSum += (i + end + 1) / 2;
    i = end;
  }
  const positives = scored.filter(({ actual }) => actual === '1').length;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (scored.length - positives));
}

describe.skipIf(!hasSharedData)(
  `California housing${hasSharedData ? '' : ' (skipped: ../shared/data is missing)'}`,
  () => {
    const directory = temporaryDirectory();
    let running: CoreOnDisk;
    let reference: Row[];
    let analysis: Row[];
    let truth: Map<string, string>;
    let drift: Drift;
    let performance: Performance;

    beforeAll(async () => {
      reference = rowsOf('california-housing-reference.csv');
      analysis = rowsOf('california-housing-analysis.csv');
      truth = new Map(sharedCsv('california-housing-analysis-gt.csv').map((row) => [row.id, row.clf_target]));
      running = await startCoreOnDisk(directory.path, { config: { provisionalRows: 1_000_000 } });
      const predictions = (rows: readonly Row[]) =>
        rows.map(({ time, ...row }) => ({ ...row, model, time: new Date(time).toISOString() }));
      for (const rows of [reference, analysis])
        expect(await running.send('prediction', predictions(rows))).toMatchObject({ status: 202 });
      const feedback = [...truth].map(([predictionId, label]) => ({
        predictionId,
        model,
        label,
        time: '2024-01-01T00:00:00Z',
      }));
      expect(await running.send('feedback', feedback)).toMatchObject({ status: 202 });
      await running.settle();
      const { core } = running;
      const window = { from: reference[0].time, to: reference[reference.length - 1].time + 1 };
      await createReference({ ...core, store: core.references }, systemAct, {
        model,
        kind: 'window',
        modelVersion: null,
        window,
      });
      await running.settle();
      const current = {
        from: new Date(analysis[0].time).toISOString(),
        to: new Date(analysis[analysis.length - 1].time + 60_000).toISOString(),
      };
      drift = await running.services.readDrift(model, current);
      performance = await running.services.readPerformance(model, current);
    });
    afterAll(async () => {
      await running.stop();
      directory.remove();
    });

    it('compares the rows it should: all of the reference with all of the analysis part', () => {
      expect(drift.n).toBe(analysis.length);
      expect(drift.reference).toMatchObject({ n: reference.length, status: 'ready' });
    });

    for (const feature of [...features, '$score']) {
      it(`drift of ${feature} is what its raw rows give on the same frozen edges, to 1e-9`, () => {
        const binnings = running.core.baselines.active(model)?.body.binnings.features ?? [];
        const binning = binnings.find((f) => f.feature === feature)?.binning;
        if (binning?.kind !== 'numeric') throw new Error(`${feature} has no numeric binning`);
        const [r, c] = [reference, analysis].map((rows) => counted(rows, feature, binning.edges));
        const metrics = drift.features.find((f) => f.feature === feature)?.metrics ?? {};
        const value = (name: string) => metrics[name] as { value: number; errorBound?: number };
        expect(Math.abs(value('population_stability_index').value - stabilityIndex(r, c))).toBeLessThan(1e-9);
        expect(Math.abs(value('jensen_shannon_distance').value - jensenShannon(r, c))).toBeLessThan(1e-9);
        const cumulative = (counts: readonly number[], i: number): number => sum(counts.slice(0, i + 1)) / sum(counts);
        const atEdges = Math.max(...r.map((_, i) => Math.abs(cumulative(r, i) - cumulative(c, i))));
        const ks = value('kolmogorov_smirnov');
        expect(Math.abs(ks.value - atEdges)).toBeLessThan(1e-9);
        const exact = exactKolmogorovSmirnov(
          reference.map((row) => valueOf(row, feature)),
          analysis.map((row) => valueOf(row, feature)),
        );
        expect(exact).toBeGreaterThanOrEqual(ks.value - 1e-12);
        expect(exact).toBeLessThanOrEqual(ks.value + (ks.errorBound ?? 0) + 1e-12);
      });
    }

    it('AUC is within its stated error of the AUC of the raw rows, log loss equals theirs', () => {
      const scored = analysis.map(({ id, score }) => ({ score, actual: truth.get(id) ?? '' }));
      expect(performance).toMatchObject({ total: analysis.length, labelled: analysis.length });
      const auc = performance.overall.roc_auc as { value: number; errorBound: number };
      expect(auc.errorBound).toBeLessThan(0.005);
      expect(Math.abs(auc.value - exactAuc(scored))).toBeLessThanOrEqual(auc.errorBound + 1e-12);
      const cut = (p: number): number => Math.min(1 - 2 ** -52, Math.max(2 ** -52, p));
      const losses = scored.map(({ score, actual }) => -Math.log(cut(actual === '1' ? score : 1 - score)));
      const logLoss = performance.overall.log_loss as { value: number };
      expect(Math.abs(logLoss.value - sum(losses) / losses.length)).toBeLessThan(1e-9);
    });

    it('the confusion counts are those of the logged labels', () => {
      const count = (predicted: string, actual: string): number =>
        analysis.filter(({ id, label }) => label === predicted && truth.get(id) === actual).length;
      expect(performance.confusion).toEqual({
        truePositive: count('1', '1'),
        falsePositive: count('1', '0'),
        falseNegative: count('0', '1'),
        trueNegative: count('0', '0'),
      });
    });
  },
);
