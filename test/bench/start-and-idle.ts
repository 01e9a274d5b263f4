import { startBenchServer } from './bench-server.ts';
import { ndjsonBody } from './event-bodies.ts';
import { sendLoad } from './send-load.ts';

/** Start to first answer on an existing data directory, and what is resident while nothing happens. */
const first = await startBenchServer();
await sendLoad({
  url: first.url,
  key: first.key,
  contentType: 'application/x-ndjson',
  bodies: [ndjsonBody(1_000, 1)],
  connections: 1,
  seconds: 3,
});
await first.stop({ keep: true });
const again = await startBenchServer({ dataDir: first.dataDir });
await again.get('/api/v1/models');
process.stdout.write(`start on an existing data directory: ${again.startMs.toFixed(0)} ms to listening\n`);
await new Promise((done) => setTimeout(done, 5_000));
const { service, engine, total } = again.residentMiB();
process.stdout.write(
  `idle: ${total.toFixed(0)} MiB resident (service ${service.toFixed(0)}, engine ${engine.toFixed(0)})\n`,
);
await again.stop();
