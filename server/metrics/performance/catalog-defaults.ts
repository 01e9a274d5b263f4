import type { MetricThresholds } from '../../domain/metric-catalog-entry.ts';

/** A measure breaches when it is three (critical five) points below the reference and the interval excludes 0. */
export const measureDefaults: MetricThresholds = { kind: 'difference_to_reference', warning: 0.03, critical: 0.05 };

/** A loss or error breaches when it is 10 % (critical 20 %) above the reference and the interval excludes 0. */
export const lossDefaults: MetricThresholds = { kind: 'relative_difference_to_reference', warning: 0.1, critical: 0.2 };

export const decisionMinimum = '100 labelled rows, and 30 rows in the denominator';
export const classMinimum = '100 labelled rows, and 30 of each class';
