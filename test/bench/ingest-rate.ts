import { startBenchServer } from './bench-server.ts';
import { columnBody, type EventBody, ndjsonBody } from './event-bodies.ts';
import { type LoadOptions, quantile, sendLoad } from './send-load.ts';

const seconds = Number(process.env.BENCH_SECONDS ?? 20);

type Shape = {
  name: string;
  contentType: string;
  body: (seed: number) => EventBody;
  connections: number;
  perSecond?: number;
};

const shapes: Shape[] = [
  {
    name: 'NDJSON bodies of 1,000',
    contentType: 'application/x-ndjson',
    body: (seed) => ndjsonBody(1_000, seed),
    connections: 8,
  },
  {
    name: 'NDJSON bodies of 1,000 over 200 models',
    contentType: 'application/x-ndjson',
    body: (seed) => ndjsonBody(1_000, seed, 200),
    connections: 8,
  },
  {
    name: 'column bodies of 1,000',
    contentType: 'application/json',
    body: (seed) => columnBody(1_000, seed),
    connections: 8,
  },
  { name: 'single events', contentType: 'application/json', body: (seed) => ndjsonBody(1, seed), connections: 64 },
  {
    name: 'NDJSON bodies of 100 at 5,000/s',
    contentType: 'application/x-ndjson',
    body: (seed) => ndjsonBody(100, seed),
    connections: 4,
    perSecond: 5_000,
  },
];

/** Ingest over HTTP, authenticated, journal fsynced before each 202, duplicates checked and counted; generator on the same cores. */
const wanted = process.env.BENCH_SHAPE ?? '';

for (const shape of shapes.filter(({ name }) => name.includes(wanted))) {
  const server = await startBenchServer();
  const base: Omit<LoadOptions, 'seconds' | 'firstId'> = {
    url: server.url,
    key: server.key,
    contentType: shape.contentType,
    bodies: Array.from({ length: shape.connections }, (_, i) => shape.body(i + 1)),
    connections: shape.connections,
    perSecond: shape.perSecond,
  };
  await sendLoad({ ...base, seconds: 4, firstId: 0 });
  const result = await sendLoad({ ...base, seconds, firstId: 5_000_000_000 });
  const memory = server.residentMiB();
  const accepted = performance.now();
  await drained(server.get);
  const drainSeconds = (performance.now() - accepted) / 1000;
  const rate = result.events / result.seconds;
  const storedRate = result.events / (result.seconds + drainSeconds);
  process.stdout.write(
    `${shape.name}: ${Math.round(rate).toLocaleString('en')} events/s accepted, ${Math.round(storedRate).toLocaleString('en')}/s until stored and counted; ` +
      `202 p50 ${quantile(result.latenciesMs, 0.5).toFixed(1)} ms, p99 ${quantile(result.latenciesMs, 0.99).toFixed(1)} ms; refused ${result.refused}; ` +
      `memory ${memory.total.toFixed(0)} MiB (service ${memory.service.toFixed(0)}, engine ${memory.engine.toFixed(0)})\n`,
  );
  await server.stop();
}

/** Waits until nothing of what was accepted is still on its way to the store. */
async function drained(get: <T>(path: string) => Promise<T>): Promise<void> {
  for (;;) {
    const { journal } = await get<{ journal: { pendingBatches: number; bytes: number } }>('/api/v1/ingestion');
    if (journal.pendingBatches === 0 && journal.bytes === 0) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}
