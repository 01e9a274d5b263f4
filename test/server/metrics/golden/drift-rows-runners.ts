import { andersonDarlingP } from '../../../../server/metrics/drift/anderson-darling-p-value.ts';
import { andersonDarlingStatistic } from '../../../../server/metrics/drift/anderson-darling.ts';
import { attributionNdcgOf } from '../../../../server/metrics/drift/attribution-ndcg.ts';
import { cramerVonMisesTest } from '../../../../server/metrics/drift/cramer-von-mises.ts';
import { separationEvidence } from '../../../../server/metrics/drift/dataset/domain-classifier-auc.ts';
import type { FeatureColumn } from '../../../../server/metrics/drift/dataset/feature-column.ts';
import { fitPca } from '../../../../server/metrics/drift/dataset/pca-model.ts';
import { pcaRowErrors } from '../../../../server/metrics/drift/dataset/pca-reconstruction-error.ts';
import {
  centroidDistanceOf,
  centroidOf,
} from '../../../../server/metrics/drift/embeddings/embedding-centroid-distance.ts';
import { discrepancyOf, pooledKernel } from '../../../../server/metrics/drift/embeddings/maximum-mean-discrepancy.ts';
import { energyDistance, energyDistanceOf } from '../../../../server/metrics/drift/energy-distance.ts';
import {
  kolmogorovSmirnovAsymptoticP,
  kolmogorovSmirnovExactP,
} from '../../../../server/metrics/drift/kolmogorov-smirnov-p-value.ts';
import { kolmogorovSmirnov } from '../../../../server/metrics/drift/kolmogorov-smirnov.ts';
import { deepchecksScaledWasserstein } from '../../../../server/metrics/drift/profiles/deepchecks-column-drift.ts';
import { eppsSingleton } from '../../../../server/metrics/drift/profiles/epps-singleton.ts';
import {
  evidentlyHellingerBins,
  evidentlyNumericBins,
} from '../../../../server/metrics/drift/profiles/evidently-bins.ts';
import {
  evidentlyHellinger,
  evidentlyJensenShannon,
  evidentlyKullbackLeibler,
  evidentlyPsi,
} from '../../../../server/metrics/drift/profiles/evidently-divergences.ts';
import { frourosDistances } from '../../../../server/metrics/drift/profiles/frouros-distances.ts';
import { mannWhitneyLess } from '../../../../server/metrics/drift/profiles/mann-whitney.ts';
import { nannymlContinuousBins } from '../../../../server/metrics/drift/profiles/nannyml-bins.ts';
import {
  nannymlHellinger,
  nannymlJensenShannon,
} from '../../../../server/metrics/drift/profiles/nannyml-column-drift.ts';
import { sharesOf } from '../../../../server/metrics/drift/profiles/share-divergences.ts';
import { studentT } from '../../../../server/metrics/drift/profiles/student-t.ts';
import {
  wassersteinDistance,
  wassersteinDistanceNormed,
  wassersteinDistanceOf,
} from '../../../../server/metrics/drift/wasserstein-distance.ts';
import { welchTest } from '../../../../server/metrics/drift/welch-t.ts';
import { momentsOf } from '../../../../server/metrics/support/moments/moments.ts';
import { sortedFinite } from '../../../../server/metrics/support/numerics/sorted-finite.ts';
import { kolmogorovUpperTail } from '../../../../server/metrics/support/special-functions/kolmogorov-upper-tail.ts';
import { valueOf } from './evidence-off.ts';
import type { GoldenRunner } from './golden-family.ts';

type Rows = { reference: number[]; current: number[] };
type Vectors = { reference: number[][]; current: number[][] };
type Sizes = { statistic: number; n_reference: number; n_current: number };

const sorted = ({ reference, current }: Rows): [Float64Array, Float64Array] => [
  sortedFinite(reference),
  sortedFinite(current),
];

function smirnov({ reference, current }: Rows): unknown {
  const result = kolmogorovSmirnov(reference, current, { rowsMin: 1 });
  if (result.kind !== 'value') throw new Error(`no value: ${result.kind}`);
  const exact = kolmogorovSmirnovExactP(result.value, reference.length, current.length);
  return { statistic: result.value, p_value: exact === result.pValue ? exact : null };
}

function andersonDarling(rows: Rows): unknown {
  const statistic = andersonDarlingStatistic(...sorted(rows));
  if (statistic === null) throw new Error('no statistic');
  return {
    a2: statistic.aSquared,
    standardised_statistic: statistic.standardised,
    p_value: andersonDarlingP(statistic.standardised),
    student_t_p_value: studentT(momentsOf(rows.reference), momentsOf(rows.current))?.pValue,
  };
}

function evidentlyDivergences({ reference, current }: Rows): unknown {
  const counts = evidentlyNumericBins(reference, current);
  return {
    population_stability_index: evidentlyPsi(counts),
    kullback_leibler_divergence: evidentlyKullbackLeibler(counts),
    jensen_shannon_distance: evidentlyJensenShannon(counts),
    hellinger_distance: evidentlyHellinger(evidentlyHellingerBins(reference, current)),
  };
}

function frouros(rows: Rows): unknown {
  const distances = frourosDistances(rows.reference, rows.current);
  return {
    population_stability_index: distances?.populationStabilityIndex,
    hellinger_distance: distances?.hellinger,
    jensen_shannon_distance: distances?.jensenShannon,
    bhattacharyya_distance: distances?.bhattacharyya,
    histogram_intersection_complement: distances?.histogramIntersectionComplement,
    wasserstein_distance: wassersteinDistanceOf(...sorted(rows)),
    energy_distance: energyDistanceOf(...sorted(rows)),
  };
}

