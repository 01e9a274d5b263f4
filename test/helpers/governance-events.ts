import type { GovernanceEvent } from '../../server/domain/governance-event.ts';

type EventOf<T extends GovernanceEvent['type']> = Extract<GovernanceEvent, { type: T }>;

export function registered(
  model: string,
  extra: Partial<EventOf<'model.registered'>> = {},
): EventOf<'model.registered'> {
  return {
    type: 'model.registered',
    model,
    task: 'binary',
    registration: 'declared',
    schemaMode: 'open',
    features: [],
    positiveLabel: '1',
    negativeLabel: '0',
    threshold: 0.5,
    scoreScale: 'probability',
    valueCenter: 0,
    segments: [],
    sensitiveFeatures: [],
    classes: [],
    intersections: [],
    minGroupN: 30,
    ...extra,
  };
}

export function referenceCreated(model: string, reference: string): EventOf<'reference.created'> {
  return {
    type: 'reference.created',
    model,
    reference,
    kind: 'window',
    modelVersion: null,
    from: null,
    to: null,
    n: 100,
    binningDigest: '0'.repeat(64),
    refoldBatchesBefore: 'f'.repeat(32),
    pendingBatches: [],
  };
}
