/** What became of rows, of one kind: the same words as the server's reply. */
export type SendTally = {
  sent: number;
  accepted: number;
  /** Repeats within the file. */
  duplicates: number;
  rejected: number;
  /** By code; rejections that a reply did not list one by one are under `NOT_LISTED`. */
  rejectedByCode: Record<string, number>;
  examples: RejectedRow[];
};

/** `row` counts from 1, the first after the header. */
export type RejectedRow = {
  row: number;
  kind: 'prediction' | 'feedback';
  code: string;
  pointer: string;
  detail: string;
};

const examplesMax = 10;

export function emptyTally(): SendTally {
  return { sent: 0, accepted: 0, duplicates: 0, rejected: 0, rejectedByCode: {}, examples: [] };
}

export function addTallies(a: SendTally, b: SendTally): SendTally {
  const rejectedByCode = { ...a.rejectedByCode };
  for (const [code, n] of Object.entries(b.rejectedByCode)) rejectedByCode[code] = (rejectedByCode[code] ?? 0) + n;
  return {
    sent: a.sent + b.sent,
    accepted: a.accepted + b.accepted,
    duplicates: a.duplicates + b.duplicates,
    rejected: a.rejected + b.rejected,
    rejectedByCode,
    examples: [...a.examples, ...b.examples].slice(0, examplesMax),
  };
}

/** Rows refused by the reader or the server, with the counts that belong to them. */
export function tallyOfRejected(rejected: readonly RejectedRow[], notListed = 0): SendTally {
  const rejectedByCode: Record<string, number> = {};
  for (const { code } of rejected) rejectedByCode[code] = (rejectedByCode[code] ?? 0) + 1;
  if (notListed > 0) rejectedByCode.NOT_LISTED = notListed;
  const n = rejected.length + notListed;
  return { ...emptyTally(), sent: n, rejected: n, rejectedByCode, examples: rejected.slice(0, examplesMax) };
}
