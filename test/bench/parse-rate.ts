/**
 * Rows a second that one parser thread turns from request bytes into a journal frame: 25 features (20 numeric, 5
 * categorical), bodies of 1,000 rows. Run it with `node test/bench/parse-rate.ts`; no disk and no other thread is involved.
 */
import {
  Table,
  tableToIPC,
  vectorFromArray,
  Utf8,
  makeData,
  Struct,
  Field,
  Float64,
  Vector,
  type DataType,
} from 'apache-arrow';
import { collectorLimitsDefault } from '../../collectors/collector-limits-default.ts';
import { RequestProcessor } from '../../collectors/worker/request-processor.ts';
import type { BodyFormat } from '../../collectors/worker/worker-messages.ts';
import { fakeSchemaSource } from '../collectors/fakes/fake-schema-source.ts';

const ROWS = 1_000;
const SECONDS_PER_SHAPE = 3;
const numericNames = Array.from({ length: 20 }, (_, i) => `num_${String(i).padStart(2, '0')}`);
const categoricalNames = Array.from({ length: 5 }, (_, i) => `cat_${i}`);
const categories = ['north', 'south', 'east', 'west', 'overseas', 'unknown'];

let serial = 0;
let seed = 42;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const time = () => new Date(1_795_000_000_000 + serial * 7).toISOString();

function record(): Record<string, unknown> {
  const features: Record<string, unknown> = {};
  for (const name of numericNames) features[name] = Math.round(random() * 1e9) / 1e5;
  for (const name of categoricalNames) features[name] = categories[Math.floor(random() * categories.length)];
  const id = `p-${String(++serial).padStart(12, '0')}`;
  const score = Math.round(random() * 1e4) / 1e4;
  return { id, model: 'bench', modelVersion: '1.0.0', time: time(), features, prediction: { score } };
}

function columns(records: Record<string, unknown>[]): Record<string, unknown> {
  const features = records.map((each) => each.features as Record<string, unknown>);
  return {
    id: records.map(({ id }) => id),
    time: records.map((each) => each.time),
    score: records.map((each) => (each.prediction as { score: number }).score),
    features: Object.fromEntries(
      [...numericNames, ...categoricalNames].map((name) => [name, features.map((each) => each[name])]),
    ),
  };
}

function arrowBody(records: Record<string, unknown>[]): Uint8Array {
  const {
    id,
    time: times,
    score,
    features,
  } = columns(records) as Record<string, string[]> & { features: Record<string, unknown[]> };
  const children = Object.entries(features).map(([name, values]) => ({
    name,
    data: vectorFromArray(values, typeof values[0] === 'number' ? new Float64() : new Utf8()).data[0],
  }));
  const type = new Struct(children.map(({ name, data }) => new Field(name, data.type as DataType, true)));
  const struct = makeData({ type, length: records.length, nullCount: 0, children: children.map(({ data }) => data) });
  const table = new Table({
    id: vectorFromArray(id, new Utf8()),
    time: vectorFromArray(times, new Utf8()),
    score: vectorFromArray(score as unknown as number[], new Float64()),
    features: new Vector([struct]),
  });
  return tableToIPC(table, 'stream');
}

const shapes: Record<string, { format: BodyFormat; body: (records: Record<string, unknown>[]) => Uint8Array }> = {
  NDJSON: { format: 'ndjson', body: (records) => Buffer.from(records.map((each) => JSON.stringify(each)).join('\n')) },
  'JSON array': { format: 'json', body: (records) => Buffer.from(JSON.stringify(records)) },
  'column JSON': {
    format: 'json',
    body: (records) => Buffer.from(JSON.stringify({ model: 'bench', columns: columns(records) })),
  },
  'Arrow IPC': { format: 'arrow', body: arrowBody },
};

async function main(): Promise<void> {
  const schema = fakeSchemaSource();
  const settings = { limits: collectorLimitsDefault, unknownModels: 'register' as const };
  const processor = new RequestProcessor(settings, async (proposals) => {
    processor.book.apply(await schema.extend(proposals), [{ model: 'bench', versions: ['1.0.0'] }]);
    return true;
  });
  const parse = (body: Uint8Array, format: BodyFormat, rowOffset: number) => {
    const storage = body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength) as ArrayBuffer;
    const head = { kind: 'prediction' as const, offset: 0, byteLength: body.byteLength, format, source: 'bench' };
    const names = { defaultModel: 'bench', defaultVersion: '1.0.0', allowedModels: null, idempotency: null };
    const position = { batchId: '0'.repeat(32), rowOffset: rowOffset % 50_000 };
    return processor.process({
      type: 'parse',
      storage,
      requests: [{ ...head, ...names, receivedAt: 1_795_900_000_000 }],
      positions: { predictions: position, feedback: position },
      mustForgetRecent: false,
    });
  };
  const only = process.argv[2];
  for (const [name, { format, body }] of Object.entries(shapes)) {
    if (only !== undefined && !name.toLowerCase().includes(only.toLowerCase())) continue;
    const bodies = Array.from({ length: 30 }, () => body(Array.from({ length: ROWS }, record)));
    const bytesPerRow = bodies.reduce((sum, { byteLength }) => sum + byteLength, 0) / bodies.length / ROWS;
    let rows = 0;
    let frameBytes = 0;
    let begin = performance.now();
    const isWarm = () => rows >= 60_000;
    while (!isWarm() || performance.now() - begin < SECONDS_PER_SHAPE * 1000) {
      const wasWarm = isWarm();
      const { parts, results } = await parse(bodies[(rows / ROWS) % bodies.length], format, rows);
      if (results[0].status !== 202) throw new Error(JSON.stringify(results[0]).slice(0, 500));
      rows += ROWS;
      frameBytes = parts[0].frame.byteLength;
      if (!wasWarm && isWarm()) begin = performance.now();
    }
    const rate = Math.round((rows - 60_000) / ((performance.now() - begin) / 1000));
    console.log(
      `${name.padEnd(12)} ${String(rate).padStart(8)} rows/s  ${Math.round(bytesPerRow)} bytes a row in, ${Math.round(frameBytes / ROWS)} out`,
    );
  }
}

await main();
