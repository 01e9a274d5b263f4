import { andersonDarling } from '../../../server/metrics/drift/anderson-darling.ts';
import { attributionNdcgOf } from '../../../server/metrics/drift/attribution-ndcg.ts';
import { chiSquareTest } from '../../../server/metrics/drift/chi-square-contingency.ts';
import { cramerVonMisesTest } from '../../../server/metrics/drift/cramer-von-mises.ts';
import { cramersVOf } from '../../../server/metrics/drift/cramers-v.ts';
import { domainClassifierAuc } from '../../../server/metrics/drift/dataset/domain-classifier-auc.ts';
import type { FeatureColumn } from '../../../server/metrics/drift/dataset/feature-column.ts';
import { fitPca } from '../../../server/metrics/drift/dataset/pca-model.ts';
import {
  pcaReconstructionError,
  pcaRowErrors,
} from '../../../server/metrics/drift/dataset/pca-reconstruction-error.ts';
import { embeddingCentroidDistance } from '../../../server/metrics/drift/embeddings/embedding-centroid-distance.ts';
import { maximumMeanDiscrepancy } from '../../../server/metrics/drift/embeddings/maximum-mean-discrepancy.ts';
import { energyDistanceOf } from '../../../server/metrics/drift/energy-distance.ts';
import { hellingerDistanceOf } from '../../../server/metrics/drift/hellinger-distance.ts';
import { jensenShannonDistanceOf } from '../../../server/metrics/drift/jensen-shannon-distance.ts';
import {
  EXACT_CELLS_MAX_DEFAULT,
  kolmogorovSmirnovAsymptoticP,
  kolmogorovSmirnovExactP,
} from '../../../server/metrics/drift/kolmogorov-smirnov-p-value.ts';
import { kolmogorovSmirnovStatistic } from '../../../server/metrics/drift/kolmogorov-smirnov.ts';
import { kullbackLeiblerDivergenceOf } from '../../../server/metrics/drift/kullback-leibler-divergence.ts';
import { lInfinityDistanceOf } from '../../../server/metrics/drift/l-infinity-distance.ts';
import {
  populationStabilityIndex,
  populationStabilityIndexOf,
} from '../../../server/metrics/drift/population-stability-index.ts';
import { totalVariationDistanceOf } from '../../../server/metrics/drift/total-variation-distance.ts';
import { twoProportionZOf, twoSidedNormalP } from '../../../server/metrics/drift/two-proportion-z.ts';
import {
  wassersteinDistanceNormed,
  wassersteinDistanceOf,
} from '../../../server/metrics/drift/wasserstein-distance.ts';
import { welchT } from '../../../server/metrics/drift/welch-t.ts';
import { momentsOf } from '../../../server/metrics/support/moments/moments.ts';
import { sortedFinite } from '../../../server/metrics/support/numerics/sorted-finite.ts';
import type { Answer, Inputs, Measure, MeasureOf } from '../measure.ts';
import { pValueOf, valueOf } from './plain-value.ts';

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

const ofCounts = (
  key: string,
  metric: string,
  library: string,
  ours: (reference: number[], current: number[]) => Answer,
): MeasureOf<'counts'> => ({
  key,
  kind: 'counts',
  metric,
  library,
  ours: ({ reference, current }) => ours(reference, current),
  // Tails of chi-square down to 10⁻³⁰⁰ are compared on their own scale.
  floor: 1e-290,
});

const ofSorted = (
  key: string,
  metric: string,
  library: string,
  ours: (reference: Float64Array, current: Float64Array) => Answer,
  more: Pick<MeasureOf<'samples'>, 'bound' | 'floor' | 'why'> = {},
): MeasureOf<'samples'> => ({
  key,
  kind: 'samples',
  metric,
  library,
  ours: ({ reference, current }) => ours(sortedFinite(reference), sortedFinite(current)),
  ...more,
});

