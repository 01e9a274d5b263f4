/** What a metric watches; decides which page of the dashboard it is shown on. */
export type MetricFamily = 'drift' | 'performance' | 'fairness' | 'quality' | 'service' | 'estimation' | 'ranking';

/**
 * What a metric can be computed from, cheapest first: `counts` (mergeable tallies), `moments` (mergeable n, mean,
 * squares, min, max), `sketch` (mergeable, with a stated error), `rows` (raw rows, on demand, sampled with a seed).
 */
export type MetricInput = 'counts' | 'moments' | 'sketch' | 'rows';

/** Which way of moving is bad news. */
export type WorseDirection = 'up' | 'down' | 'both';

/** Kind of column or of model that the metric has a meaning for. */
export type MetricTarget =
  | 'numeric'
  | 'categorical'
  | 'embedding'
  | 'attribution'
  | 'dataset'
  | 'binary'
  | 'multiclass'
  | 'regression'
  | 'ranking'
  | 'service';

/** How a default limit is read: on the value itself, on its change against the reference, on the p-value, on an interval end. */
export type ThresholdKind =
  | 'value'
  | 'difference_to_reference'
  | 'relative_difference_to_reference'
  | 'p_value'
  | 'interval_lower'
  | 'standard_deviations';

export type MetricThresholds = { kind: ThresholdKind; warning?: number; critical?: number };

/** One line of the metric catalogue: everything that UI, docs, policies and monitors need to know about a metric. */
export type MetricCatalogEntry = {
  /** snake_case, as in queries and policies: `population_stability_index`. */
  id: string;
  title: string;
  /** The question it answers, as a user would ask it. */
  question: string;
  /** What 0 or no change looks like and what the size means, in one or two sentences. */
  reading: string;
  family: MetricFamily;
  /** Inputs it can be computed from, the preferred one first. */
  inputs: readonly MetricInput[];
  /** Unit of the value: `share`, `nats`, `bits`, `unit of the feature`, `seconds`, … */
  unit: string;
  worse: WorseDirection;
  /** null: no default limit; the value is shown, or limits come from reference windows. */
  defaults: MetricThresholds | null;
  /** The rule below which the result is `insufficient_evidence`, in words. */
  minimum: string;
  /** How uncertainty is given, in words; `none` where no honest interval exists. */
  interval: string;
  /** Paper, book or law, with its DOI where it has one. */
  reference: string;
  appliesTo: readonly MetricTarget[];
  /** Cost in big-O of bins, rows or draws. */
  complexity: string;
};
