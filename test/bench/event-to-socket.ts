import { io } from 'socket.io-client';
import { startBenchServer } from './bench-server.ts';
import { ndjsonBody } from './event-bodies.ts';
import { quantile, sendLoad } from './send-load.ts';

type ModelMessage = { t: string; values: { changed: { from: string; to: string } | null } };

/** From the send of an event to the socket message that carries it, at 5,000 events a second. */
const server = await startBenchServer();
const load = {
  url: server.url,
  key: server.key,
  contentType: 'application/x-ndjson',
  connections: 4,
  perSecond: 5_000,
};
await sendLoad({ ...load, bodies: [ndjsonBody(100, 1)], seconds: 3 });
const socket = io(server.url, { transports: ['websocket'], auth: { key: server.adminKey } });
await new Promise<void>((done) => socket.once('connect', done));
const answer = await new Promise((done) => socket.emit('subscribe', 'model:bench', done));
process.stdout.write(`subscribed: ${JSON.stringify(answer)}\n`);

/** Every event carries the time of its send: a message covers those up to `changed.to`. */
const waits: number[] = [];
let coveredUntil = Date.now();
socket.on('model', (message: ModelMessage) => {
  const now = Date.now();
  const to = Date.parse(message.values.changed?.to ?? '');
  for (let sent = coveredUntil; sent < to; sent += 20) waits.push(now - sent);
  if (to > coveredUntil) coveredUntil = to;
});
await sendLoad({ ...load, bodies: [1, 2, 3, 4].map((seed) => ndjsonBody(100, seed)), seconds: 15, firstId: 9_000_000 });
await new Promise((done) => setTimeout(done, 2_000));
const sorted = Float64Array.from(waits).sort();
process.stdout.write(
  `event to socket at 5,000/s: p50 ${quantile(sorted, 0.5).toFixed(0)} ms, p95 ${quantile(sorted, 0.95).toFixed(0)} ms, p99 ${quantile(sorted, 0.99).toFixed(0)} ms (${sorted.length} sampled)\n`,
);
socket.close();
await server.stop();
