import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startBenchServer } from './bench-server.ts';
import { columnBody } from './event-bodies.ts';
import { sendLoad } from './send-load.ts';

type DriftAnswer = { n: number; reference: { id: string; n: number; status: string } | null; exact: boolean };

const rowsWanted = 300_000;

/** The same statistics from tallies, exact from raw rows, and beside a hand-written numpy with its data in memory. */
const server = await startBenchServer();
const bodies = [1, 2, 3, 4].map((seed) => columnBody(2_000, seed));
let sent = 0;
while (sent < rowsWanted) {
  const load = {
    url: server.url,
    key: server.key,
    contentType: 'application/json',
    bodies,
    connections: 4,
    seconds: 1,
  };
  sent += (await sendLoad({ ...load, firstId: sent })).events;
}
const now = Date.now();
await server.post('/api/v1/models/bench/references', {
  kind: 'window',
  from: new Date(now - 3_600_000).toISOString(),
  to: new Date(now + 60_000).toISOString(),
});
for (;;) {
  const { reference } = await server.get<DriftAnswer>('/api/v1/models/bench/drift?window=1h');
  if (reference?.status === 'ready' && reference.n > 10_000) break;
  await new Promise((done) => setTimeout(done, 200));
}
const tallies = await seconds(() => server.get('/api/v1/models/bench/drift?window=1h'), 20);
const exact = await seconds(() => server.get('/api/v1/models/bench/drift?window=1h&exact=true'), 1);
process.stdout.write(
  `${sent.toLocaleString('en')} rows a side, 25 features: from tallies ${(tallies * 1000).toFixed(1)} ms, ` +
    `exact KS and W1 from raw rows ${(exact * 1000).toFixed(0)} ms (${(exact / tallies).toFixed(0)} times)\n`,
);
await server.stop();
const numpy = spawnSync('python3', [join(import.meta.dirname, 'numpy-drift.py'), String(sent), '20'], {
  encoding: 'utf8',
});
if (numpy.status !== 0) process.stdout.write('numpy: not on this machine, left out\n');
else {
  const [psi, rows] = numpy.stdout.trim().split(' ').map(Number);
  process.stdout.write(
    `numpy, data already in memory, 20 columns: PSI alone ${(psi * 1000).toFixed(0)} ms (${(psi / tallies).toFixed(1)} times ours from tallies), ` +
      `exact KS and W1 ${(rows * 1000).toFixed(0)} ms (${(rows / exact).toFixed(2)} times ours from raw rows in the store)\n`,
  );
}

async function seconds(work: () => Promise<unknown>, times: number): Promise<number> {
  await work();
  const started = performance.now();
  for (let i = 0; i < times; i++) await work();
  return (performance.now() - started) / 1000 / times;
}
