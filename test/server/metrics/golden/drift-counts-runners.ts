import { chiSquareTest } from '../../../../server/metrics/drift/chi-square-contingency.ts';
import { cramersVOf } from '../../../../server/metrics/drift/cramers-v.ts';
import { hellingerDistanceOf } from '../../../../server/metrics/drift/hellinger-distance.ts';
import { jensenShannonDistanceOf } from '../../../../server/metrics/drift/jensen-shannon-distance.ts';
import { kolmogorovSmirnovBracket } from '../../../../server/metrics/drift/kolmogorov-smirnov-from-counts.ts';
import { kullbackLeiblerDivergenceOf } from '../../../../server/metrics/drift/kullback-leibler-divergence.ts';
import { lInfinityDistanceOf } from '../../../../server/metrics/drift/l-infinity-distance.ts';
import {
  populationStabilityIndex,
  populationStabilityIndexOf,
} from '../../../../server/metrics/drift/population-stability-index.ts';
import { totalVariationDistanceOf } from '../../../../server/metrics/drift/total-variation-distance.ts';
import { twoProportionZOf, twoSidedNormalP } from '../../../../server/metrics/drift/two-proportion-z.ts';
import type { Proportion } from '../../../../server/metrics/drift/two-proportion-z.ts';
import { wassersteinDistanceFromCountsOf } from '../../../../server/metrics/drift/wasserstein-distance-from-counts.ts';
import { welchTest } from '../../../../server/metrics/drift/welch-t.ts';
import {
  deepchecksCramersV,
  deepchecksPsi,
} from '../../../../server/metrics/drift/profiles/deepchecks-column-drift.ts';
import {
  chiSquareGoodnessOfFit,
  evidentlyHellinger,
  evidentlyJensenShannon,
  evidentlyKullbackLeibler,
  evidentlyPsi,
  gTest,
} from '../../../../server/metrics/drift/profiles/evidently-divergences.ts';
import { nannymlJensenShannon } from '../../../../server/metrics/drift/profiles/nannyml-column-drift.ts';
import { yatesChiSquare } from '../../../../server/metrics/drift/profiles/yates-chi-square.ts';
import { occupiedBins } from '../../../../server/metrics/drift/count-totals.ts';
import { emptyMoments } from '../../../../server/metrics/support/moments/moments.ts';
import type { GoldenRunner } from './golden-family.ts';

type Counts = { reference_counts: number[]; current_counts: number[] };
type Sides = { reference: number[]; current: number[]; edges: null };
type GoldenMoments = { n: number; mean: number; m2: number };

const sides = ({ reference_counts, current_counts }: Counts): Sides => ({
  reference: reference_counts,
  current: current_counts,
  edges: null,
});

/** A case that holds for several profiles must come out the same under each of them. */
function agreed(values: number[]): number {
  const [first] = values;
  if (values.some((value) => Math.abs(value - first) > 1e-12 + 1e-9 * Math.abs(first))) {
    throw new Error(`profiles disagree: ${values.join(', ')}`);
  }
  return first;
}

const value = (measure: (r: number[], c: number[]) => number) => (input: Counts) => ({
  value: measure(input.reference_counts, input.current_counts),
});
const evidently = (measure: (counts: Sides) => number) => (input: Counts) => ({ value: measure(sides(input)) });
const evidentlyP = (measure: (counts: Sides) => number) => (input: Counts) => ({ p_value: measure(sides(input)) });

function unsmoothed({ reference_counts: r, current_counts: c }: Counts): Record<string, number> {
  return {
    population_stability_index: populationStabilityIndexOf(r, c),
    kullback_leibler_divergence: kullbackLeiblerDivergenceOf(r, c),
    jensen_shannon_distance: jensenShannonDistanceOf(r, c),
    hellinger_distance: hellingerDistanceOf(r, c),
    total_variation_distance: totalVariationDistanceOf(r, c),
    l_infinity_distance: lInfinityDistanceOf(r, c),
  };
}

function contingency({ reference_counts: r, current_counts: c }: Counts): Record<string, number> {
  const { statistic, degreesOfFreedom, pValue } = chiSquareTest(r, c);
  return {
    statistic: occupiedBins(r, c) > 2 ? agreed([statistic, yatesChiSquare(r, c).statistic]) : statistic,
    degrees_of_freedom: degreesOfFreedom,
    p_value: pValue,
    yates_statistic: yatesChiSquare(r, c).statistic,
    yates_p_value: yatesChiSquare(r, c).pValue,
    cramers_v: cramersVOf(r, c),
  };
}

