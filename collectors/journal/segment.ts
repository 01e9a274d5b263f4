import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchKind } from '../../server/domain/batch.ts';
import { isNoSpace, JournalError } from './journal-error.ts';
import { segmentFileName } from './segment-file-name.ts';
import { syncDirectory } from './sync-directory.ts';

/** A frozen segment: its first `bytes` bytes are what was acknowledged, and never change again. */
export type SealedSegment = {
  batchId: string;
  kind: BatchKind;
  path: string;
  rows: number;
  bytes: number;
  openedAt: number;
  sealedAt: number;
};

export type SegmentOptions = {
  directory: string;
  batchId: string;
  kind: BatchKind;
  openedAt: number;
  failpoint: ((name: string) => void | Promise<void>) | undefined;
};

type Waiting = { frame: Uint8Array; rows: number; resolve: () => void; reject: (error: JournalError) => void };

/**
 * One append-only file. Frames that arrive while a commit runs go together in the next one: one write, one fdatasync,
 * then all their requests are answered.
 */
export class Segment {
  readonly batchId: string;
  readonly kind: BatchKind;
  readonly openedAt: number;
  committedRows = 0;
  committedBytes = 0;
  isAbandoned = false;
  private readonly options: SegmentOptions;
  private path: string;
  private handle: FileHandle | null = null;
  private waiting: Waiting[] = [];
  private commits: Promise<void> | null = null;

  constructor(options: SegmentOptions) {
    this.options = options;
    this.batchId = options.batchId;
    this.kind = options.kind;
    this.openedAt = options.openedAt;
    this.path = join(options.directory, segmentFileName({ ...options, state: 'open' }));
  }

  /** Resolves when the frame is on disk. */
  append(frame: Uint8Array, rows: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ frame, rows, resolve, reject });
      this.commits ??= this.commitAll();
    });
  }

  /** Freezes what was acknowledged. Null when that is nothing; no frame may be appended afterwards. */
  async seal(sealedAt: number): Promise<SealedSegment | null> {
    await this.commits;
    if (this.isAbandoned) await this.handle?.truncate(this.committedBytes).catch(() => {});
    await this.handle?.close().catch(() => {});
    if (this.committedBytes === 0) {
      await rm(this.path, { force: true });
      return null;
    }
    await this.renameToSealed();
    const { batchId, kind, path, openedAt } = this;
    return { batchId, kind, path, rows: this.committedRows, bytes: this.committedBytes, openedAt, sealedAt };
  }

  private async commitAll(): Promise<void> {
    // A turn of the event loop lets the frames of other requests join the first commit.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      try {
        if (this.isAbandoned) throw new JournalError('failed', new Error('an earlier write to this segment failed'));
        await this.commit(group);
        for (const { resolve } of group) resolve();
      } catch (error) {
        const failure = error instanceof JournalError ? error : await this.recoverFrom(error);
        for (const { reject } of group) reject(failure);
      }
    }
    this.commits = null;
  }

  private async commit(group: Waiting[]): Promise<void> {
    const { failpoint, directory } = this.options;
    await failpoint?.('before_journal_write');
    if (this.handle === null) {
      this.handle = await open(this.path, 'w');
      await syncDirectory(directory);
    }
    const bytes = await this.writeFully(group.map(({ frame }) => frame));
    await failpoint?.('after_journal_write');
    await this.handle.datasync();
    await failpoint?.('after_fsync');
    this.committedBytes += bytes;
    for (const { rows } of group) this.committedRows += rows;
  }

  private async writeFully(frames: Uint8Array[]): Promise<number> {
    if (this.handle === null) throw new Error('the segment file is not open');
    const total = frames.reduce((sum, { byteLength }) => sum + byteLength, 0);
    let pending = frames;
    let written = 0;
    while (written < total) {
      const { bytesWritten } = await this.handle.writev(pending, this.committedBytes + written);
      written += bytesWritten;
      pending = dropBytes(pending, bytesWritten);
    }
    return total;
  }

  /** A full disk leaves a torn frame: cut away, the file stays valid and later frames may try again. */
  private async recoverFrom(error: unknown): Promise<JournalError> {
    if (isNoSpace(error)) {
      try {
        await this.handle?.truncate(this.committedBytes);
        return new JournalError('no_space', error);
      } catch {
        // The tail cannot be cut: nothing more may follow it.
      }
    }
    this.isAbandoned = true;
    return new JournalError('failed', error);
  }

  private async renameToSealed(): Promise<void> {
    const sealedPath = join(this.options.directory, segmentFileName({ ...this.options, state: 'sealed' }));
    try {
      await rename(this.path, sealedPath);
      this.path = sealedPath;
      await syncDirectory(this.options.directory);
    } catch {
      // The name only tells people what state the file is in; recovery reads both.
    }
  }
}

function dropBytes(frames: Uint8Array[], bytes: number): Uint8Array[] {
  let rest = bytes;
  const left: Uint8Array[] = [];
  for (const frame of frames) {
    if (rest >= frame.byteLength) rest -= frame.byteLength;
    else {
      left.push(rest > 0 ? frame.subarray(rest) : frame);
      rest = 0;
    }
  }
  return left;
}
