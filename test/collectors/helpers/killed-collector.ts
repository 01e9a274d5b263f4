/**
 * A collector under load that kills itself at a failpoint, for the kill tests: it prints each id once it is acknowledged.
 * Arguments: journal directory, store directory, run number, failpoint, which pass of it.
 */
import { writeSync } from 'node:fs';
import { startCollector } from '../../../collectors/collector.ts';
import { collectorOptions, request } from './collector.ts';
import { fileSink } from './file-sink.ts';

const [journalDir, storeDir, run, failpointName, nth] = process.argv.slice(2);
const CALLERS = 4;
const ROUNDS = 60;
const ROWS = 10;
let passes = 0;

const collector = await startCollector(
  collectorOptions({
    journalDir,
    sink: fileSink(storeDir),
    limits: { batchAgeMs: 5 },
    failpoint: (name) => {
      if (name === failpointName && ++passes === Number(nth)) process.kill(process.pid, 'SIGKILL');
    },
  }),
);

async function call(caller: number): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const ids = Array.from({ length: ROWS }, (_, i) => `${run}-${caller}-${round}-${i}`);
    const isFeedback = caller === 0;
    const records = ids.map((id) => (isFeedback ? { predictionId: id, label: 1 } : { id, score: 0.5 }));
    const result = await collector.accept(request(records, { kind: isFeedback ? 'feedback' : 'prediction' }));
    if (result.status === 202) writeSync(1, `${ids.join('\n')}\n`);
  }
}

// A model must be known before feedback is taken.
await collector.accept(request([{ id: `${run}-first`, score: 0.5 }]));
await Promise.all(Array.from({ length: CALLERS }, (_, caller) => call(caller)));
await collector.flush();
await collector.stop();
