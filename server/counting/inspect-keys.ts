import type { DecodedSegment, PredictionFrame } from './decode-segment.ts';
import type { RecentKeys } from './recent-keys.ts';

/** A row that may repeat an earlier prediction, to be asked of the store by its full key. */
export type KeyCandidate = { row: number; model: string; occurredAt: number; predictionId: string };

export type KeyInspection = {
  /** Rows that repeat an earlier row of the same batch. */
  repeatedRows: number[];
  candidates: KeyCandidate[];
};

const decoder = new TextDecoder();

/**
 * Finds rows whose key (model, occurredAt, predictionId) may have been counted before: repeats inside the batch for
 * certain, and candidates against earlier batches. An event older than the memory of `recent` is always a candidate.
 */
export function inspectKeys(segment: DecodedSegment, recent: RecentKeys): KeyInspection {
  const inspection: KeyInspection = { repeatedRows: [], candidates: [] };
  const seen = new Map<number, RowKey>();
  for (const frame of segment.frames) {
    for (let i = 0; i < frame.rows; i++) {
      const hashA = keyHash(frame, i, segment.dictionary, 0x811c9dc5);
      const hashB = keyHash(frame, i, segment.dictionary, 0x2f0b4a27);
      const short = (hashA >>> 0) * 2097152 + (hashB >>> 11);
      const earlier = seen.get(short);
      if (earlier !== undefined && sameKey(earlier, { frame, i })) {
        inspection.repeatedRows.push(frame.firstRow + i);
        continue;
      }
      seen.set(short, { frame, i });
      const maybe = recent.addAndTest(hashA, hashB, frame.occurredAt[i]);
      if (maybe || frame.occurredAt[i] < recent.coversFrom) {
        inspection.candidates.push({
          row: frame.firstRow + i,
          model: segment.dictionary[frame.model[i]],
          occurredAt: frame.occurredAt[i],
          predictionId: predictionIdAt(frame, i),
        });
      }
    }
  }
  return inspection;
}

type RowKey = { frame: PredictionFrame; i: number };

export function predictionIdAt(frame: Pick<PredictionFrame, 'predictionId'>, i: number): string {
  const { offsets, bytes } = frame.predictionId;
  return decoder.decode(bytes.subarray(offsets[i], offsets[i + 1]));
}

/** Hash by what the key says, not by codes: codes differ from batch to batch. */
function keyHash(frame: PredictionFrame, i: number, dictionary: readonly string[], seed: number): number {
  const { offsets, bytes } = frame.predictionId;
  let hash = seed ^ textHash(dictionary, frame.model[i], seed);
  const time = frame.occurredAt[i];
  hash = Math.imul(hash ^ (time | 0), 0x85ebca6b);
  hash = Math.imul(hash ^ Math.floor(time / 4294967296), 0xc2b2ae35);
  for (let at = offsets[i]; at < offsets[i + 1]; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x7feb352d);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x846ca68b);
  return hash ^ (hash >>> 16);
}

const textHashes = new WeakMap<readonly string[], Map<number, number>>();

function textHash(dictionary: readonly string[], code: number, seed: number): number {
  let known = textHashes.get(dictionary);
  if (known === undefined) textHashes.set(dictionary, (known = new Map()));
  const slot = code * 2 + (seed === 0x811c9dc5 ? 0 : 1);
  let hash = known.get(slot);
  if (hash === undefined) {
    hash = seed;
    for (const char of dictionary[code]) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
    known.set(slot, hash);
  }
  return hash;
}

function sameKey(a: RowKey, b: RowKey): boolean {
  return (
    a.frame.model[a.i] === b.frame.model[b.i] && a.frame.occurredAt[a.i] === b.frame.occurredAt[b.i] && sameId(a, b)
  );
}

function sameId(a: RowKey, b: RowKey): boolean {
  const [x, y] = [a.frame.predictionId, b.frame.predictionId];
  const length = x.offsets[a.i + 1] - x.offsets[a.i];
  if (length !== y.offsets[b.i + 1] - y.offsets[b.i]) return false;
  for (let k = 0; k < length; k++) if (x.bytes[x.offsets[a.i] + k] !== y.bytes[y.offsets[b.i] + k]) return false;
  return true;
}
