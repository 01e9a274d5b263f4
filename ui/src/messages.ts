import type { HealthStatus } from '../../server/schemas/fleet.schema.ts';
import type { MetricResultWire } from '../../server/schemas/metric-result.schema.ts';

export const STATUS_WORDS: Record<HealthStatus, string> = {
  ok: 'OK',
  warning: 'Warning',
  critical: 'Critical',
  insufficient_evidence: 'Too little data',
  no_data: 'No data',
  stale: 'Stale',
};

const INSUFFICIENT: Record<string, string> = {
  n_below_minimum: 'too few rows',
  noise_above_threshold: 'noise would hide a change of this size',
  zero_denominator: 'nothing to divide by',
  zero_variance: 'the reference does not vary',
  single_class: 'only one class in the window',
  group_empty: 'the group is empty',
  labels_below_coverage: 'too few labels yet',
  too_few_reference_windows: 'too few reference windows',
};

/** Why there is no number, in words a reader can act on. */
export function insufficientText(result: MetricResultWire): string {
  if (result.n !== undefined && result.nMin !== undefined && result.n < result.nMin) {
    return `n = ${result.n} of ${result.nMin} needed`;
  }
  return INSUFFICIENT[result.reason ?? ''] ?? 'too little evidence';
}

export const TASK_WORDS: Record<string, string> = {
  binary: 'Binary classifier',
  multiclass: 'Multiclass classifier',
  regression: 'Regression',
};

export const MESSAGES = {
  noData: 'no data',
  none: 'none',
  noReference: 'no reference',
  noLabels: 'no labels yet',
  signIn: {
    title: 'Sign in with the one-time link',
    how: 'Open the one-time link that `plumbline serve` printed; every start prints a new one.',
    field: 'Or paste the token of the link',
    button: 'Sign in',
    empty: 'Paste the part of the link after “t=”.',
  },
  unreachable: {
    title: 'The server does not answer',
    how: 'Plumbline is not running at this address, or the network is down. This page keeps trying.',
  },
  doors: {
    title: 'Nothing is being watched yet',
    lead: 'Three ways to see your first model here. A model registers itself with its first event.',
    send: 'Send data',
    sendHow: 'One request is enough. Run this where your model runs.',
    file: 'Import a file',
    fileHow: 'CSV, NDJSON or Parquet with a header. The import proposes a mapping and asks before it writes.',
    demo: 'Load the demo',
    demoHow:
      'Three models, thirty days and a few planted troubles, in a directory of its own that is deleted at the end.',
  },
  waiting: 'Waiting for the first event',
  waitingMore: 'Waiting for your event',
  demoSteps: [
    'Find the model that is not well, and read why in one clause.',
    'Open its heatmap: the row that turned dark is the feature that moved.',
    'Open a cell and see which segment the shift comes from.',
    'Press “Break it” and watch the row change without a reload.',
    'Send an event of your own.',
  ],
} as const;
