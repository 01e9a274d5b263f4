import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemAct } from '../../server/services/governance.ts';
import { type CoreOnDisk, startCoreOnDisk, temporaryDirectory } from '../helpers/core-on-disk.ts';
import { countsOfModel, discrepancies } from '../helpers/counted-once.ts';

const start = Date.UTC(2026, 0, 5);
const at = (i: number): string => new Date(start + i * 60_000).toISOString();
const valueOf = (result: unknown): number => (result as { value: number }).value;
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

const directory = temporaryDirectory();
let running: CoreOnDisk;

beforeAll(async () => {
  running = await startCoreOnDisk(directory.path);
});
afterAll(async () => {
  await running.stop();
  directory.remove();
});

describe('a regression model', () => {
  const rows = Array.from({ length: 400 }, (_, i) => ({ predicted: 100 + (i % 50), actual: 100 + ((i * 7) % 60) }));

  it('is registered by inference, and its errors are those of the raw rows', async () => {
    await running.send(
      'prediction',
      rows.map(({ predicted }, i) => ({
        id: `r${i}`,
        model: 'prices',
        time: at(i),
        value: predicted,
        features: { size: i },
      })),
    );
    await running.send(
      'feedback',
      rows.map(({ actual }, i) => ({ predictionId: `r${i}`, model: 'prices', value: actual, time: at(i) })),
    );
    await running.settle();
    expect(running.services.readModel('prices')).toMatchObject({ task: 'regression', registration: 'inferred' });
    const { overall, labelled } = await running.services.readPerformance('prices', { window: 'all' });
    expect(labelled).toBe(400);
    const errors = rows.map(({ predicted, actual }) => predicted - actual);
    expect(valueOf(overall.mean_absolute_error)).toBeCloseTo(mean(errors.map(Math.abs)), 10);
    expect(valueOf(overall.root_mean_squared_error)).toBeCloseTo(Math.sqrt(mean(errors.map((e) => e * e))), 10);
    const center = mean(rows.map(({ actual }) => actual));
    const r2 = 1 - mean(errors.map((e) => e * e)) / mean(rows.map(({ actual }) => (actual - center) ** 2));
    expect(valueOf(overall.r_squared)).toBeCloseTo(r2, 9);
    expect(discrepancies(await countsOfModel(running, 'prices'))).toEqual([]);
  });

  it('a corrected actual value replaces the old one exactly', async () => {
    const corrected = rows.map((row, i) => (i % 4 === 0 ? { ...row, actual: row.actual + 13.25 } : row));
    const revised = corrected.flatMap(({ actual }, i) =>
      i % 4 === 0 ? [{ predictionId: `r${i}`, model: 'prices', value: actual, time: at(i), revision: 1 }] : [],
    );
    await running.send('feedback', revised);
    await running.settle();
    const { overall } = await running.services.readPerformance('prices', { window: 'all' });
    const errors = corrected.map(({ predicted, actual }) => predicted - actual);
    expect(valueOf(overall.root_mean_squared_error)).toBeCloseTo(Math.sqrt(mean(errors.map((e) => e * e))), 9);
    expect(discrepancies(await countsOfModel(running, 'prices'))).toEqual([]);
  });
});

describe('a multiclass model', () => {
  const classes = ['cat', 'dog', 'a=b|c'];
  const rows = Array.from({ length: 300 }, (_, i) => {
    const weights = classes.map((_, k) => 1 + ((i * (k + 3)) % 7));
    const total = weights.reduce((sum, w) => sum + w, 0);
    const scores = weights.map((w) => w / total);
    const predicted = classes[scores.indexOf(Math.max(...scores))];
    return { scores, predicted, actual: classes[(i * 5) % 3] };
  });

  it('accuracy and log loss are those of the raw rows', async () => {
    await running.services.registerModel(systemAct, { model: 'pets', task: 'multiclass', classes });
    await running.send(
      'prediction',
      rows.map(({ scores, predicted }, i) => ({
        id: `m${i}`,
        model: 'pets',
        time: at(i),
        label: predicted,
        scores: Object.fromEntries(classes.map((name, k) => [name, scores[k]])),
      })),
    );
    await running.send(
      'feedback',
      rows.map(({ actual }, i) => ({ predictionId: `m${i}`, model: 'pets', label: actual, time: at(i) })),
    );
    await running.settle();
    const { overall, labelled } = await running.services.readPerformance('pets', { window: 'all' });
    expect(labelled).toBe(300);
    expect(valueOf(overall.accuracy)).toBeCloseTo(
      mean(rows.map(({ predicted, actual }) => Number(predicted === actual))),
      12,
    );
    const losses = rows.map(({ scores, actual }) => -Math.log(scores[classes.indexOf(actual)]));
    expect(valueOf(overall.log_loss)).toBeCloseTo(mean(losses), 9);
    expect(discrepancies(await countsOfModel(running, 'pets'))).toEqual([]);
  });
});
