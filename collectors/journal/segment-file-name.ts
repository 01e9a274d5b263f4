import type { BatchKind } from '../../server/domain/batch.ts';

export type SegmentName = { batchId: string; kind: BatchKind; state: 'open' | 'sealed' };

const pattern = /^([0-9a-f]{32})\.(predictions|feedback|outcomes)\.(open|sealed)$/;

export function segmentFileName(name: SegmentName): string {
  return `${name.batchId}.${name.kind}.${name.state}`;
}

/** Null for files that are not segments: the journal leaves those alone. */
export function parseSegmentFileName(fileName: string): SegmentName | null {
  const match = pattern.exec(fileName);
  if (!match) return null;
  return { batchId: match[1], kind: match[2] as BatchKind, state: match[3] as 'open' | 'sealed' };
}
