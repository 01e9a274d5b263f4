import type { IngestReply } from '../../server/schemas/ingest.schema.ts';
import type { BatchAccount, IdempotencyRecord } from '../../server/domain/batch.ts';
import type { IngestResult } from '../collector-types.ts';
import { BodyRefusal } from '../sources/body-refusal.ts';
import { openBody } from '../sources/open-body.ts';
import type { RecordSource } from '../sources/record-source.ts';
import type { Writers } from '../sources/writers.ts';
import { RequestTally } from '../validate/request-tally.ts';
import { createRowContext, type RowContext } from '../validate/row-context.ts';
import type { SchemaSurvey } from '../validate/schema-survey.ts';
import type { RequestHead } from './worker-messages.ts';

const MINUTE_MS = 60_000;
const RETRY_AFTER_SECONDS = 2;

/** One request on its way through the parser: written as far as the schema allows, then surveyed, then written out. */
export class RequestRun {
  readonly head: RequestHead;
  readonly tally: RequestTally;
  private readonly context: RowContext;
  private source: RecordSource | null = null;
  private refusal: Exclude<IngestResult, { status: 202 }> | null = null;
  private at = 0;

  constructor(head: RequestHead, shared: Pick<RowContext, 'limits' | 'unknownModels' | 'book'>) {
    this.head = head;
    this.context = createRowContext(head, shared);
    this.tally = new RequestTally(head);
  }

  start(body: Uint8Array, writers: Writers): void {
    try {
      this.source = openBody(body, writers, this.context);
      this.advance();
    } catch (error) {
      if (!(error instanceof BodyRefusal)) throw error;
      this.refusal = { status: error.status, code: error.code, detail: error.message };
    }
  }

  get awaitsSchema(): boolean {
    return this.source !== null;
  }

  survey(survey: SchemaSurvey): void {
    this.source?.survey(this.at, survey.under(this.context), this.context);
  }

  /** Writes the rest with the schema as it now stands. */
  resume(isRegistryWritten: boolean): void {
    if (!this.source) return;
    if (!isRegistryWritten && this.at === 0) {
      const detail = 'the model registry cannot be written, so nothing of this body was taken; send it again';
      this.refusal = { status: 503, code: 'REGISTRY_UNAVAILABLE', detail, retryAfterSeconds: RETRY_AFTER_SECONDS };
      return;
    }
    this.context.isSettled = true;
    this.context.isRegistryAway = !isRegistryWritten;
    this.context.lastPlan = null;
    this.advance();
  }

  /** A source that is through lets go of its body: many may be inflated in one message. */
  private advance(): void {
    if (!this.source) return;
    this.at = this.source.write(this.at, this.context, this.tally);
    if (this.at >= this.source.count) this.source = null;
  }

  result(batchId: string): IngestResult {
    if (this.refusal) return this.refusal;
    const { accepted, duplicates, rejected, errors } = this.tally;
    const errorsTruncated = rejected > errors.length;
    const reply: IngestReply = { batchId, accepted, duplicates, rejected, errors, errorsTruncated };
    if (accepted + duplicates > 0) return { status: 202, reply };
    const detail = `none of ${rejected} records was accepted; "errors" says why, and all are kept as dead letters`;
    return { status: 422, code: 'ALL_REJECTED', detail, reply };
  }

  accounts(): BatchAccount[] {
    if (this.refusal === null) return this.tally.accounts();
    if (this.refusal.status !== 400) return [];
    const { receivedAt, source } = this.head;
    const minute = Math.floor(receivedAt / MINUTE_MS) * MINUTE_MS;
    return [{ minute, source, model: '', outcome: 'rejected', code: this.refusal.code, n: 1 }];
  }

  idempotencyRecord(batchId: string): IdempotencyRecord | null {
    if (this.refusal !== null || this.head.idempotency === null) return null;
    const { receivedAt } = this.head;
    return { ...this.head.idempotency, batchId, reply: JSON.stringify(this.result(batchId)), receivedAt };
  }
}
