import type { Ingestion } from '../../schemas/ingest.schema.ts';
import type { ReferenceWire } from '../../schemas/model.schema.ts';
import { type ApiClient, refusalOf } from '../api-client.ts';
import { CliError } from '../cli-error.ts';
import type { Terminal } from '../terminal.ts';

type Deps = {
  client: ApiClient;
  terminal: Terminal;
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
};

/** A batch is sealed at this age at the latest, and only then shows as pending. */
const sealedWithinMs = 2_000;
const pollMs = 500;
const waitMsMax = 600_000;

/**
 * Makes the rows of `[from, to)` a reference, once the server has stored all of them: a reply to rows says that they
 * are safe in the journal, which is before they can be counted.
 */
export async function createImportedReference(
  deps: Deps,
  model: string,
  window: { from: number; to: number },
): Promise<ReferenceWire> {
  await untilStored(deps);
  const body = {
    kind: 'imported',
    modelVersion: null,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
  };
  const path = `/api/v1/models/${encodeURIComponent(model)}/references`;
  const answer = await deps.client.post(path, JSON.stringify(body));
  if (answer.status >= 300) throw refusalOf(answer, 'Creating the reference');
  return answer.body as ReferenceWire;
}

async function untilStored({ client, terminal, now, sleep }: Deps): Promise<void> {
  const sentAt = now();
  for (;;) {
    await sleep(pollMs);
    const waitedMs = now() - sentAt;
    if (waitedMs >= sealedWithinMs) {
      const answer = await client.get('/api/v1/ingestion?window=15m');
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
