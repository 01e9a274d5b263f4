import {
  benjaminiHochberg,
  benjaminiYekutieli,
} from '../../../../server/metrics/support/decision/benjamini-hochberg.ts';
import { noiseFloor, noiseFloorMax } from '../../../../server/metrics/support/decision/noise-floor.ts';
import type { Divergence } from '../../../../server/metrics/support/decision/noise-floor.ts';
import {
  initialPersistence,
  nextPersistence,
  persistenceFalseAlarmRate,
} from '../../../../server/metrics/support/decision/persistence.ts';
import type { MonitorStatus } from '../../../../server/metrics/support/decision/persistence.ts';
import { standardDeviationThreshold } from '../../../../server/metrics/support/decision/standard-deviation-threshold.ts';
import type { ThresholdCentre } from '../../../../server/metrics/support/decision/standard-deviation-threshold.ts';
import { describeGoldenFamily } from './golden-family.ts';

type Sample = { metric: Divergence; threshold: number; bins: number; n_reference: number; n_current: number };
type Family = { p_values: (number | null)[]; q: number };
type Thresholds = { values: number[]; centre: ThresholdCentre; multipliers: number[] };

function limits(input: Thresholds): { lower: number; upper: number }[] {
  return input.multipliers.map((multiplier) => {
    const result = standardDeviationThreshold(input.values, { centre: input.centre, multiplier, windowsMin: 1 });
    if (result.kind !== 'limits') throw new Error(`no limits: ${result.reason}`);
    return result;
  });
}

const rejected = (adjusted: readonly (number | null)[], q: number): boolean[] =>
  adjusted.map((p) => p !== null && p <= q);

describeGoldenFamily('decision', {
  'threshold-minimum-minus-std': (input: Thresholds) => ({ lower: limits(input).map(({ lower }) => lower) }),
  'threshold-mean-three-std': (input: Thresholds) => limits(input)[0],
  'drift-sample-rule': (input: { cases: Sample[] }) => {
    const floors = input.cases.map((one) => noiseFloor(one.bins, one.n_reference, one.n_current));
    const limit = input.cases.map((one) => noiseFloorMax(one.metric, one.threshold));
    return { noise_floor: floors, limit, sufficient: floors.map((floor, i) => floor <= limit[i]) };
  },
  'benjamini-hochberg-ten': ({ p_values, q }: Family) => {
    const adjusted = benjaminiHochberg(p_values);
    return { adjusted, rejected: rejected(adjusted, q) };
  },
  'benjamini-yekutieli-ten': ({ p_values, q }: Family) => {
    const adjusted = benjaminiYekutieli(p_values);
    return { adjusted, rejected: rejected(adjusted, q) };
  },
  'benjamini-hochberg-skips-insufficient': ({ p_values }: Family) => ({ adjusted: benjaminiHochberg(p_values) }),
  'k-of-m-false-alarm': (input: { cases: { k: number; m: number; a: number }[] }) => ({
    values: input.cases.map(({ k, m, a }) => persistenceFalseAlarmRate(k, m, a)),
  }),
  'persistence-three-of-five': (input: {
    monitor_results: MonitorStatus[];
    k: number;
    m: number;
    clear_after: number;
  }) => {
    let state = initialPersistence;
    const states = input.monitor_results.map((status) => {
      state = nextPersistence(state, status, { k: input.k, m: input.m, clearAfter: input.clear_after });
      return state.state;
    });
    return { states };
  },
});
