import type { GovernanceEvent } from '../domain/governance-event.ts';
import type { FeatureKind, ModelDefinition } from '../domain/model.ts';
import { dayMs, type Window } from '../domain/window.ts';
import { featureDefinitions } from '../services/extend-schema.ts';

export type DemoModel = Omit<ModelDefinition, 'stage' | 'revision' | 'createdAt'> & {
  /** Versions of the history and how many days ago each came into service. */
  versions: { version: string; daysAgo: number }[];
};

const numeric = (...names: string[]): { name: string; kind: FeatureKind }[] =>
  names.map((name) => ({ name, kind: 'numeric' }));
const text = (...names: string[]): { name: string; kind: FeatureKind }[] =>
  names.map((name) => ({ name, kind: 'categorical' }));
const truth = (...names: string[]): { name: string; kind: FeatureKind }[] =>
  names.map((name) => ({ name, kind: 'boolean' }));

const common = {
  registration: 'declared',
  schemaMode: 'closed',
  positiveLabel: '1',
  negativeLabel: '0',
  threshold: 0.5,
  scoreScale: 'probability',
  valueCenter: 0,
  classes: [],
  intersections: [],
  sensitiveFeatures: [],
  minGroupN: 100,
} as const satisfies Partial<DemoModel>;

/** The order of features, segments and groups is that of the arrays in `sql/demo/`. */
export const demoModelList: readonly DemoModel[] = [
  {
    ...common,
    id: 'credit-risk',
    task: 'binary',
    features: featureDefinitions(
      [],
      [
        ...numeric('income', 'age', 'debt_ratio', 'employment_years', 'loan_amount', 'late_payments', 'open_accounts'),
        ...numeric('utilisation', 'months_since_enquiry'),
        ...text('purpose'),
        ...truth('has_mortgage'),
      ],
      'declared',
    ),
    positiveLabel: 'default',
    negativeLabel: 'repaid',
    threshold: 0.35,
    classes: [],
    segments: ['channel'],
    sensitiveFeatures: ['sex', 'age_band', 'region'],
    intersections: [],
    versions: [
      { version: '3.1.0', daysAgo: 30 },
      { version: '3.2.0', daysAgo: 8 },
    ],
  },
  {
    ...common,
    id: 'demand',
    task: 'regression',
    features: featureDefinitions(
      [],
      [
        ...numeric('temperature', 'hour', 'price', 'stock', 'lag_24h', 'lag_168h'),
        ...text('weekday'),
        ...truth('is_holiday', 'promo'),
      ],
      'declared',
    ),
    valueCenter: 240,
    classes: [],
    segments: ['store'],
    sensitiveFeatures: [],
    intersections: [],
    versions: [{ version: '2026.10', daysAgo: 30 }],
  },
  {
    ...common,
    id: 'triage',
    task: 'multiclass',
    features: featureDefinitions(
      [],
      [...numeric('heart_rate', 'temperature', 'age', 'spo2', 'pain', 'duration_h'), ...text('symptom', 'arrival')],
      'declared',
    ),
    segments: ['site'],
    sensitiveFeatures: ['sex'],
    classes: ['self_care', 'practice', 'urgent', 'emergency', 'resuscitation'],
    intersections: [],
    versions: [{ version: '1.4.2', daysAgo: 30 }],
  },
];

/** Registers the demo's models and the versions that its history knows. */
export function demoModels(now: number): GovernanceEvent[] {
  return demoModelList.flatMap(({ id, versions, ...definition }): GovernanceEvent[] => [
    { type: 'model.registered', model: id, ...definition },
    ...versions.map(({ version, daysAgo }) => ({
      type: 'version.seen' as const,
      model: id,
      version,
      firstEventAt: new Date(now - daysAgo * dayMs).toISOString(),
    })),
  ]);
}

export const demoDays = 30;
const referenceDays = 10;

/** The first ten days are the baseline: nothing has happened yet. */
export function demoReferences(now: number): { model: string; window: Window }[] {
  const from = now - demoDays * dayMs;
  return demoModelList.map(({ id }) => ({ model: id, window: { from, to: from + referenceDays * dayMs } }));
}
