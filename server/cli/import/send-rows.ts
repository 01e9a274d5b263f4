import { hash } from 'node:crypto';
import type { IngestReply } from '../../schemas/ingest.schema.ts';
import { type ApiClient, refusalOf } from '../api-client.ts';
import type { RowsBody } from './row-bodies.ts';
import { addTallies, emptyTally, type RejectedRow, type SendTally, tallyOfRejected } from './send-tally.ts';

export type SendKind = 'prediction' | 'feedback';

const paths: Record<SendKind, string> = { prediction: '/api/v1/predictions', feedback: '/api/v1/feedback' };

export type SentRows = { tally: SendTally; rejected: RejectedRow[] };

/**
 * Sends one body under an idempotency key of its own. The key carries a digest of the body, so that the same rows read
 * under another mapping are another request.
 *
 * @throws CliError when the server refuses the request as a whole
 */
export async function sendRows(client: ApiClient, kind: SendKind, body: RowsBody): Promise<SentRows> {
  const digest = hash('sha256', body.json, 'hex').slice(0, 32);
  const first = body.rows[0] ?? 0;
  const last = body.rows.at(-1) ?? 0;
  const headers = { 'idempotency-key': `import:${kind}:${first}-${last}:${digest}`, 'x-plumbline-source': 'import' };
  const answer = await client.post(paths[kind], body.json, headers);
  if (answer.status !== 202 && answer.status !== 422)
    throw refusalOf(answer, `Sending rows ${first + 1} to ${last + 1}`);
  return repliedRows(kind, body.rows, answer.body as Partial<IngestReply>);
}

function repliedRows(kind: SendKind, rows: readonly number[], reply: Partial<IngestReply>): SentRows {
  const errors = Array.isArray(reply.errors) ? reply.errors : [];
  const accepted = reply.accepted ?? 0;
  const total = reply.rejected ?? rows.length - accepted;
  const rejected = errors.map(({ index, code, pointer, detail }): RejectedRow => ({
    row: (rows[index] ?? index) + 1,
    kind,
    code: code ?? 'REJECTED',
    pointer: pointer ?? '',
    detail: detail ?? '',
  }));
  const refused = tallyOfRejected(rejected, Math.max(0, total - rejected.length));
  const taken = { ...emptyTally(), sent: rows.length - refused.sent, accepted, duplicates: reply.duplicates ?? 0 };
  return { tally: addTallies(taken, refused), rejected };
}
