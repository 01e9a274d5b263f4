import { minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';

/** Regression losses carry more information a row than 0/1 outcomes: 30 labelled rows are enough. */
export function regressionMinimum(options: PerformanceOptions): number {
  return minimumEvidence(options, { n: 30 }).n;
}