const columnsOf = (rows: number[][]): FeatureColumn[] =>
  rows[0].map((_, c) => ({ name: `x${c}`, kind: 'numeric', values: rows.map((row) => row[c]) }));

function pcaErrorOf({ reference, current }: Inputs['vectors']): number | null {
  const model = fitPca(columnsOf(reference));
  return model === null
    ? null
    : valueOf(pcaReconstructionError(momentsOf(pcaRowErrors(model, columnsOf(current))), model));
}

function exactCramerVonMises(reference: Float64Array, current: Float64Array): number | null {
  const { method, pValue } = cramerVonMisesTest(reference, current);
  return method === 'exact' ? pValue : null;
}

function asymptoticCramerVonMises(reference: Float64Array, current: Float64Array): number | null {
  const { method, pValue } = cramerVonMisesTest(reference, current);
  return method === 'asymptotic' ? pValue : null;
}

const countMeasures: Measure[] = [
  ofCounts('psi', 'population_stability_index', 'scipy.stats.entropy, both ways', populationStabilityIndexOf),
  ofCounts('psi_p', 'population_stability_index', 'scipy.stats.chi2.sf', (r, c) =>
    pValueOf(populationStabilityIndex(r, c, { threshold: 100 })),
  ),
  ofCounts('js', 'jensen_shannon_distance', 'scipy.spatial.distance.jensenshannon', jensenShannonDistanceOf),
  ofCounts('kl', 'kullback_leibler_divergence', 'scipy.stats.entropy', kullbackLeiblerDivergenceOf),
  ofCounts('hellinger', 'hellinger_distance', 'numpy', hellingerDistanceOf),
  ofCounts('tvd', 'total_variation_distance', 'scipy.spatial.distance.cityblock', totalVariationDistanceOf),
  ofCounts('l_infinity', 'l_infinity_distance', 'scipy.spatial.distance.chebyshev', lInfinityDistanceOf),
  ofCounts('chi_square', 'chi_square_contingency', 'scipy.stats.chi2_contingency', (r, c) => {
    const { statistic, pValue } = chiSquareTest(r, c);
    return [statistic, pValue];
  }),
  ofCounts('cramers_v', 'cramers_v', 'scipy.stats.chi2_contingency and numpy', cramersVOf),
  ofCounts('z', 'two_proportion_z', 'scipy.stats.chi2_contingency', (r, c) => {
    const z = twoProportionZOf({ positive: r[0], n: sum(r) }, { positive: c[0], n: sum(c) });
    return [z, twoSidedNormalP(z)];
  }),
];

