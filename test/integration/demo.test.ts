import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../server/config.ts';
import { seedDemo } from '../../server/demo/seed-demo.ts';
import { startTrickle } from '../../server/demo/start-trickle.ts';
import { openStorage, type Storage } from '../../server/wiring/open-storage.ts';
import { servicesOf } from '../../server/wiring/services-of.ts';
import { type Core, startCore } from '../../server/wiring/start-core.ts';
import { quiet } from '../helpers/core-on-disk.ts';

let directory: string;
let storage: Storage;
let core: Core;
let services: ReturnType<typeof servicesOf>;

const valueOf = (result: { kind: string; value?: number } | undefined): number => {
  if (result?.kind !== 'value' || result.value === undefined) throw new Error(`no value: ${JSON.stringify(result)}`);
  return result.value;
};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'plumbline-demo-test-'));
  const { config } = loadConfig({ flags: { dataDir: directory }, environment: {} });
  storage = await openStorage(config, quiet);
  core = await startCore(config, {
    ...storage,
    logger: quiet,
    prepare: ({ clickHouse, governance, logger }) =>
      seedDemo({ clickHouse, governance, logger, now: Date.now(), seed: 7, rowsPerDay: 1_500 }),
  });
  services = servicesOf(core, { demo: null, onboarding: () => ({ ingestKey: null, url: '', demo: true }) });
  await core.refold();
}, 120_000);

afterAll(async () => {
  await core.stop();
  await storage.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('the stories of the demo can be seen in its figures', () => {
  it('income drifts since six days because one channel sends another unit', async () => {
    const overlay = await services.readFeature('credit-risk', 'income', { window: '24h' });
    expect(overlay.verdict).toMatchObject({ status: 'breached', severity: 'critical' });
    expect(overlay.segments[0].segment).toBe('channel=web');
    expect(valueOf(overlay.segments[0].result)).toBeGreaterThan(10 * valueOf(overlay.segments[1].result));
  });

  it('demand drifts without losing performance', async () => {
    const drift = await services.readDrift('demand', { window: '24h' });
    expect(drift.features[0]).toMatchObject({ feature: 'temperature', verdict: { status: 'breached' } });
    const { points } = await services.readPerformance('demand', { window: '30d' });
    const errors = points.flatMap(({ results }) => {
      const error = results.mean_absolute_error;
      return error?.kind === 'value' && error.value !== undefined ? [error.value] : [];
    });
    const early = errors.slice(0, 5).reduce((sum, x) => sum + x, 0) / 5;
    const late = errors.slice(-5).reduce((sum, x) => sum + x, 0) / 5;
    expect(Math.abs(late - early) / early).toBeLessThan(0.1);
  });

  it('a fairness gap opens in one region, and a tiny group stays without a verdict', async () => {
    const { attributes } = await services.readFairness('credit-risk', { window: '7d' });
    const region = attributes.find(({ attribute }) => attribute === 'region');
    expect(valueOf(region?.comparisons.demographic_parity_ratio)).toBeLessThan(0.8);
    expect(region?.excluded).toContain('islands');
  });

  it('calibration slumps with version 3.2.0', async () => {
    const error = async (version: string): Promise<number> => {
      const { overall } = await services.readPerformance('credit-risk', { window: '30d', version });
      return valueOf(overall.expected_calibration_error);
    };
    expect(await error('3.2.0')).toBeGreaterThan(2 * (await error('3.1.0')));
  });

  it('a feature with noise only stays quiet', async () => {
    const { features } = await services.readDrift('credit-risk', { window: '7d' });
    const noise = features.find(({ feature }) => feature === 'months_since_enquiry');
    expect(noise?.verdict.status).toBe('ok');
  });

  it('the tallies made by SQL hold every prediction once', async () => {
    const [rows, tallied] = await Promise.all([
      storage.clickHouse.text(`SELECT count() FROM predictions FINAL WHERE model_id = 'triage'`),
      storage.clickHouse.text(
        `SELECT sum(n) FROM outcome_tallies WHERE model_id = 'triage' AND labelled = 0 AND segment = '' AND group_key = ''`,
      ),
    ]);
    expect(Number(tallied)).toBe(Number(rows));
  });

  it('live traffic goes through the door of everybody, and a broken model drifts', async () => {
    const trickle = startTrickle({
      clock: core.clock,
      seed: 7,
      perSecond: 60,
      ingest: async (body, kind) => {
        const common = { contentType: 'application/json', contentEncoding: null, source: 'demo', idempotencyKey: null };
        const result = await core.collector.accept({
          ...common,
          kind,
          body,
          defaultModel: null,
          defaultVersion: null,
          allowedModels: null,
        });
        expect(result).toMatchObject({ status: 202, reply: { rejected: 0 } });
      },
    });
    trickle.breakModel('triage');
    await new Promise((done) => setTimeout(done, 4_000));
    trickle.stop();
    await core.collector.flush();
    const { features } = await services.readDrift('triage', { window: '1h' });
    expect(features.find(({ feature }) => feature === 'heart_rate')?.verdict.status).toBe('breached');
  }, 30_000);
});
