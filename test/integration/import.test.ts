import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../server/cli/run-cli.ts';
import { loadConfig } from '../../server/config.ts';
import { type Running, serve } from '../../server/main.ts';
import type { Drift } from '../../server/schemas/drift.schema.ts';
import type { Fairness, Performance } from '../../server/schemas/performance.schema.ts';

const sharedData = join(import.meta.dirname, '../../../shared/data');

let directory: string;
let running: Running;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'plumbline-import-test-'));
  const { config } = loadConfig({ flags: { dataDir: directory, port: 0, logLevel: 'silent' }, environment: {} });
  running = await serve(config, { version: { version: 'test', commit: null }, uiDirectory: null });
}, 60_000);

afterAll(async () => {
  await running.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function plumbline(...argv: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const stdout = { write: (text: string) => ((out += text), true), isTTY: false };
  const stderr = { write: (text: string) => ((err += text), true), isTTY: false };
  const streams = { stdout, stderr } as unknown as Parameters<typeof runCli>[1];
  const exitCode = await runCli([...argv, '--url', running.url, '--data-dir', directory], streams, {});
  return { exitCode, out, err };
}

async function get<T>(path: string): Promise<T> {
  const key = readFileSync(join(directory, 'local-key'), 'utf8').trim();
  const answer = await fetch(running.url + path, { headers: { authorization: `Bearer ${key}` } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

/** A reference is made, and history counted under it, some moments after the rows are stored. */
async function untilReady(model: string): Promise<void> {
  for (;;) {
    const { reference } = await get<Drift>(`/api/v1/models/${model}/drift?window=all`);
    if (reference?.status === 'ready') return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

describe('plumbline import', () => {
  it('a CSV with labels is stored and counted when the command ends; running it again adds nothing', async () => {
    const path = join(directory, 'small.csv');
    const lines = Array.from(
      { length: 300 },
      (_, i) => `r${i},2026-03-01 00:${String(i % 60).padStart(2, '0')}:00,${i % 7},0.${10 + (i % 80)},${i % 2}`,
    );
    writeFileSync(path, `id,time,tries,score,actual\n${lines.join('\n')}\n`);
    expect(await plumbline('import', path, '--model', 'small')).toMatchObject({ exitCode: 0 });
    const first = await get<Performance>('/api/v1/models/small/performance?window=all');
    expect(first).toMatchObject({ total: 300, labelled: 300 });
    expect(await plumbline('import', path, '--model', 'small')).toMatchObject({ exitCode: 0 });
    const second = await get<Performance>('/api/v1/models/small/performance?window=all');
    expect(second).toMatchObject({ total: 300, labelled: 300 });
  });

  it('a file that is not there ends with a clear word and a failure', async () => {
    const { exitCode, err } = await plumbline('import', join(directory, 'nowhere.csv'), '--model', 'small');
    expect(exitCode).toBeGreaterThan(0);
    expect(err).toContain('nowhere.csv');
  });
});

describe.skipIf(!existsSync(sharedData))('real prediction logs (skipped where ../shared/data is absent)', () => {
  it('COMPAS gives the published confusion counts per race and the known AUC', async () => {
    const flags = ['--id', 'id', '--time', 'compas_screening_date', '--score', 'decile_score', '--positive-at', '5'];
    const truth = ['--actual', 'two_year_recid', '--label-delay', '730d', '--sensitive', 'race,sex'];
    const file = join(sharedData, 'compas-two-years.csv');
    const imported = await plumbline(
      'import',
      file,
      '--model',
      'compas',
      ...flags,
      ...truth,
      '--exclude',
      'score_text,is_recid,age_cat',
    );
    expect(imported.exitCode).toBe(0);
    await untilReady('compas');
    const { attributes } = await get<Fairness>('/api/v1/models/compas/fairness?window=all');
    const race = attributes.find(({ attribute }) => attribute === 'race');
    const confusion = (group: string) => race?.groups.find((each) => each.group === group)?.confusion;
    expect(confusion('African-American')).toEqual({
      trueNegative: 990,
      falsePositive: 805,
      falseNegative: 532,
      truePositive: 1369,
    });
    expect(confusion('Caucasian')).toEqual({
      trueNegative: 1139,
      falsePositive: 349,
      falseNegative: 461,
      truePositive: 505,
    });
    const { overall } = await get<Performance>('/api/v1/models/compas/performance?window=all');
    expect(Math.abs((overall.roc_auc.value ?? 0) - 0.7022)).toBeLessThan(0.0005);
  });

  it('California housing: a reference, later rows, and their truth from a file of its own', async () => {
    const columns = ['--id', 'id', '--time', 'timestamp', '--score', 'y_pred_proba', '--label', 'y_pred'];
    const reference = join(sharedData, 'california-housing-reference.csv');
    const analysis = join(sharedData, 'california-housing-analysis.csv');
    const truth = join(sharedData, 'california-housing-analysis-gt.csv');
    const first = await plumbline(
      'import',
      reference,
      '--model',
      'housing',
      ...columns,
      '--actual',
      'clf_target',
      '--as',
      'reference',
    );
    expect(first.exitCode).toBe(0);
    const labels = ['--labels', truth, '--labels-id', 'id', '--labels-actual', 'clf_target'];
    expect((await plumbline('import', analysis, '--model', 'housing', ...columns, ...labels)).exitCode).toBe(0);
    await untilReady('housing');
    const window = 'from=2021-06-01T00:00:00Z&to=2022-06-01T00:00:00Z';
    const drift = await get<Drift>(`/api/v1/models/housing/drift?${window}`);
    expect(drift).toMatchObject({ n: 8232, reference: { kind: 'imported', n: 5832, status: 'ready' } });
    const performance = await get<Performance>(`/api/v1/models/housing/performance?${window}`);
    expect(performance).toMatchObject({ total: 8232, labelled: 8232 });
    const { value = 0, errorBound = 1 } = performance.overall.roc_auc;
    expect(Math.abs(value - exactAuc(analysis, truth))).toBeLessThanOrEqual(errorBound);
  });
});

/** Chance that a positive is scored above a negative, by brute force over distinct scores. */
function exactAuc(predictions: string, truth: string): number {
  const rows = (path: string): string[][] =>
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
  const actual = new Map(rows(truth).map(([id, label]) => [id, Number(label)]));
  const counts = new Map<number, [negatives: number, positives: number]>();
  for (const row of rows(predictions)) {
    const count = counts.get(Number(row[row.length - 2])) ?? [0, 0];
    count[actual.get(row[0]) ?? 0]++;
    counts.set(Number(row[row.length - 2]), count);
  }
  let [below, negatives, positives, wins] = [0, 0, 0, 0];
  for (const [, [n, p]] of [...counts].sort(([a], [b]) => a - b)) {
    wins += p * (below + n / 2);
    below += n;
    negatives += n;
    positives += p;
  }
  return wins / (negatives * positives);
}
