import type { GovernanceEntry } from '../../server/domain/governance-event.ts';
import type { GovernanceLog } from '../../server/ports/governance-log.ts';

/** The append-only sequence in memory; `failure` is what the next append rejects with, while it is set. */
export function memoryLog(): GovernanceLog & { entries: GovernanceEntry[]; failure: Error | null } {
  const log = {
    entries: [] as GovernanceEntry[],
    failure: null as Error | null,
    load: async () => [...log.entries],
    async append(entries: readonly GovernanceEntry[]) {
      if (log.failure !== null) throw log.failure;
      log.entries.push(...entries);
    },
    async close() {},
  };
  return log;
}
