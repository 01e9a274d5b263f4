import type { RejectionCode } from '../../server/domain/events.ts';

/** Why one event does not become a row. Quarantined events are kept to be replayed once the cause is mended. */
export type RowRefusal = { code: RejectionCode; pointer: string; detail: string; isQuarantined?: boolean };

export function refuse(code: RejectionCode, pointer: string, detail: string): RowRefusal {
  return { code, pointer, detail };
}

/** Not a refusal yet: the row brings names that the schema does not know, so ask the registry and try again. */
export const needsSchema: RowRefusal = refuse('MODEL_UNKNOWN', '', 'the schema is being extended');

/** Not a refusal yet: a number beyond 2^53 was seen, so read the row again with its literals. */
export const needsLiterals: RowRefusal = refuse('INTEGER_PRECISION', '', 'the literals are being read');
