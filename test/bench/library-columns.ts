import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DecodedSegment, PredictionFrame } from '../../server/counting/decode-segment.ts';
import { seededRandom } from '../../server/metrics/support/numerics/seeded-random.ts';

/** One side of the comparison, column by column, as a library would hold it. */
export type Side = { numeric: Float64Array[]; codes: Int32Array[] };
export type Scored = { score: Float64Array; label: Int32Array; group: Int32Array };

export const categories = Array.from({ length: 8 }, (_, i) => `k${i}`);

/** Normal values by the sum of uniforms: nobody here asks for the tails. */
export function drawSide(rows: number, numeric: number, categorical: number, shift: number, seed: number): Side {
  const uniform = seededRandom(seed);
  const column = (c: number): Float64Array =>
    Float64Array.from({ length: rows }, () => (uniform() + uniform() + uniform() - 1.5) * 2 + shift * (c % 5));
  return {
    numeric: Array.from({ length: numeric }, (_, c) => column(c)),
    codes: Array.from({ length: categorical }, () =>
      Int32Array.from({ length: rows }, () => Math.floor(8 * uniform() ** (1.5 + 2 * shift))),
    ),
  };
}

export function drawScored(rows: number, groups: number, seed: number): Scored {
  const uniform = seededRandom(seed);
  const score = new Float64Array(rows);
  const label = new Int32Array(rows);
  const group = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    group[i] = Math.floor(groups * uniform());
    score[i] = uniform() ** (1 + group[i] / 10);
    label[i] = uniform() < score[i] ? 1 : 0;
  }
  return { score, label, group };
}

const frameRows = 50_000;

/** The same columns as frames of a journal segment: one row after another, an hour of traffic. */
export function segmentOf({ numeric, codes }: Side, model: string): DecodedSegment {
  const rows = numeric[0].length;
  const dictionary = [model, '1', ...categories];
  const frames: PredictionFrame[] = [];
  for (let first = 0; first < rows; first += frameRows) {
    frames.push(frameOf({ numeric, codes }, first, Math.min(frameRows, rows - first), rows));
  }
  return { rows, frames, dictionary };
}

function frameOf({ numeric, codes }: Side, firstRow: number, rows: number, total: number): PredictionFrame {
  const nothing = { offsets: new Int32Array(rows + 1), values: new Float64Array(0) };
  const noCodes = { offsets: new Int32Array(rows + 1), codes: new Int32Array(0) };
  const values = new Float64Array(rows * numeric.length);
  const categoryCodes = new Int32Array(rows * codes.length);
  for (let i = 0; i < rows; i += 1) {
    numeric.forEach((column, c) => (values[i * numeric.length + c] = column[firstRow + i]));
    codes.forEach((column, c) => (categoryCodes[i * codes.length + c] = column[firstRow + i] + 2));
  }
  const occurredAt = Float64Array.from({ length: rows }, (_, i) => Math.floor((3_600_000 * (firstRow + i)) / total));
  const offsetsOf = (width: number): Int32Array => Int32Array.from({ length: rows + 1 }, (_, i) => i * width);
  return {
    rows,
    firstRow,
    model: new Int32Array(rows),
    modelVersion: new Int32Array(rows).fill(1),
    predictionId: { offsets: new Int32Array(rows + 1), bytes: new Uint8Array(0) },
    occurredAt,
    receivedAt: occurredAt,
    numeric: { offsets: offsetsOf(numeric.length), values },
    categorical: { offsets: offsetsOf(codes.length), codes: categoryCodes },
    nonFinite: nothing,
    mismatched: nothing,
    score: new Float64Array(rows).fill(Number.NaN),
    scores: nothing,
    label: new Int32Array(rows).fill(-1),
    value: new Float64Array(rows).fill(Number.NaN),
    segments: noCodes,
    groups: noCodes,
  };
}

/** Plain binary files, one per kind of column, for the Python side. The caller removes the folder. */
export function writeColumns(sides: Record<'reference' | 'current', Side>, scored: Scored): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-columns-'));
  for (const [name, { numeric, codes }] of Object.entries(sides)) {
    writeFileSync(join(folder, `${name}-numeric.bin`), Buffer.concat(numeric.map(bytesOf)));
    writeFileSync(join(folder, `${name}-codes.bin`), Buffer.concat(codes.map(bytesOf)));
  }
  for (const [name, column] of Object.entries(scored)) writeFileSync(join(folder, `${name}.bin`), bytesOf(column));
  return folder;
}

function bytesOf(column: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}
