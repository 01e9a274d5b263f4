/** Why a frame is not on disk. `no_space` heals when room is made; after `failed` the segment takes no more frames. */
export class JournalError extends Error {
  readonly kind: 'no_space' | 'failed';

  constructor(kind: 'no_space' | 'failed', cause: unknown) {
    super(`the journal could not be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.kind = kind;
  }
}

export function isNoSpace(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
