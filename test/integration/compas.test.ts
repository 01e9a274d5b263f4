import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemAct } from '../../server/services/governance.ts';
import { type CoreOnDisk, startCoreOnDisk, temporaryDirectory, until } from '../helpers/core-on-disk.ts';
import { countsOfModel, discrepancies } from '../helpers/counted-once.ts';
import { hasSharedData, sharedCsv } from '../helpers/shared-csv.ts';

describe.skipIf(!hasSharedData)(`COMPAS${hasSharedData ? '' : ' (skipped: ../shared/data is missing)'}`, () => {
  const directory = temporaryDirectory();
  let running: CoreOnDisk;

  beforeAll(async () => {
    running = await startCoreOnDisk(directory.path);
    await running.services.registerModel(systemAct, {
      model: 'compas',
      task: 'binary',
      scoreScale: 'unbounded',
      threshold: 5,
      sensitiveFeatures: ['race', 'sex'],
    });
    const rows = sharedCsv('compas-two-years.csv');
    const predictions = rows.map((row) => ({
      id: row.id,
      model: 'compas',
      time: `${row.compas_screening_date}T00:00:00Z`,
      score: Number(row.decile_score),
      features: { age: Number(row.age), priors: Number(row.priors_count), charge: row.c_charge_degree },
      sensitive: { race: row.race, sex: row.sex },
    }));
    const feedback = rows.map((row) => ({
      predictionId: row.id,
      model: 'compas',
      label: row.two_year_recid,
      time: '2016-01-01T00:00:00Z',
    }));
    expect(await running.send('prediction', predictions)).toMatchObject({ status: 202, reply: { accepted: 7214 } });
    expect(await running.send('feedback', feedback)).toMatchObject({ status: 202, reply: { accepted: 7214 } });
    await until(() => running.services.listReferences('compas')[0]?.status === 'ready', 'the reference is ready');
    await running.settle();
  });
  afterAll(async () => {
    await running.stop();
    directory.remove();
  });

  it('every row is counted once, under the edges that came after it too', async () => {
    const counts = await countsOfModel(running, 'compas');
    expect(counts).toMatchObject({ predictions: 7214, answered: 7214 });
    expect(discrepancies(counts)).toEqual([]);
  });

  it('gives the confusion counts per race that ProPublica published, exactly', async () => {
    const { attributes } = await running.services.readFairness('compas', { window: 'all' });
    const race = attributes.find(({ attribute }) => attribute === 'race');
    const of = (group: string) => race?.groups.find((g) => g.group === group);
    expect(of('African-American')?.confusion).toEqual({
      trueNegative: 990,
      falsePositive: 805,
      falseNegative: 532,
      truePositive: 1369,
    });
    expect(of('Caucasian')?.confusion).toEqual({
      trueNegative: 1139,
      falsePositive: 349,
      falseNegative: 461,
      truePositive: 505,
    });
    expect(of('African-American')?.rates.false_positive_rate).toMatchObject({ value: 805 / 1795, n: 1795 });
    expect(of('Caucasian')?.rates.false_negative_rate).toMatchObject({ value: 461 / 966, n: 966 });
  });

  it('gives the AUC of the ten deciles, 0.7022, and no loss that only probabilities have', async () => {
    const { overall, total, labelled } = await running.services.readPerformance('compas', { window: 'all' });
    expect({ total, labelled }).toEqual({ total: 7214, labelled: 7214 });
    const auc = overall.roc_auc as { value: number; n: number };
    expect(Math.abs(auc.value - 0.7022)).toBeLessThan(0.0005);
    expect(overall.log_loss?.kind).not.toBe('value');
  });
});
