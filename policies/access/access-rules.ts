export const accessActions = ['list', 'read', 'ingest', 'create', 'change', 'delete', 'replay', 'operate'] as const;
export type AccessAction = (typeof accessActions)[number];

export const accessSubjects = [
  'Model',
  'Reference',
  'Prediction',
  'Feedback',
  'Fleet',
  'Ingestion',
  'Rejected',
  'Key',
  'Session',
  'Onboarding',
  'Demo',
  'ServiceMetrics',
  'ApiDescription',
] as const;
export type AccessSubject = (typeof accessSubjects)[number];

export type AccessRule = {
  id: string;
  grantedTo: { kind: 'user'; id: string } | { kind: 'key'; scope: string };
  actions: readonly AccessAction[] | 'any';
  subjects: readonly AccessSubject[] | 'any';
  /**
   * For keys that are limited to some models. `required`: the request must name one of them. `when-named`: a name is
   * checked, none is fine because each record is checked later. `unlimited-only`: such keys are refused.
   * `unchecked`: models play no part, or the answer is filtered model by model.
   */
  models: 'required' | 'when-named' | 'unlimited-only' | 'unchecked';
  why: string;
};

/** Everything that anybody may do. What no rule grants is denied; there are no rules that forbid. */
export const accessRules: readonly AccessRule[] = [
  {
    id: 'admin-user',
    grantedTo: { kind: 'user', id: 'admin' },
    actions: 'any',
    subjects: 'any',
    models: 'unchecked',
    why: 'the administrator may do everything',
  },
  {
    id: 'admin-key',
    grantedTo: { kind: 'key', scope: 'admin' },
    actions: 'any',
    subjects: 'any',
    models: 'required',
    why: 'a key with the scope admin may do everything',
  },
  {
    id: 'ingest-key',
    grantedTo: { kind: 'key', scope: 'ingest' },
    actions: ['ingest'],
    subjects: ['Prediction', 'Feedback'],
    models: 'when-named',
    why: 'a key with the scope ingest may send events of its models',
  },
  {
    id: 'read-key-models',
    grantedTo: { kind: 'key', scope: 'read' },
    actions: ['read'],
    subjects: ['Model', 'Reference', 'Rejected'],
    models: 'required',
    why: 'a key with the scope read may read its models',
  },
  {
    id: 'read-key-description',
    grantedTo: { kind: 'key', scope: 'read' },
    actions: ['read'],
    subjects: ['Session', 'ApiDescription'],
    models: 'unchecked',
    why: 'a key with the scope read may read the description of the API',
  },
  {
    id: 'read-key-model-list',
    grantedTo: { kind: 'key', scope: 'read' },
    actions: ['list'],
    subjects: ['Model'],
    models: 'unchecked',
    why: 'a key with the scope read may list its models',
  },
  {
    id: 'read-key-service',
    grantedTo: { kind: 'key', scope: 'read' },
    actions: ['read'],
    subjects: ['Fleet', 'Ingestion', 'ServiceMetrics'],
    models: 'unlimited-only',
    why: 'a key with the scope read may read figures of the whole service',
  },
];
