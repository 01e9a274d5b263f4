import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIngest } from '../helpers/ingest.ts';

const time = '2026-11-22T11:59:00Z';

describe('duplicates', () => {
  it('within a body and against earlier bodies are reported, not counted as accepted, and still journalled', async () => {
    const ingest = createIngest();
    const first = await ingest.prediction([
      { id: 'a', score: 0.1, time },
      { id: 'a', score: 0.2, time },
    ]);
    expect(first.result).toMatchObject({ status: 202, reply: { accepted: 1, duplicates: 1, rejected: 0 } });
    expect(first.rows).toHaveLength(2);
    const second = await ingest.prediction([{ id: 'a', score: 0.1, time }]);
    expect(second.result).toMatchObject({ status: 202, reply: { accepted: 0, duplicates: 1 } });
    expect(second.header?.accounts).toEqual([expect.objectContaining({ outcome: 'duplicate', n: 1 })]);
  });

  it('the same id at another time or of another model is another prediction', async () => {
    const ingest = createIngest();
    const { result } = await ingest.prediction([
      { id: 'a', score: 0.1, time },
      { id: 'a', score: 0.1, time: '2026-11-22T11:58:00Z' },
      { id: 'a', score: 0.1, time, model: 'other' },
    ]);
    expect(result).toMatchObject({ reply: { accepted: 3, duplicates: 0 } });
  });
});

describe('accounting', () => {
  const record = fc.oneof(
    fc.record({ id: fc.constantFrom('a', 'b', 'c'), score: fc.constant(0.5), time: fc.constant(time) }),
    fc.record({ id: fc.constant(7), score: fc.constant(0.5) }),
    fc.record({ id: fc.constant('f'), score: fc.constant(0.5), time: fc.constant('2026-11-23T12:00:00Z') }),
    fc.record({ id: fc.constant('late'), score: fc.constant(0.5), time: fc.constant('2026-01-01T00:00:00Z') }),
    fc.record({ score: fc.constant(3) }),
    fc.constant('not an object'),
  );

  it('every event ends in exactly one of accepted, duplicate, rejected and quarantined', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), async (records) => {
        const ingest = createIngest();
        ingest.schema.declare({ id: 'm' });
        const { result, header, rows } = await ingest.prediction(records);
        const total = (outcomes: string[]) =>
          (header?.accounts ?? [])
            .filter(({ outcome }) => outcomes.includes(outcome))
            .reduce((sum, { n }) => sum + n, 0);
        expect(total(['accepted', 'duplicate', 'rejected', 'quarantined'])).toBe(records.length);
        expect(rows).toHaveLength(total(['accepted', 'duplicate']));
        expect(header?.deadLetters).toHaveLength(total(['rejected', 'quarantined']));
        const { accepted = 0, duplicates = 0, rejected = 0 } = result.reply ?? {};
        expect([accepted, duplicates, rejected]).toEqual([
          total(['accepted']),
          total(['duplicate']),
          total(['rejected', 'quarantined']),
        ]);
        expect(result.status).toBe(accepted + duplicates > 0 ? 202 : 422);
      }),
      { numRuns: 150 },
    );
  });

  it('an answer lists at most 100 errors and says that there are more; all are dead letters', async () => {
    const ingested = await createIngest().prediction(Array.from({ length: 150 }, () => ({ id: 7, score: 0.5 })));
    expect(ingested.result.reply).toMatchObject({ rejected: 150, errorsTruncated: true });
    expect(ingested.result.reply?.errors).toHaveLength(100);
    expect(ingested.header?.deadLetters).toHaveLength(150);
  });

  it('a dead letter keeps the event as it was received, cut to 64 KiB between characters', async () => {
    const line = `{"id":7, "score":0.5,  "note":"é"}`;
    expect((await createIngest().prediction(line)).header?.deadLetters[0].body).toBe(line);
    const long = `{"id":"p","score":0.5,"x":"${'é'.repeat(40_000)}"}`;
    const body = (await createIngest().prediction(long)).header?.deadLetters[0].body ?? '';
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(body)).toBeGreaterThan(65_500);
    expect(long.startsWith(body)).toBe(true);
  });
});

describe('precedence', () => {
  it('the first accepted row of a key has the highest', async () => {
    const { rows } = await createIngest().prediction([
      { id: 'a', score: 0.1, time },
      { id: 'a', score: 0.2, time },
    ]);
    const [first, second] = rows.map(({ precedence }) => precedence as bigint);
    expect(first > second).toBe(true);
    expect(first - second).toBe(1n);
    const later = await createIngest().prediction([{ id: 'a', score: 0.1 }], {
      receivedAt: Date.UTC(2026, 10, 22, 12, 0, 0, 1),
    });
    expect((later.rows[0].precedence as bigint) < second).toBe(true);
  });

  it('is (2^41 - 1 - receivedAt) * 2^22 + (2^22 - 1 - row)', async () => {
    const { rows } = await createIngest().prediction([{ score: 0.1 }, { score: 0.2 }]);
    const age = 2n ** 41n - 1n - BigInt(Date.UTC(2026, 10, 22, 12));
    expect(rows[1].precedence).toBe(age * 2n ** 22n + 2n ** 22n - 2n);
  });
});
