import type { IngestRequest, IngestResult } from '../../collectors/collector-types.ts';
import type { AccountStore, StoredDeadLetter } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';

export type ReplayResult = { accepted: number; rejected: number; results: { id: string; status: string }[] };

/** Sends dead letters through the door again, each on its own; what is accepted now is marked as replayed. */
export async function replayRejected(
  deps: { accounts: AccountStore; clock: Clock; ingest: (request: IngestRequest) => Promise<IngestResult> },
  ids: readonly string[],
): Promise<ReplayResult> {
  const letters = await deps.accounts.rejectedById(ids);
  const results: ReplayResult['results'] = [];
  const accepted: StoredDeadLetter[] = [];
  for (const letter of letters) {
    if (letter.replayedAt !== null) {
      results.push({ id: letter.id, status: 'replayed before' });
      continue;
    }
    const result = await deps.ingest(requestOf(letter));
    const isAccepted = result.status === 202;
    if (isAccepted) accepted.push(letter);
    results.push({ id: letter.id, status: isAccepted ? 'accepted' : reasonOf(result) });
  }
  if (accepted.length > 0) await deps.accounts.markReplayed(accepted, deps.clock.now());
  const unknown = ids.filter((id) => !letters.some((letter) => letter.id === id));
  results.push(...unknown.map((id) => ({ id, status: 'not found' })));
  return { accepted: accepted.length, rejected: results.length - accepted.length, results };
}

function requestOf(letter: StoredDeadLetter): IngestRequest {
  return {
    kind: letter.kind,
    body: new TextEncoder().encode(letter.body),
    contentType: 'application/json',
    contentEncoding: null,
    source: letter.source,
    idempotencyKey: null,
    defaultModel: letter.model === '' ? null : letter.model,
    defaultVersion: null,
    allowedModels: null,
  };
}

function reasonOf(result: IngestResult): string {
  if (result.status === 202) return 'accepted';
  const [first] = result.reply?.errors ?? [];
  return first === undefined ? `${result.code}: ${result.detail}` : `${first.code}: ${first.detail}`;
}
