import type { Ingestion } from '../../schemas/ingest.schema.ts';
import { type ApiClient, refusalOf } from '../api-client.ts';
import { CliError } from '../cli-error.ts';
import type { Terminal } from '../terminal.ts';

export type StoredDeps = {
  client: ApiClient;
  terminal: Terminal;
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
};

/** A batch is sealed at this age at the latest, and only then shows as pending. */
const sealedWithinMs = 1_000;
const pollMs = 250;
const waitMsMax = 600_000;

/**
 * Waits until the server has stored and counted what it took: a reply to rows says only that they are safe in the
 * journal. A key that may not ask goes on at once.
 */
export async function untilStored({ client, terminal, now, sleep }: StoredDeps): Promise<void> {
  const sentAt = now();
  for (;;) {
    await sleep(pollMs);
    const waitedMs = now() - sentAt;
    if (waitedMs >= sealedWithinMs) {
      const answer = await client.get('/api/v1/ingestion?window=15m');
      if (answer.status === 401 || answer.status === 403) return;
      if (answer.status !== 200) throw refusalOf(answer, 'Asking whether the rows are stored');
      const { pendingBatches, oldestPendingSeconds } = (answer.body as Ingestion).journal;
      // Other senders may keep the journal busy: only batches from before our last row matter.
      if (pendingBatches === 0 || (oldestPendingSeconds ?? 0) * 1_000 < waitedMs - sealedWithinMs) break;
      terminal.status(`waiting until the server has stored ${pendingBatches} batches`);
    }
    if (waitedMs > waitMsMax) {
      throw new CliError(
        'The server has not stored the rows after ten minutes: see its log, then run the same command.',
      );
    }
  }
  terminal.status(null);
}
