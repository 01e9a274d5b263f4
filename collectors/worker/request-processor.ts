import type { BatchAccount } from '../../server/domain/batch.ts';
import type { SchemaProposal } from '../../server/ports/schema-source.ts';
import { encodeFrame, type FrameHeader } from '../journal/frame.ts';
import { FeedbackWriter } from '../validate/feedback-writer.ts';
import { PredictionWriter } from '../validate/prediction-writer.ts';
import { SchemaBook } from '../validate/schema-book.ts';
import { SchemaSurvey } from '../validate/schema-survey.ts';
import { createRowContext } from '../validate/row-context.ts';
import { RequestRun } from './request-run.ts';
import type { EventBatchKind, FramePart, FromWorker, ToWorker, WorkerSettings } from './worker-messages.ts';

type ParseMessage = Extract<ToWorker, { type: 'parse' }>;
type Frames = Extract<FromWorker, { type: 'frames' }>;
/** Makes proposals part of the schema; false when the registry could not be written. */
type Extend = (proposals: SchemaProposal[]) => Promise<boolean>;

const kinds: { event: 'prediction' | 'feedback'; batch: EventBatchKind }[] = [
  { event: 'prediction', batch: 'predictions' },
  { event: 'feedback', batch: 'feedback' },
];

/** From request bytes to frames that are ready for the journal. Its memory is used again from message to message. */
export class RequestProcessor {
  readonly book = new SchemaBook();
  private readonly settings: WorkerSettings;
  private readonly extend: Extend;
  private readonly writers = { prediction: new PredictionWriter(), feedback: new FeedbackWriter() };

  constructor(settings: WorkerSettings, extend: Extend) {
    this.settings = settings;
    this.extend = extend;
  }

  async process(message: ParseMessage): Promise<Frames> {
    if (message.mustForgetRecent) for (const { recent } of Object.values(this.writers)) recent.clear();
    const shared = { ...this.settings, book: this.book };
    const runs = message.requests.map((head) => new RequestRun(head, shared));
    for (const run of runs) {
      run.start(new Uint8Array(message.storage, run.head.offset, run.head.byteLength), this.writers);
    }
    await this.settleSchema(runs.filter((run) => run.awaitsSchema));
    const parts = kinds.map((kind) => this.framePart(kind, runs, message)).filter((part) => part !== null);
    const results = runs.map((run) => run.result(batchIdOf(run, message)));
    return { type: 'frames', parts, results };
  }

  private async settleSchema(waiting: RequestRun[]): Promise<void> {
    if (waiting.length === 0) return;
    const survey = new SchemaSurvey(createRowContext(waiting[0].head, { ...this.settings, book: this.book }));
    for (const run of waiting) run.survey(survey);
    const proposals = survey.proposals();
    const isWritten = proposals.length === 0 || (await this.extend(proposals));
    for (const run of waiting) run.resume(isWritten);
  }

  private framePart(
    { event, batch }: (typeof kinds)[number],
    runs: RequestRun[],
    message: ParseMessage,
  ): FramePart | null {
    const own = runs.filter(({ head }) => head.kind === event);
    const { frame } = this.writers[event];
    const accounts = mergeAccounts(own.flatMap((run) => run.accounts()));
    const position = message.positions[batch];
    if (!position || (frame.rows === 0 && accounts.length === 0)) return null;
    const { rows } = frame;
    const header: FrameHeader = {
      rows,
      openedAt: own[0].head.receivedAt,
      accounts,
      deadLetters: own.flatMap((run) => run.tally.deadLetters),
      idempotency: own.map((run) => run.idempotencyRecord(position.batchId)).filter((record) => record !== null),
    };
    const body = rows > 0 ? frame.message(position) : { byteLength: 0, write: () => {} };
    const encoded = encodeFrame(header, body.byteLength, body.write);
    frame.clear();
    return { kind: batch, frame: encoded, rows };
  }
}

function batchIdOf(run: RequestRun, { positions }: ParseMessage): string {
  return (run.head.kind === 'prediction' ? positions.predictions : positions.feedback)?.batchId ?? '';
}

function mergeAccounts(accounts: BatchAccount[]): BatchAccount[] {
  const merged = new Map<string, BatchAccount>();
  for (const account of accounts) {
    const { minute, source, model, outcome, code } = account;
    const key = JSON.stringify([minute, source, model, outcome, code]);
    const known = merged.get(key);
    if (known) known.n += account.n;
    else merged.set(key, account);
  }
  return [...merged.values()];
}
