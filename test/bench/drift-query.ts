import { startBenchServer } from './bench-server.ts';
import { columnBody } from './event-bodies.ts';
import { sendLoad } from './send-load.ts';

type DriftAnswer = { n: number; features: unknown[]; computedInMs: number; reference: { status: string } | null };

/** PSI, JS, KS and W1 of 25 features and the score from tallies, through the API: a window of 1 million and of 10 million. */
const server = await startBenchServer();
const bodies = [1, 2, 3, 4].map((seed) => columnBody(2_000, seed));
let sent = 0;
while (sent < 1_000_000) {
  const load = {
    url: server.url,
    key: server.key,
    contentType: 'application/json',
    bodies,
    connections: 4,
    seconds: 2,
  };
  sent += (await sendLoad({ ...load, firstId: sent })).events;
}
for (;;) {
  const { reference } = await server.get<DriftAnswer>('/api/v1/models/bench/drift?window=1h');
  if (reference?.status === 'ready') break;
  await new Promise((done) => setTimeout(done, 200));
}
// The same traffic once an hour for the last 30 days: what ten and more windows of a million leave in the tallies.
for (let hours = 24; hours < 24 * 30; hours += 24 * 3) {
  await server.sql(
    `INSERT INTO feature_tallies_in
     SELECT model_id, reference_id, segment, minute - INTERVAL ${hours} HOUR, model_version, sum(n),
       sumForEachMerge(counts), sumForEachMerge(sums), minForEachMerge(minima), maxForEachMerge(maxima)
     FROM feature_tallies WHERE minute > now() - INTERVAL 3 HOUR GROUP BY model_id, reference_id, segment, minute, model_version`,
  );
}
const small = await timed('24h');
const large = await timed('30d');
process.stdout.write(
  `drift of ${small.features} features, ${small.n.toLocaleString('en')} predictions: p50 ${small.p50.toFixed(1)} ms, p95 ${small.p95.toFixed(1)} ms\n` +
    `drift of ${large.features} features, ${large.n.toLocaleString('en')} predictions: p50 ${large.p50.toFixed(1)} ms, p95 ${large.p95.toFixed(1)} ms; ${(large.p50 / small.p50).toFixed(2)} times\n`,
);
await server.stop();

async function timed(window: string): Promise<{ n: number; features: number; p50: number; p95: number }> {
  const times: number[] = [];
  let answer: DriftAnswer | null = null;
  for (let i = 0; i < 60; i++) {
    const started = performance.now();
    answer = await server.get<DriftAnswer>(`/api/v1/models/bench/drift?window=${window}`);
    if (i >= 10) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { n: answer?.n ?? 0, features: answer?.features.length ?? 0, p50: times[25], p95: times[47] };
}
