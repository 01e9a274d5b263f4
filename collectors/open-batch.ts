import type { CollectorLimits } from './collector-types.ts';
import type { BatchPosition } from './columns/prediction-frame.ts';
import type { Journal } from './journal/journal.ts';
import type { Segment } from './journal/segment.ts';
import type { EventBatchKind, FramePart } from './worker/worker-messages.ts';

/** The batch that a lane is filling: when it is due, and where the next frame's rows will lie. */
export class OpenBatch {
  readonly segment: Segment;
  isDue = false;
  private readonly sealed = Promise.withResolvers<void>();
  private readonly journal: Journal;
  private readonly limits: CollectorLimits;
  private readonly onDue: () => void;
  private readonly appends: Promise<void>[] = [];
  private rows = 0;
  private bytes = 0;
  private ageTimer: NodeJS.Timeout | null = null;

  constructor(journal: Journal, kind: EventBatchKind, limits: CollectorLimits, onDue: () => void) {
    this.journal = journal;
    this.limits = limits;
    this.onDue = onDue;
    this.segment = journal.open(kind, journal.nextBatchId());
  }

  get whenSealed(): Promise<void> {
    return this.sealed.promise;
  }

  get isEmpty(): boolean {
    return this.bytes === 0;
  }

  get position(): BatchPosition {
    return { batchId: this.segment.batchId, rowOffset: this.rows };
  }

  /** Resolves when the frame is on disk. */
  append({ frame, rows }: FramePart, failpoint: ((name: string) => void | Promise<void>) | undefined): Promise<void> {
    this.rows += rows;
    this.bytes += frame.byteLength;
    this.ageTimer ??= setTimeout(() => {
      this.isDue = true;
      this.onDue();
    }, this.limits.batchAgeMs);
    if (this.rows >= this.limits.batchRowsMax || this.bytes >= this.limits.batchBytesMax) this.isDue = true;
    const store = async () => {
      await failpoint?.('after_parse');
      await this.journal.append(this.segment, frame, rows);
    };
    const appended = store();
    this.appends.push(appended);
    return appended;
  }

  async seal(): Promise<void> {
    if (this.ageTimer) clearTimeout(this.ageTimer);
    await Promise.allSettled(this.appends);
    this.sealed.resolve(this.journal.seal(this.segment));
  }
}
