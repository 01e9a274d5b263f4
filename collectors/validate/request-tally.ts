import type { BatchAccount, DeadLetter } from '../../server/domain/batch.ts';
import type { IngestOutcome, Rejection } from '../../server/domain/events.ts';
import type { RequestHead } from '../worker/worker-messages.ts';
import { assignId } from './check-id.ts';
import type { RowRefusal } from './row-refusal.ts';

const ERRORS_MAX = 100;
const DEAD_LETTER_BYTES_MAX = 65_536;
const MINUTE_MS = 60_000;

type ModelCounts = { model: string; accepted: number; duplicate: number; late: number };

/** What became of the events of one request: counts, the reply's errors and the dead letters. */
export class RequestTally {
  readonly errors: Rejection[] = [];
  readonly deadLetters: DeadLetter[] = [];
  accepted = 0;
  duplicates = 0;
  rejected = 0;
  private readonly head: RequestHead;
  private readonly byModel = new Map<string, ModelCounts>();
  private readonly refusals = new Map<string, BatchAccount>();
  private last: ModelCounts | null = null;

  constructor(head: RequestHead) {
    this.head = head;
  }

  count(model: string, isDuplicate: boolean, isLate: boolean): void {
    const counts = this.countsOf(model);
    if (isDuplicate) {
      counts.duplicate++;
      this.duplicates++;
    } else {
      counts.accepted++;
      this.accepted++;
    }
    if (isLate) counts.late++;
  }

  /** `model` is empty when the event names none that exists, so that made-up names do not fill the accounts. */
  refuse(refusal: RowRefusal, index: number, { model, body }: { model: string; body: string }): void {
    const { code, pointer, detail } = refusal;
    const outcome: IngestOutcome = refusal.isQuarantined === true ? 'quarantined' : 'rejected';
    this.rejected++;
    this.addRefusal(model, outcome, code);
    if (this.errors.length < ERRORS_MAX) this.errors.push({ index, code, pointer, detail });
    const { source, kind, receivedAt } = this.head;
    const id = assignId(receivedAt);
    this.deadLetters.push({ id, receivedAt, source, kind, model, index, code, detail, body: cutText(body) });
  }

  /** The counts as they go into the frame. */
  accounts(): BatchAccount[] {
    const accounts = [...this.refusals.values()];
    for (const counts of this.byModel.values()) {
      for (const outcome of ['accepted', 'duplicate', 'late'] as const) {
        if (counts[outcome] > 0) accounts.push(this.account(counts.model, outcome, '', counts[outcome]));
      }
    }
    return accounts;
  }

  private countsOf(model: string): ModelCounts {
    if (this.last?.model === model) return this.last;
    let counts = this.byModel.get(model);
    if (!counts) {
      counts = { model, accepted: 0, duplicate: 0, late: 0 };
      this.byModel.set(model, counts);
    }
    this.last = counts;
    return counts;
  }

  private addRefusal(model: string, outcome: IngestOutcome, code: string): void {
    const key = `${outcome}/${code}/${model}`;
    const known = this.refusals.get(key);
    if (known) known.n++;
    else this.refusals.set(key, this.account(model, outcome, code, 1));
  }

  private account(model: string, outcome: IngestOutcome, code: string, n: number): BatchAccount {
    const { receivedAt, source } = this.head;
    return { minute: Math.floor(receivedAt / MINUTE_MS) * MINUTE_MS, source, model, outcome, code, n };
  }
}

/** At most 64 KiB of UTF-8, without cutting a character in two. */
function cutText(text: string): string {
  const wellFormed = text.toWellFormed();
  if (wellFormed.length * 3 <= DEAD_LETTER_BYTES_MAX) return wellFormed;
  const bytes = Buffer.from(wellFormed);
  if (bytes.length <= DEAD_LETTER_BYTES_MAX) return wellFormed;
  let end = DEAD_LETTER_BYTES_MAX;
  while ((bytes[end] & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