const sampleMeasures: Measure[] = [
  ofSorted('ks', 'kolmogorov_smirnov', 'scipy.stats.ks_2samp', kolmogorovSmirnovStatistic),
  ofSorted(
    'ks_exact_p',
    'kolmogorov_smirnov',
    'scipy.stats.ks_2samp(method="exact")',
    (r, c) => kolmogorovSmirnovExactP(kolmogorovSmirnovStatistic(r, c), r.length, c.length),
    { floor: 1e-4, why: 'absolute 1e-13: 1 − A has no digits below' },
  ),
  ofSorted(
    'ks_asymptotic_p',
    'kolmogorov_smirnov',
    'scipy.stats.ks_2samp(method="asymp")',
    (r, c) =>
      r.length * c.length > EXACT_CELLS_MAX_DEFAULT
        ? kolmogorovSmirnovAsymptoticP(kolmogorovSmirnovStatistic(r, c), r.length, c.length)
        : null,
    {
      bound: 0.05,
      floor: 0.01,
      why: 'SciPy takes the exact one-sample law at a rounded n; ours is the limit, on the safe side',
    },
  ),
  ofSorted('wasserstein', 'wasserstein_distance', 'scipy.stats.wasserstein_distance', wassersteinDistanceOf),
  {
    key: 'wasserstein_normed',
    kind: 'samples',
    metric: 'wasserstein_distance_normed',
    library: 'scipy.stats.wasserstein_distance',
    ours: ({ reference, current }) => valueOf(wassersteinDistanceNormed(reference, current, { rowsMin: 1 })),
  },
  ofSorted('energy', 'energy_distance', 'scipy.stats.energy_distance', energyDistanceOf),
  ofSorted('cvm', 'cramer_von_mises', 'scipy.stats.cramervonmises_2samp', (r, c) => cramerVonMisesTest(r, c).statistic),
  {
    ...ofSorted('cvm_p', 'cramer_von_mises', 'scipy.stats.cramervonmises_2samp', asymptoticCramerVonMises),
    bound: 2e-6,
    floor: 0.1,
    why: 'absolute 2e-7: the series of both sides is trusted no further',
  },
  ofSorted('cvm_exact_p', 'cramer_von_mises', 'scipy.stats.cramervonmises_2samp(method="exact")', exactCramerVonMises),
  {
    key: 'ad',
    kind: 'samples',
    metric: 'anderson_darling',
    library: 'scipy.stats.anderson_ksamp',
    ours: ({ reference, current }) => valueOf(andersonDarling(reference, current)),
  },
  {
    key: 'ad_p',
    kind: 'samples',
    metric: 'anderson_darling',
    library: 'scipy.stats.anderson_ksamp',
    ours: ({ reference, current }) => pValueOf(andersonDarling(reference, current)),
  },
  {
    key: 'welch',
    kind: 'samples',
    metric: 'welch_t',
    library: 'scipy.stats.ttest_ind(equal_var=False)',
    ours: ({ reference, current }) => {
      const result = welchT(momentsOf(reference), momentsOf(current));
      if (result.kind !== 'value' || result.interval === null) return null;
      return [result.value, result.pValue ?? null, result.interval.lower, result.interval.upper];
    },
    loose: {
      cases: ['samples: a thousand millions away'],
      bound: 1e-4,
      why: 'near 10⁹ a double holds the difference of two means to some 1e-6',
    },
  },
];

const vectorMeasures: Measure[] = [
  {
    key: 'mmd',
    kind: 'vectors',
    metric: 'maximum_mean_discrepancy',
    library: 'sklearn.metrics.pairwise.rbf_kernel',
    ours: ({ reference, current }) => valueOf(maximumMeanDiscrepancy(reference, current, { seed: 1, draws: 0 })),
  },
  {
    key: 'centroid',
    kind: 'vectors',
    metric: 'embedding_centroid_distance',
    library: 'numpy.linalg.norm',
    ours: ({ reference, current }) => valueOf(embeddingCentroidDistance(reference, current)),
  },
  {
    key: 'centroid_cosine',
    kind: 'vectors',
    metric: 'embedding_centroid_distance',
    library: 'scipy.spatial.distance.cosine',
    ours: ({ reference, current }) => valueOf(embeddingCentroidDistance(reference, current, { geometry: 'cosine' })),
  },
  {
    key: 'pca',
    kind: 'vectors',
    metric: 'pca_reconstruction_error',
    library: 'sklearn.decomposition.PCA',
    ours: pcaErrorOf,
  },
  {
    key: 'classifier_auc',
    kind: 'vectors',
    metric: 'domain_classifier_auc',
    library: 'sklearn.linear_model.LogisticRegression',
    ours: ({ reference, current }) =>
      valueOf(domainClassifierAuc(columnsOf(reference), columnsOf(current), { seed: 1 })),
    bound: 0.06,
    why: 'other folds: the same five-fold AUC of another shuffle',
  },
  {
    key: 'ndcg',
    kind: 'attributions',
    metric: 'attribution_ndcg',
    library: 'sklearn.metrics.ndcg_score',
    ours: ({ reference, current }) => {
      const named = (values: number[]) => new Map(values.map((value, i) => [`f${String(i).padStart(2, '0')}`, value]));
      return attributionNdcgOf(named(reference), named(current));
    },
  },
];

export const driftMeasures: readonly Measure[] = [...countMeasures, ...sampleMeasures, ...vectorMeasures];
