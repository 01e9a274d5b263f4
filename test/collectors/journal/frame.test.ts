import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame, scanFrames, type FrameHeader } from '../../../collectors/journal/frame.ts';

const header = (rows: number): FrameHeader => ({ rows, openedAt: 1, accounts: [], deadLetters: [], idempotency: [] });
const frame = (rows: number, body: Uint8Array) =>
  encodeFrame(header(rows), body.byteLength, (target) => target.set(body));

describe('journal frames', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (bodies) => {
        const file = Buffer.concat(bodies.map((body, i) => frame(i, body)));
        const { frames, soundBytes, damage } = scanFrames(file);
        expect({ soundBytes, damage }).toEqual({ soundBytes: file.length, damage: null });
        expect(frames.map(decodeFrame).map(({ header: { rows }, body }) => [rows, [...body]])).toEqual(
          bodies.map((body, i) => [i, [...body]]),
        );
      }),
    );
  });

  it('a file cut at any byte keeps the frames before the cut', () => {
    const first = frame(1, Buffer.from('first'));
    const file = Buffer.concat([first, frame(2, Buffer.from('second'))]);
    for (let bytes = 0; bytes < file.length; bytes++) {
      const { frames, soundBytes } = scanFrames(file.subarray(0, bytes));
      expect(soundBytes).toBe(bytes < first.length ? 0 : first.length);
      expect(frames).toHaveLength(bytes < first.length ? 0 : 1);
    }
  });

  it('a flipped bit anywhere in the last frame costs that frame only', () => {
    const first = frame(1, Buffer.from('first'));
    const file = Buffer.concat([first, frame(2, Buffer.from('second'))]);
    for (let at = first.length; at < file.length; at++) {
      for (const bit of [1, 0x80]) {
        const damaged = Buffer.from(file);
        damaged[at] ^= bit;
        expect(scanFrames(damaged)).toMatchObject({ soundBytes: first.length, damage: expect.any(String) });
      }
    }
  });

  it('garbage is no frame', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (garbage) => {
        expect(scanFrames(garbage).soundBytes).toBe(0);
      }),
    );
  });
});
