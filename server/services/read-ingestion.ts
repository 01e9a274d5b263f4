import type { Window } from '../domain/window.ts';
import type { AccountStore, AccountSum } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ingestion, RejectedList } from '../schemas/ingest.schema.ts';
import { isoWindow, timeWindow, type WindowQuery } from './time-window.ts';

export type IngestState = {
  journal: Ingestion['journal'];
  engine: Ingestion['engine'];
  unpaired: number;
};

/** What became of every received event, per source. */
export async function readIngestion(
  deps: { accounts: AccountStore; clock: Clock; state: () => IngestState },
  query: WindowQuery,
): Promise<Ingestion> {
  const window: Window = timeWindow(query, deps.clock.now(), null, '1h');
  const sums = Map.groupBy(await deps.accounts.sums(window), (sum) => sum.source);
  const { journal, engine, unpaired } = deps.state();
  return {
    window: isoWindow(window),
    sources: [...sums].map(([source, rows]) => sourceView(source, rows)),
    journal,
    engine,
    feedback: { unpaired },
    asOf: new Date(deps.clock.now()).toISOString(),
  };
}

function sourceView(source: string, rows: readonly AccountSum[]): Ingestion['sources'][number] {
  const total = (outcome: string): number =>
    rows.filter((row) => row.outcome === outcome).reduce((sum, row) => sum + row.n, 0);
  const [accepted, duplicate, rejected, late, quarantined] = [
    'accepted',
    'duplicate',
    'rejected',
    'late',
    'quarantined',
  ].map(total);
  const last = Math.max(...rows.map((row) => row.lastMinute));
  return {
    source,
    // `late` marks accepted events; every received event is in exactly one of the others.
    received: accepted + duplicate + rejected + quarantined,
    accepted,
    duplicate,
    rejected,
    late,
    quarantined,
    reasons: rows.filter((row) => row.code !== '').map(({ code, n }) => ({ code, n })),
    lastReceivedAt: Number.isFinite(last) ? new Date(last).toISOString() : null,
  };
}

const pageMax = 200;

/** Dead letters, newest first, by page. */
export async function listRejected(
  accounts: AccountStore,
  query: { model?: string; code?: string; cursor?: string; limit?: number },
): Promise<RejectedList> {
  const limit = Math.min(query.limit ?? 50, pageMax);
  const letters = await accounts.rejected({
    model: query.model ?? '',
    code: query.code ?? '',
    before: parseCursor(query.cursor),
    limit,
  });
  const last = letters.at(-1);
  return {
    rows: letters.map(({ receivedAt, replayedAt, ...letter }) => ({
      ...letter,
      receivedAt: new Date(receivedAt).toISOString(),
      replayedAt: replayedAt === null ? null : new Date(replayedAt).toISOString(),
    })),
    nextCursor: last === undefined || letters.length < limit ? null : `${last.receivedAt}.${last.id}`,
  };
}

function parseCursor(cursor: string | undefined): { receivedAt: number; id: string } | null {
  const match = /^(\d{1,15})\.(.{1,200})$/.exec(cursor ?? '');
  return match === null ? null : { receivedAt: Number(match[1]), id: match[2] };
}
