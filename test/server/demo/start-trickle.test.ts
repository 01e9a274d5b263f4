import { expect, onTestFinished, test, vi } from 'vitest';
import { startTrickle } from '../../../server/demo/start-trickle.ts';

type Sent = {
  kind: string;
  records: { id: string; model: string; features: { temperature: number }; predictionId: string }[];
};

function trickleFor(ingest?: () => Promise<unknown>) {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 25) });
  const sent: Sent[] = [];
  const trickle = startTrickle({
    clock: { now: () => Date.now(), monotonicMs: () => 0 },
    seed: 1,
    perSecond: 20,
    ingest: async (body, kind) => {
      sent.push({ kind, records: JSON.parse(new TextDecoder().decode(body)) as Sent['records'] });
      return ingest?.();
    },
  });
  onTestFinished(() => {
    trickle.stop();
    vi.useRealTimers();
  });
  const of = (kind: string) => sent.filter((s) => s.kind === kind).flatMap(({ records }) => records);
  return { trickle, predictions: () => of('prediction'), feedback: () => of('feedback') };
}

const temperatures = (records: Sent['records']): number[] =>
  records.filter(({ model }) => model === 'demand').map(({ features }) => features.temperature);
const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

test('twenty events a second over three models, each id once, and truth for some of them a few seconds later', async () => {
  const { predictions, feedback } = trickleFor();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(Math.abs(predictions().length - 400)).toBeLessThanOrEqual(6);
  expect(new Set(predictions().map(({ model }) => model))).toEqual(new Set(['credit-risk', 'demand', 'triage']));
  const ids = new Set(predictions().map(({ id }) => id));
  expect(ids.size).toBe(predictions().length);
  expect(feedback().length).toBeGreaterThan(40);
  expect(feedback().every(({ predictionId }) => ids.has(predictionId))).toBe(true);
});

test('a broken model speeds up and moves away; healed, it comes back', async () => {
  const { trickle, predictions } = trickleFor();
  await vi.advanceTimersByTimeAsync(10_000);
  const healthy = predictions().length;
  trickle.breakModel('demand');
  await vi.advanceTimersByTimeAsync(10_000);
  const broken = temperatures(predictions().slice(healthy));
  expect(broken.length).toBeGreaterThan(1_900);
  expect(mean(broken) - mean(temperatures(predictions().slice(0, healthy)))).toBeGreaterThan(10);
  const before = predictions().length;
  trickle.heal();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(mean(temperatures(predictions().slice(before)))).toBeLessThan(25);
});

test('a refused event is lost, the next ones come', async () => {
  const { predictions } = trickleFor(() => Promise.reject(new Error('storage is away')));
  await vi.advanceTimersByTimeAsync(2_000);
  const first = predictions().length;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(predictions().length).toBeGreaterThan(first);
});
