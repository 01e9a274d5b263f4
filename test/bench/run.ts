import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Every benchmark prints rates and ratios of this machine; none of them passes or fails. Names as arguments choose some. */
const benches = [
  'start-and-idle',
  'ingest-rate',
  'event-to-socket',
  'drift-query',
  'exact-and-numpy',
  'parse-rate',
  'fold-rate',
  'false-alarms',
  'against-libraries',
];
const wanted = process.argv.slice(2);
for (const name of benches) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n── ${name} ──\n`);
  spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' });
}
