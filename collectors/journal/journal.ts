import { mkdir } from 'node:fs/promises';
import type { BatchKind } from '../../server/domain/batch.ts';
import type { CollectorOptions } from '../collector-types.ts';
import { createBatchIds } from './batch-id.ts';
import { Segment, type SealedSegment } from './segment.ts';

/** The segments of one directory: their ids, their size on disk, and the order in which they are sealed. */
export class Journal {
  readonly nextBatchId: () => string;
  /** Batches that are open, sealed or being delivered. */
  readonly undelivered = new Set<string>();
  private readonly options: CollectorOptions;
  private readonly onSealed: (segment: SealedSegment) => void;
  private bytesOnDisk = 0;
  private sealing: Promise<void> = Promise.resolve();

  constructor(options: CollectorOptions, onSealed: (segment: SealedSegment) => void) {
    this.options = options;
    this.onSealed = onSealed;
    this.nextBatchId = createBatchIds(() => options.clock.now());
  }

  get bytes(): number {
    return this.bytesOnDisk;
  }

  async createDirectory(): Promise<void> {
    await mkdir(this.options.journalDir, { recursive: true, mode: 0o700 });
  }

  open(kind: BatchKind, batchId: string): Segment {
    const { journalDir, clock, failpoint } = this.options;
    this.undelivered.add(batchId);
    return new Segment({ directory: journalDir, batchId, kind, openedAt: clock.now(), failpoint });
  }

  async append(segment: Segment, frame: Uint8Array, rows: number): Promise<void> {
    this.bytesOnDisk += frame.byteLength;
    try {
      await segment.append(frame, rows);
    } catch (error) {
      this.bytesOnDisk -= frame.byteLength;
      throw error;
    }
  }

  /** One after the other, so that the order of sealing is the order of delivery. */
  seal(segment: Segment): Promise<void> {
    this.sealing = this.sealing.then(async () => {
      const sealed = await segment.seal(this.options.clock.now());
      if (sealed) this.onSealed(sealed);
      else this.undelivered.delete(segment.batchId);
    });
    return this.sealing;
  }

  /** Segments found at the start count, delivered ones no longer do. */
  add(segment: SealedSegment): void {
    this.bytesOnDisk += segment.bytes;
    this.undelivered.add(segment.batchId);
  }

  release(segment: SealedSegment): void {
    this.bytesOnDisk -= segment.bytes;
    this.undelivered.delete(segment.batchId);
  }
}
