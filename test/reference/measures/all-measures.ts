import type { Measure } from '../measure.ts';
import { driftMeasures } from './drift-measures.ts';
import { estimationMeasures } from './estimation-measures.ts';
import { fairnessMeasures } from './fairness-measures.ts';
import { numberMeasures } from './number-measures.ts';
import { performanceMeasures } from './performance-measures.ts';
import { profileMeasures } from './profile-measures.ts';
import { valueMeasures } from './value-measures.ts';

/** Everything that is compared with a Python library. */
export const allMeasures: readonly Measure[] = [
  ...driftMeasures,
  ...profileMeasures,
  ...performanceMeasures,
  ...valueMeasures,
  ...fairnessMeasures,
  ...estimationMeasures,
  ...numberMeasures,
];

/** Where a library of today has other rules than the profile that Plumbline keeps; said, not compared. */
export const knownToDiffer: readonly string[] = [
  'eddm: river 0.26 takes the standard deviation of the distances with ddof 1, the profile with ddof 0',
  'adwin, profile river: river 0.26 walks all buckets; the profile leaves the newest of each row out, as river did before',
  'page_hinkley: river fades the sum and subtracts its smallest value, Plumbline fades the difference; equal at alpha 1',
];
