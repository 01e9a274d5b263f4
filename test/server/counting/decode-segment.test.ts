import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecodedSegment, decodePredictions } from '../../../server/counting/decode-segment.ts';
import { predictionIdAt } from '../../../server/counting/inspect-keys.ts';
import { anyBatch } from '../../helpers/prediction-arbitrary.ts';
import { type PlainPrediction, plainPrediction, predictionSegment } from '../../helpers/prediction-segment.ts';

/** Every row of a decoded segment back as plain values. */
function plainRows({ frames, dictionary }: DecodedSegment): PlainPrediction[] {
  const text = (code: number): string | null => (code < 0 ? null : dictionary[code]);
  return frames.flatMap((frame) =>
    Array.from({ length: frame.rows }, (_, i): PlainPrediction => {
      const numbers = ({ offsets, values }: { offsets: Int32Array; values: ArrayLike<number> }): number[] =>
        Array.from({ length: offsets[i + 1] - offsets[i] }, (__, k) => values[offsets[i] + k]);
      const texts = ({ offsets, codes }: { offsets: Int32Array; codes: Int32Array }): (string | null)[] =>
        [...codes.subarray(offsets[i], offsets[i + 1])].map(text);
      return {
        model: dictionary[frame.model[i]],
        version: dictionary[frame.modelVersion[i]],
        id: predictionIdAt(frame, i),
        occurredAt: frame.occurredAt[i],
        receivedAt: frame.receivedAt[i],
        numeric: numbers(frame.numeric),
        categorical: texts(frame.categorical),
        nonFinite: numbers(frame.nonFinite),
        mismatched: numbers(frame.mismatched),
        score: frame.score[i],
        scores: numbers(frame.scores),
        label: text(frame.label[i]),
        value: frame.value[i],
        segments: texts(frame.segments),
        groups: texts(frame.groups),
      };
    }),
  );
}

describe('decoding a segment', () => {
  it('gives back every value of every row, across frames', () => {
    fc.assert(
      fc.property(anyBatch, (frames) => {
        const decoded = decodePredictions(predictionSegment(frames));
        expect(decoded.rows).toBe(frames.flat().length);
        expect(plainRows(decoded)).toEqual(frames.flat());
      }),
      { numRuns: 200 },
    );
  });

  it('knows in each frame how many rows came before', () => {
    const rows = (n: number): PlainPrediction[] =>
      Array.from({ length: n }, (_, i) => plainPrediction({ id: `p${i}` }));
    const { frames } = decodePredictions(predictionSegment([rows(2), rows(3), rows(1)]));
    expect(frames.map(({ firstRow }) => firstRow)).toEqual([0, 2, 5]);
  });

  it('reads columns that hold only nulls, and lists that are all empty', () => {
    const row = plainPrediction({ categorical: [null], segments: [null, null], label: null });
    const decoded = decodePredictions(predictionSegment([[row, row], [plainPrediction()]]));
    expect(plainRows(decoded)).toEqual([row, row, plainPrediction()]);
  });

  it('an empty stream has no rows and no frames', () => {
    expect(decodePredictions(predictionSegment([]))).toMatchObject({ rows: 0, frames: [] });
  });

  it('keeps one code for one text over all frames, also when there are very many texts', () => {
    const many = Array.from({ length: 3_000 }, (_, i) =>
      plainPrediction({ id: `p${i}`, categorical: [`c${i % 1500}`] }),
    );
    const decoded = decodePredictions(predictionSegment([many.slice(0, 1_000), many.slice(1_000)]));
    expect(new Set(decoded.dictionary).size).toBe(decoded.dictionary.length);
    expect(plainRows(decoded)).toEqual(many);
  });

  it('times survive exactly from 1970 to 2105', () => {
    const times = [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, Date.UTC(2105, 11, 31, 23, 59, 59, 999)];
    const rows = times.map((occurredAt) => plainPrediction({ occurredAt }));
    expect(plainRows(decodePredictions(predictionSegment([rows]))).map((r) => r.occurredAt)).toEqual(times);
  });

  it('refuses bytes that are no stream, or whose stream was cut short, rather than count fewer rows', () => {
    const body = predictionSegment([[plainPrediction({ id: 'a' })], [plainPrediction({ id: 'b' })]]);
    expect(() => decodePredictions(Uint8Array.of(1, 2, 3))).toThrow(/end-of-stream marker/);
    expect(() => decodePredictions(new Uint8Array(0))).toThrow(/end-of-stream marker/);
    const oneFrame = predictionSegment([[plainPrediction({ id: 'a' })]]);
    expect(() => decodePredictions(body.subarray(0, oneFrame.byteLength - 8))).toThrow(/end-of-stream marker/);
  });
});
