import { seededRandom } from '../../server/metrics/support/numerics/seeded-random.ts';

/** 20 numeric and 5 categorical features, a segment and a sensitive attribute: about 600 bytes an event. */
const numericNames = Array.from({ length: 20 }, (_, i) => `f${String(i).padStart(2, '0')}`);
const categoricalNames = Array.from({ length: 5 }, (_, i) => `c${i}`);
const words = ['north', 'south', 'east', 'west', 'mobile', 'branch', 'web', 'partner'];

const idDigits = 10;
const timeLength = '2026-01-01T00:00:00.000Z'.length;

/** A prepared body whose ids and times are overwritten in place before each send: new events at hardly any cost. */
export type EventBody = { bytes: Buffer; idAt: number[]; timeAt: number[]; rows: number };

export function eventRecord(uniform: () => number, model: string): Record<string, unknown> {
  const features: Record<string, unknown> = {};
  for (const name of numericNames) features[name] = Math.round(uniform() * 1e6) / 1e4;
  for (const name of categoricalNames) features[name] = words[Math.floor(uniform() * 5)];
  return {
    id: '0'.repeat(idDigits),
    model,
    modelVersion: '3.2.0',
    time: '2026-01-01T00:00:00.000Z',
    features,
    prediction: { score: Math.round(uniform() * 1e4) / 1e4 },
    latencyMs: 12.4,
    segments: { channel: words[4 + Math.floor(uniform() * 4)] },
    sensitive: { sex: uniform() < 0.5 ? 'F' : 'M' },
  };
}

/** @param models the rows go round over so many models */
export function ndjsonBody(rows: number, seed: number, models = 1): EventBody {
  const uniform = seededRandom(seed);
  const nameOf = (i: number): string => (models === 1 ? 'bench' : `bench-${i % models}`);
  const text = Array.from({ length: rows }, (_, i) => JSON.stringify(eventRecord(uniform, nameOf(i)))).join('\n');
  return locate(Buffer.from(text), rows, '"id":"', '"time":"');
}

export function columnBody(rows: number, seed: number, model = 'bench'): EventBody {
  const uniform = seededRandom(seed);
  const records = Array.from({ length: rows }, () => eventRecord(uniform, model)) as {
    features: Record<string, unknown>;
    prediction: { score: number };
    segments: Record<string, string>;
    sensitive: Record<string, string>;
    time: string;
    id: string;
  }[];
  const column = (name: string): unknown[] => records.map((record) => record.features[name]);
  const columns = {
    id: records.map((r) => r.id),
    time: records.map((r) => r.time),
    score: records.map((r) => r.prediction.score),
    features: Object.fromEntries([...numericNames, ...categoricalNames].map((name) => [name, column(name)])),
    segments: { channel: records.map((r) => r.segments.channel) },
    sensitive: { sex: records.map((r) => r.sensitive.sex) },
  };
  const bytes = Buffer.from(JSON.stringify({ model, modelVersion: '3.2.0', columns }));
  const ids = places(bytes, `"${'0'.repeat(idDigits)}"`, 1);
  const times = places(bytes, '"2026-01-01T00:00:00.000Z"', 1);
  return { bytes, idAt: ids, timeAt: times, rows };
}

function locate(bytes: Buffer, rows: number, idMark: string, timeMark: string): EventBody {
  return { bytes, idAt: places(bytes, idMark, idMark.length), timeAt: places(bytes, timeMark, timeMark.length), rows };
}

function places(bytes: Buffer, mark: string, offset: number): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) found.push(at + offset);
  return found;
}

/** Gives every event of the body a new id, counted from `first`, and the time `now`. */
export function renew(body: EventBody, first: number, now: number): Buffer {
  const time = Buffer.from(new Date(now).toISOString());
  body.idAt.forEach((at, i) => body.bytes.write(String(first + i).padStart(idDigits, '0'), at, 'latin1'));
  for (const at of body.timeAt) time.copy(body.bytes, at, 0, timeLength);
  return body.bytes;
}
