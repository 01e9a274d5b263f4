import type { FleetRow, HealthStatus } from '../../server/schemas/fleet.schema.ts';

const RANK: Record<HealthStatus, number> = {
  critical: 0,
  warning: 1,
  stale: 2,
  insufficient_evidence: 3,
  no_data: 4,
  ok: 5,
};

/** Worst first, then by name: what matters is on top, and ties do not dance. */
export function orderByHealth(rows: FleetRow[]): string[] {
  return [...rows]
    .sort((a, b) => RANK[a.health.status] - RANK[b.health.status] || a.model.localeCompare(b.model))
    .map((row) => row.model);
}
