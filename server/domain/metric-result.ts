/** Why a metric has no value although rows exist. Reference: docs/reference/metrics. */
export type InsufficientReason =
  | 'n_below_minimum'
  | 'noise_above_threshold'
  | 'zero_denominator'
  | 'zero_variance'
  | 'single_class'
  | 'group_empty'
  | 'labels_below_coverage'
  | 'too_few_reference_windows';

/** A two-sided interval at `level` (0.95 unless said), computed by the named method. */
export type Interval = { lower: number; upper: number; level: number; method: string };

export type MetricValue = {
  kind: 'value';
  value: number;
  /** Rows of the current window the value rests on. */
  n: number;
  nReference?: number;
  /** null: no honest interval exists; it never empties the value. */
  interval: Interval | null;
  pValue?: number;
  noiseFloor?: number;
  /** Labelled predictions / all predictions of the window, 0 to 1. */
  labelCoverage?: number;
  /** Largest possible distance to the exact value, where the value comes from bins. */
  errorBound?: number;
  /** Everything that moves the number, for example `population_stability_index/1 profile=plumbline zero=add_half log=e`. */
  definition: string;
};

export type MetricInsufficient = {
  kind: 'insufficient_evidence';
  reason: InsufficientReason;
  n: number;
  nMin?: number;
};

export type MetricNoData = { kind: 'no_data' };

/** Never a bare number, never NaN, Infinity or a silent 0. */
export type MetricResult = MetricValue | MetricInsufficient | MetricNoData;

/** Constructor for the commonest shape: a value with its evidence. */
export function metricValue(
  value: number,
  n: number,
  definition: string,
  extra: Partial<Omit<MetricValue, 'kind' | 'value' | 'n' | 'definition'>> = {},
): MetricValue {
  return { kind: 'value', value, n, definition, interval: null, ...extra };
}

export function insufficientEvidence(reason: InsufficientReason, n: number, nMin?: number): MetricInsufficient {
  return nMin === undefined
    ? { kind: 'insufficient_evidence', reason, n }
    : { kind: 'insufficient_evidence', reason, n, nMin };
}

export const noData: MetricNoData = { kind: 'no_data' };
