import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePredictions } from '../../../server/counting/decode-segment.ts';
import { inspectKeys } from '../../../server/counting/inspect-keys.ts';
import { RecentKeys } from '../../../server/counting/recent-keys.ts';
import { type PlainPrediction, plainPrediction, predictionSegment } from '../../helpers/prediction-segment.ts';

const decoded = (rows: PlainPrediction[]) => decodePredictions(predictionSegment([rows]));
const key = fc.record({ hashA: fc.integer(), hashB: fc.integer(), occurredAt: fc.nat(10_000) });

describe('recent keys', () => {
  it('never answer "no" for a key that was accepted, unless its event time is older than what they cover', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 400 }), fc.integer({ min: 1, max: 40 }), (keys, perGeneration) => {
        const recent = new RecentKeys(perGeneration, -1);
        const accepted = new Set<string>();
        for (const { hashA, hashB, occurredAt } of keys) {
          const text = `${hashA} ${hashB} ${occurredAt}`;
          const maybe = recent.addAndTest(hashA, hashB, occurredAt);
          if (accepted.has(text) && occurredAt >= recent.coversFrom) expect(maybe).toBe(true);
          accepted.add(text);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('forget in generations: coverage moves up to the newest event that is forgotten', () => {
    const recent = new RecentKeys(2, 0);
    const times = [10, 90, 20, 30, 40, 50];
    times.forEach((time, i) => recent.addAndTest(i * 7919 + 1, i * 104_729 + 3, time));
    expect(recent.coversFrom).toBe(91);
  });

  it('answer "maybe" for less than 1 in 100 new keys when a generation is full', () => {
    const recent = new RecentKeys(5_000, 0);
    let maybes = 0;
    const random = mulberry32(1);
    for (let i = 0; i < 10_000; i++) if (recent.addAndTest(random(), random(), 1)) maybes++;
    expect(maybes).toBeLessThan(100);
  });
});

describe('inspecting the keys of a batch', () => {
  const at = Date.UTC(2026, 0, 1);

  it('a row that repeats an earlier row of its batch is a repeat, with the first one kept', () => {
    const rows = ['a', 'b', 'a', 'a'].map((id) => plainPrediction({ id, occurredAt: at }));
    expect(inspectKeys(decoded(rows), new RecentKeys(100, 0))).toEqual({ repeatedRows: [2, 3], candidates: [] });
  });

  it('another model, another time or another id is another prediction', () => {
    const rows = [{}, { model: 'n' }, { occurredAt: at + 1 }, { occurredAt: at + 2 ** 32 }, { id: 'q' }, { id: '' }];
    const plain = rows.map((row) => plainPrediction({ occurredAt: at, ...row }));
    expect(inspectKeys(decoded(plain), new RecentKeys(100, 0))).toEqual({ repeatedRows: [], candidates: [] });
  });

  it('a key of an earlier batch is a candidate, with the full key to ask the store about', () => {
    const recent = new RecentKeys(100, 0);
    const row = plainPrediction({ model: 'ünï', id: '🌍', occurredAt: at });
    inspectKeys(decoded([plainPrediction({ id: 'first' }), row]), recent);
    expect(inspectKeys(decoded([row]), recent).candidates).toEqual([
      { row: 0, model: 'ünï', occurredAt: at, predictionId: '🌍' },
    ]);
  });

  it('an event older than what is covered is always a candidate', () => {
    const recent = new RecentKeys(100, at);
    const rows = [at - 1, at].map((occurredAt) => plainPrediction({ id: String(occurredAt), occurredAt }));
    expect(inspectKeys(decoded(rows), recent).candidates.map((c) => c.row)).toEqual([0]);
  });

  it('finds every repeat over random batches, inside and across, as a set of keys would', () => {
    const row = fc.record({
      model: fc.constantFrom('m', 'n'),
      id: fc.constantFrom('a', 'b', 'ab', ''),
      step: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(fc.array(row, { minLength: 1, maxLength: 8 }), { maxLength: 8 }), (batches) => {
        const recent = new RecentKeys(1_000, 0);
        const before = new Set<string>();
        for (const batch of batches) {
          const rows = batch.map(({ model, id, step }) => plainPrediction({ model, id, occurredAt: at + step }));
          const keys = batch.map((r) => JSON.stringify(r));
          const { repeatedRows, candidates } = inspectKeys(decoded(rows), recent);
          expect(repeatedRows).toEqual(keys.flatMap((k, i) => (keys.indexOf(k) < i ? [i] : [])));
          const known = keys.flatMap((k, i) => (keys.indexOf(k) === i && before.has(k) ? [i] : []));
          expect(candidates.map((c) => c.row)).toEqual(expect.arrayContaining(known));
          for (const k of keys) before.add(k);
        }
      }),
    );
  });
});

/** Seeded 32-bit numbers. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) | 0;
  };
}