/** Golden counts have regular bins only: empty underflow and overflow are added behind them. */
const withSpecialBins = (counts: number[]): number[] => [...counts, 0, 0];

export const driftCountsRunners: Record<string, GoldenRunner> = {
  'chi-square-goodness-of-fit-six-values': evidentlyP(chiSquareGoodnessOfFit),
  'chi-square-goodness-of-fit-nominal-three': evidentlyP(chiSquareGoodnessOfFit),
  'g-test-raw-counts': evidentlyP(gTest),
  'hellinger-six-values': evidently(evidentlyHellinger),
  'psi-six-values': evidently(evidentlyPsi),
  'psi-nominal-three': (input: Counts) => ({
    value: agreed([evidentlyPsi(sides(input)), deepchecksPsi(input.reference_counts, input.current_counts)]),
  }),
  'kl-six-values': evidently(evidentlyKullbackLeibler),
  'jensen-shannon-six-values-natural': evidently(evidentlyJensenShannon),
  'jensen-shannon-nominal-three-natural': evidently(evidentlyJensenShannon),
  'jensen-shannon-nominal-three-base2': (input: Counts) => ({
    value: agreed([
      jensenShannonDistanceOf(input.reference_counts, input.current_counts),
      nannymlJensenShannon(sides(input)),
    ]),
  }),
  'chi-square-contingency-nominal-three': contingency,
  'chi-square-two-by-two': contingency,
  'chi-square-and-cramers-v-six-categories': contingency,
  'cramers-v-nominal-three': (input: Counts) => ({
    value: agreed([
      cramersVOf(input.reference_counts, input.current_counts),
      deepchecksCramersV(input.reference_counts, input.current_counts),
    ]),
  }),
  'cramers-v-never-negative': value(cramersVOf),
  'l-infinity-new-category': value(lInfinityDistanceOf),
  'l-infinity-single-category': value(lInfinityDistanceOf),
  'psi-add-half': ({ reference_counts: r, current_counts: c }: Counts) => {
    const result = populationStabilityIndex(r, c, { threshold: 1 });
    if (result.kind !== 'value') throw new Error(`no value: ${result.kind}`);
    const n = r.reduce((sum, count) => sum + count, 0);
    return {
      bins_used: occupiedBins(r, c),
      value: agreed([result.value, populationStabilityIndexOf(r, c)]),
      noise_floor: result.noiseFloor,
      chi_square: result.value / (1 / n + 1 / result.n),
      p_value: result.pValue,
    };
  },
  'kl-add-half': ({ reference_counts: r, current_counts: c }: Counts) => ({
    value: kullbackLeiblerDivergenceOf(r, c),
    current_from_reference: kullbackLeiblerDivergenceOf(c, r),
  }),
  'unsmoothed-distances-eight-bins': unsmoothed,
  'identical-counts-are-zero': unsmoothed,
  'disjoint-counts-reach-the-bounds': unsmoothed,
  'ks-bracket-from-bins': ({ reference_counts: r, current_counts: c }: Counts) =>
    kolmogorovSmirnovBracket(withSpecialBins(r), withSpecialBins(c), r.length),
  'wasserstein-from-bins': ({ edges, reference_counts: r, current_counts: c }: Counts & { edges: number[] }) =>
    wassersteinDistanceFromCountsOf({
      edges,
      reference: withSpecialBins(r),
      current: withSpecialBins(c),
      min: edges[0],
      max: edges[edges.length - 1],
    }),
  'welch-t-from-moments': (input: { reference: GoldenMoments; current: GoldenMoments }) => {
    const test = welchTest({ ...emptyMoments(), ...input.reference }, { ...emptyMoments(), ...input.current });
    return {
      statistic: test?.statistic,
      degrees_of_freedom: test?.degreesOfFreedom,
      p_value: test?.pValue,
      glass_delta: test?.glassDelta,
    };
  },
  'two-proportion-z': (input: { reference: Proportion; current: Proportion }) => {
    const statistic = twoProportionZOf(input.reference, input.current);
    return { statistic, p_value: twoSidedNormalP(statistic) };
  },
};