const columnsOf = (rows: number[][]): FeatureColumn[] =>
  rows[0].map((_, c) => ({ name: `x${c}`, kind: 'numeric', values: rows.map((row) => row[c]) }));

function reconstruction({ reference, current }: Vectors): unknown {
  const model = fitPca(columnsOf(reference));
  if (model === null) throw new Error('no model');
  return {
    components: model.components.length,
    explained_variance_share: model.explainedShare,
    reference_mean_error: momentsOf(pcaRowErrors(model, columnsOf(reference))).mean,
    current_mean_error: momentsOf(pcaRowErrors(model, columnsOf(current))).mean,
  };
}

function embeddings({ reference, current }: Vectors): unknown {
  const kernel = pooledKernel([...reference, ...current]);
  if (kernel === null) throw new Error('no kernel');
  const centroids = [centroidOf(reference), centroidOf(current)] as const;
  return {
    embedding_centroid_distance: centroidDistanceOf(...centroids, 'euclidean'),
    embedding_centroid_cosine_distance: centroidDistanceOf(...centroids, 'cosine'),
    bandwidth: kernel.bandwidth,
    maximum_mean_discrepancy_squared: discrepancyOf(
      kernel,
      reference.map((_, i) => i),
    ),
  };
}

const cramerVonMises = (rows: Rows): unknown => {
  const { statistic, pValue } = cramerVonMisesTest(...sorted(rows));
  return { statistic, p_value: pValue };
};

export const driftRowsRunners: Record<string, GoldenRunner> = {
  'sturges-bins-pooled-shifted-25': ({ reference, current }: Rows) => {
    const counts = evidentlyNumericBins(reference, current);
    return {
      edges: counts.edges,
      reference_shares: sharesOf(counts.reference),
      current_shares: sharesOf(counts.current),
    };
  },
  'divergences-shifted-25-evidently': evidentlyDivergences,
  'divergences-five-distinct-values': evidentlyDivergences,
  'divergences-shifted-25-nannyml': ({ reference, current }: Rows) => {
    const counts = nannymlContinuousBins(reference, current);
    return {
      edges: counts.edges,
      reference_counts: counts.reference,
      current_counts: counts.current,
      jensen_shannon_distance: nannymlJensenShannon(counts),
      hellinger_distance: nannymlHellinger(counts),
    };
  },
  'tests-shifted-25': (rows: Rows) => ({
    energy_distance: energyDistanceOf(...sorted(rows)),
    student_t_p_value: studentT(momentsOf(rows.reference), momentsOf(rows.current))?.pValue,
    welch_t: welchTest(momentsOf(rows.reference), momentsOf(rows.current))?.statistic,
    cramer_von_mises_p_value: cramerVonMisesTest(...sorted(rows)).pValue,
    epps_singleton_p_value: eppsSingleton(rows.reference, rows.current),
    mann_whitney_less_p_value: mannWhitneyLess(rows.reference, rows.current),
  }),
  'anderson-darling-and-t-eight-values': andersonDarling,
  'anderson-darling-with-ties': andersonDarling,
  'distances-two-normals-100': frouros,
  'distances-same-normal-500': frouros,
  'scaled-earth-movers-distance-ones-zeros': ({ reference, current }: Rows) => ({
    value: deepchecksScaledWasserstein(reference, current),
  }),
  'scaled-earth-movers-distance-shifted': ({ reference, current }: Rows) => ({
    value: deepchecksScaledWasserstein(reference, current),
  }),
  'ks-exact-unequal-sizes': smirnov,
  'ks-exact-with-ties': smirnov,
  'ks-asymptotic': ({ cases }: { cases: Sizes[] }) => ({
    p_value: cases.map((one) => kolmogorovSmirnovAsymptoticP(one.statistic, one.n_reference, one.n_current)),
    // The correction that Plumbline does not use, for comparison.
    p_value_stephens: cases.map(({ statistic, n_reference: n, n_current: m }) => {
      const root = Math.sqrt((n * m) / (n + m));
      return kolmogorovUpperTail((root + 0.12 + 0.11 / root) * statistic);
    }),
  }),
  'wasserstein-unequal-sizes': ({ reference, current }: Rows) => ({
    value: valueOf(wassersteinDistance(reference, current, { rowsMin: 1 })),
    normed: valueOf(wassersteinDistanceNormed(reference, current, { rowsMin: 1 })),
  }),
  'energy-distance-unequal-sizes': ({ reference, current }: Rows) => ({
    value: valueOf(energyDistance(reference, current, { rowsMin: 1 })),
  }),
  'cramer-von-mises-exact-and-asymptotic': (input: { exact: Rows; asymptotic: Rows }) => ({
    exact: cramerVonMises(input.exact),
    asymptotic: cramerVonMises(input.asymptotic),
  }),
  'embedding-centroid-and-mmd': embeddings,
  'pca-reconstruction-error': reconstruction,
  'attribution-ndcg-four-features': (input: Record<string, Record<string, number>>) => ({
    value: attributionNdcgOf(
      new Map(Object.entries(input.reference_attributions)),
      new Map(Object.entries(input.current_attributions)),
    ),
  }),
  'domain-classifier-auc-out-of-fold': (input: { origin: number[]; out_of_fold_scores: number[] }) => {
    const { value, standardError, z, pValue } = separationEvidence(input.out_of_fold_scores, input.origin);
    return { value, standard_error: standardError, z, p_value: pValue };
  },
};
