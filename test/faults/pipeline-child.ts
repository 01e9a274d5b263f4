import { createInterface } from 'node:readline';
import type { EventKind } from '../../collectors/collector-types.ts';
import type { ClickHouse } from '../../server/stores/click-house.ts';
import { startCoreOnDisk } from '../helpers/core-on-disk.ts';
import { countsOfModel } from '../helpers/counted-once.ts';

/**
 * The real pipeline in a process of its own, to be killed. Commands come as JSON lines on stdin, answers go to stdout.
 * Arguments: data directory, failpoint ('' for none), 'tokens' or 'no-tokens' (the control run).
 */
export type Command =
  | { id: number; do: 'send'; kind: EventKind; rows: object[]; key: string | null }
  | { id: number; do: 'settle' }
  | { id: number; do: 'counts'; model: string }
  | { id: number; do: 'engine-pid' }
  | { id: number; do: 'stats' };

const [, , dataDir, failpoint, tokens] = process.argv;
const config = { failpoint, provisionalRows: 100, batchAgeMs: 20, recentKeysMax: 100_000 };
const running = await startCoreOnDisk(dataDir, {
  config,
  wrapClickHouse: tokens === 'no-tokens' ? withoutTokens : undefined,
});

/** What deliveries would be without a stable identity: every try is another insert to the engine. */
function withoutTokens(store: ClickHouse): ClickHouse {
  let tries = 0;
  const other = (token: string): string =>
    token.slice(0, 44) + String(process.pid).padStart(10, '0') + String(tries++).padStart(10, '0');
  return {
    ...store,
    insertArrow: (table, body, token) => store.insertArrow(table, body, other(token)),
    insertRows: (table, rows, token) => store.insertRows(table, rows, other(token)),
  };
}

async function answer(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'send':
      return running.send(command.kind, command.rows, { idempotencyKey: command.key, defaultModel: 'loans' });
    case 'settle':
      return running.settle();
    case 'counts': {
      const counts = await countsOfModel(running, command.model);
      const ids = async (sql: string): Promise<string[]> => (await running.rows<[string]>(sql)).map(([id]) => id);
      return {
        counts,
        predictionIds: await ids('SELECT prediction_id FROM predictions FINAL'),
        feedbackIds: await ids('SELECT DISTINCT prediction_id FROM feedback'),
      };
    }
    case 'engine-pid':
      return running.storage.engine?.pid() ?? null;
    case 'stats':
      return running.core.collector.stats();
  }
}

const write = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
createInterface({ input: process.stdin }).on('line', (line) => {
  const command = JSON.parse(line) as Command;
  answer(command).then(
    (result) => write({ id: command.id, result: result ?? null }),
    (error: unknown) => write({ id: command.id, error: String(error) }),
  );
});
process.stdin.on('end', () => void running.stop().then(() => process.exit(0)));
write({ ready: true });
