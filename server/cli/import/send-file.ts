import { createWriteStream, type WriteStream } from 'node:fs';
import { type FileChunk, inChunks } from '../../../collectors/sources/files/in-chunks.ts';
import type { TableFile } from '../../../collectors/sources/files/table-file.ts';
import type { ApiClient } from '../api-client.ts';
import { CliError } from '../cli-error.ts';
import type { Terminal } from '../terminal.ts';
import { type ImportState, importStateFile } from './import-state.ts';
import { startProgress } from './progress.ts';
import type { NumberedRow, RowsBody } from './row-bodies.ts';
import { sendRows, type SendKind, type SentRows } from './send-rows.ts';
import { addTallies, emptyTally, type RejectedRow, tallyOfRejected } from './send-tally.ts';

export type SendFile = {
  file: TableFile;
  what: string;
  /** Bodies of one chunk, in the order they are sent. */
  bodiesOf: (rows: readonly NumberedRow[]) => { kind: SendKind; body: RowsBody }[];
  state: ImportState;
  statePath: string;
  rejectedOut: string | null;
};

export type SendDeps = { client: ApiClient; terminal: Terminal; now: () => number };

/** Span of the event times sent, also those of chunks that were acknowledged before. */
export type SentFile = { state: ImportState; oldest: number; newest: number };

/** Sends a file chunk by chunk, noting after each how far it has come; chunks that were noted before are skipped. */
export async function sendFile(deps: SendDeps, task: SendFile): Promise<SentFile> {
  const { file, state } = task;
  const saved = importStateFile(task.statePath);
  const out = openRejectedOut(task.rejectedOut, state.rowsDone > 0);
  const progress = startProgress(deps.terminal, task.what, deps.now);
  let oldest = Infinity;
  let newest = -Infinity;
  for await (const chunk of inChunks(file, state.chunkRows)) {
    const { readable, unreadable } = sorted(chunk);
    const bodies = task.bodiesOf(readable);
    for (const { body } of bodies) {
      oldest = Math.min(oldest, body.oldest);
      newest = Math.max(newest, body.newest);
    }
    const end = chunk.firstRow + chunk.rows.length;
    if (end > state.rowsDone) {
      const isFirst = state.rowsDone === 0;
      await sendChunk(deps, state, { bodies, unreadable, out, readable });
      if (isFirst) refuseHopeless(state);
      state.rowsDone = end;
      saved.save(state);
    }
    progress.update(end, file.rowsTotal === null ? chunk.bytesRead / file.bytesTotal : end / file.rowsTotal);
  }
  progress.done();
  await closed(out);
  state.completedAt = new Date(deps.now()).toISOString();
  saved.save(state);
  return { state, oldest, newest };
}

type ChunkParts = {
  bodies: { kind: SendKind; body: RowsBody }[];
  readable: readonly NumberedRow[];
  unreadable: RejectedRow[];
  out: WriteStream | null;
};

async function sendChunk(
  deps: SendDeps,
  state: ImportState,
  { bodies, readable, unreadable, out }: ChunkParts,
): Promise<void> {
  const sent = await Promise.all(
    bodies.map(async ({ kind, body }) => ({ kind, ...(await sendRows(deps.client, kind, body)) })),
  );
  const tallyOf = (kind: SendKind): SentRows['tally'] =>
    sent.filter((s) => s.kind === kind).reduce((sum, { tally }) => addTallies(sum, tally), emptyTally());
  const own = bodies[0]?.kind ?? 'prediction';
  const refused = tallyOfRejected(unreadable);
  const add = (kind: SendKind): SentRows['tally'] => addTallies(tallyOf(kind), own === kind ? refused : emptyTally());
  state.predictions = addTallies(state.predictions, add('prediction'));
  state.feedback = addTallies(state.feedback, add('feedback'));
  if (out === null) return;
  const cells = new Map(readable.map((row) => [row.row + 1, row.cells]));
  for (const row of [...unreadable.map((u) => ({ ...u, kind: own })), ...sent.flatMap((s) => s.rejected)]) {
    out.write(`${JSON.stringify({ ...row, cells: cells.get(row.row) ?? null })}\n`);
  }
}

function sorted(chunk: FileChunk): { readable: NumberedRow[]; unreadable: RejectedRow[] } {
  const readable: NumberedRow[] = [];
  const unreadable: RejectedRow[] = [];
  chunk.rows.forEach((row, i) => {
    if ('cells' in row) readable.push({ row: chunk.firstRow + i, cells: row.cells });
    else {
      const { code, detail } = row.problem;
      unreadable.push({ row: chunk.firstRow + i + 1, kind: 'prediction', code, pointer: '', detail });
    }
  });
  return { readable, unreadable };
}

/** When not one row of the first chunk is taken, the mapping is wrong, not the data. */
function refuseHopeless({ predictions, feedback }: ImportState): void {
  const tally = predictions.sent > 0 ? predictions : feedback;
  if (tally.accepted + tally.duplicates > 0 || tally.sent === 0) return;
  const [first] = tally.examples;
  const reason = first === undefined ? '' : ` Row ${first.row}: ${first.code} ${first.pointer} ${first.detail}.`;
  throw new CliError(
    `All of the first ${tally.sent} rows were refused.${reason} Check the mapping, then run it again.`,
  );
}

function openRejectedOut(path: string | null, isResumed: boolean): WriteStream | null {
  return path === null ? null : createWriteStream(path, { flags: isResumed ? 'a' : 'w' });
}

function closed(out: WriteStream | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (out === null) return resolve();
    out.on('error', reject);
    out.end(() => resolve());
  });
}
