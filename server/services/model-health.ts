import { hourMs, minuteMs } from '../domain/window.ts';
import type { FleetRow } from '../schemas/fleet.schema.ts';
import type { ModelActivityNow } from './activity-board.ts';
import type { ReferenceSummary } from './measure-deps.ts';

export type HealthFacts = {
  now: number;
  activity: ModelActivityNow | null;
  reference: ReferenceSummary | null;
  worstDrift: FleetRow['worstDrift'];
  predictions: number;
};

/** Without an event for so long a model is silent: its figures are kept, and marked. */
export const staleAfterMs = 6 * hourMs;

/** Why a model is amber, in one clause. Silence and missing evidence are states of their own, never "ok". */
export function modelHealth(facts: HealthFacts): FleetRow['health'] {
  const { activity, reference, worstDrift, predictions } = facts;
  if (activity === null) return { status: 'no_data', reason: 'no prediction has arrived yet' };
  const drift = driftHealth(worstDrift);
  const silentMs = facts.now - activity.newestOccurredAt;
  if (silentMs > staleAfterMs) {
    const last = drift === null || drift.status === 'ok' ? '' : `; before that: ${drift.reason}`;
    return { status: 'stale', reason: `no prediction for ${duration(silentMs)}${last}` };
  }
  if (reference === null) {
    return {
      status: 'insufficient_evidence',
      reason: `collecting the first predictions for a reference, ${predictions} so far`,
    };
  }
  if (reference.status === 'refolding') {
    return {
      status: 'insufficient_evidence',
      reason: `counting history under a new reference, ${Math.floor(reference.progress * 100)} % done`,
    };
  }
  return drift ?? { status: 'insufficient_evidence', reason: 'nothing to compare with the reference yet' };
}

function driftHealth(worst: FleetRow['worstDrift']): FleetRow['health'] | null {
  if (worst === null) return null;
  const { verdict, result, feature } = worst;
  const name = feature.startsWith('$') ? `the ${feature.slice(1)}` : feature;
  switch (verdict.status) {
    case 'breached': {
      const size = result.kind === 'value' && result.value !== undefined ? ` (PSI ${result.value.toPrecision(2)})` : '';
      return { status: verdict.severity === 'critical' ? 'critical' : 'warning', reason: `${name} has drifted${size}` };
    }
    case 'ok':
      return { status: 'ok', reason: 'no feature has drifted' };
    case 'insufficient_evidence':
      return { status: 'insufficient_evidence', reason: verdict.reasons[0] ?? 'too few predictions for a verdict' };
    case 'no_data':
      return { status: 'no_data', reason: 'no prediction in the window' };
  }
}

function duration(ms: number): string {
  if (ms < 2 * hourMs) return `${Math.round(ms / minuteMs)} minutes`;
  return ms < 48 * hourMs ? `${Math.round(ms / hourMs)} hours` : `${Math.round(ms / (24 * hourMs))} days`;
}
