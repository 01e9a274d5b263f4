import type { IdempotencyRecord } from '../server/domain/batch.ts';
import type { IngestResult } from './collector-types.ts';

const KEYS_MAX = 100_000;

type Entry = { bodyDigest: string; result: Promise<IngestResult> | string };

/**
 * What each `Idempotency-Key` got for an answer. The same body waits for that answer, also while the first one is on
 * its way; another body under the same key is a conflict. The oldest keys go first.
 */
export class IdempotencyTable {
  private readonly entries = new Map<string, Entry>();

  remember(records: readonly IdempotencyRecord[]): void {
    for (const { key, bodyDigest, reply } of records) this.put(key, { bodyDigest, result: reply });
  }

  /** Runs `ingest` at most once per key and body. Answers that stored nothing are not kept: the sender may try again. */
  async once(key: string, bodyDigest: string, ingest: () => Promise<IngestResult>): Promise<IngestResult> {
    const known = this.entries.get(key);
    if (known) return known.bodyDigest === bodyDigest ? answerOf(known) : conflict();
    const running = ingest();
    const entry: Entry = { bodyDigest, result: running };
    this.put(key, entry);
    try {
      const result = await running;
      if (result.status === 202 || result.status === 422) entry.result = JSON.stringify(result);
      else this.forget(key, entry);
      return result;
    } catch (error) {
      this.forget(key, entry);
      throw error;
    }
  }

  private put(key: string, entry: Entry): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (this.entries.size <= KEYS_MAX) return;
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }

  private forget(key: string, entry: Entry): void {
    if (this.entries.get(key) === entry) this.entries.delete(key);
  }
}

async function answerOf({ result }: Entry): Promise<IngestResult> {
  return typeof result === 'string' ? (JSON.parse(result) as IngestResult) : result;
}

function conflict(): IngestResult {
  const detail = 'this Idempotency-Key was used with another body; send a new key for a new body';
  return { status: 409, code: 'IDEMPOTENCY_CONFLICT', detail };
}
