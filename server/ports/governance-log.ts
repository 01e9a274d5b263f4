import type { GovernanceEntry } from '../domain/governance-event.ts';

/** The append-only sequence. An entry counts once `append` has resolved: it is on disk, fsynced. */
export type GovernanceLog = {
  load(): Promise<GovernanceEntry[]>;
  append(entries: readonly GovernanceEntry[]): Promise<void>;
  close(): Promise<void>;
};
