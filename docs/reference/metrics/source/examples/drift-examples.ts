import { andersonDarling } from '../../../../../server/metrics/drift/anderson-darling.ts';
import { attributionNdcg } from '../../../../../server/metrics/drift/attribution-ndcg.ts';
import { chiSquareContingency } from '../../../../../server/metrics/drift/chi-square-contingency.ts';
import { cramerVonMises } from '../../../../../server/metrics/drift/cramer-von-mises.ts';
import { cramersV } from '../../../../../server/metrics/drift/cramers-v.ts';
import { domainClassifierAuc } from '../../../../../server/metrics/drift/dataset/domain-classifier-auc.ts';
import { fitPca } from '../../../../../server/metrics/drift/dataset/pca-model.ts';
import {
  pcaReconstructionError,
  pcaRowErrors,
} from '../../../../../server/metrics/drift/dataset/pca-reconstruction-error.ts';
import { driftedFeatureShare } from '../../../../../server/metrics/drift/drifted-feature-share.ts';
import { embeddingCentroidDistance } from '../../../../../server/metrics/drift/embeddings/embedding-centroid-distance.ts';
import { maximumMeanDiscrepancy } from '../../../../../server/metrics/drift/embeddings/maximum-mean-discrepancy.ts';
import { energyDistance } from '../../../../../server/metrics/drift/energy-distance.ts';
import { hellingerDistance } from '../../../../../server/metrics/drift/hellinger-distance.ts';
import { jensenShannonDistance } from '../../../../../server/metrics/drift/jensen-shannon-distance.ts';
import { kolmogorovSmirnov } from '../../../../../server/metrics/drift/kolmogorov-smirnov.ts';
import { kullbackLeiblerDivergence } from '../../../../../server/metrics/drift/kullback-leibler-divergence.ts';
import { lInfinityDistance } from '../../../../../server/metrics/drift/l-infinity-distance.ts';
import { populationStabilityIndex } from '../../../../../server/metrics/drift/population-stability-index.ts';
import { totalVariationDistance } from '../../../../../server/metrics/drift/total-variation-distance.ts';
import { twoProportionZ } from '../../../../../server/metrics/drift/two-proportion-z.ts';
import {
  wassersteinDistance,
  wassersteinDistanceNormed,
} from '../../../../../server/metrics/drift/wasserstein-distance.ts';
import { welchT } from '../../../../../server/metrics/drift/welch-t.ts';
import { momentsOf } from '../../../../../server/metrics/support/moments/moments.ts';
import { after, before, columnsAfter, columnsBefore, embeddingsAfter, embeddingsBefore } from './sample-data.ts';

/** Worked examples by metric id: the page prints the body and what it returns. */
export const driftExamples: Record<string, () => unknown> = {
  population_stability_index() {
    return populationStabilityIndex([500, 300, 200], [300, 300, 400]);
  },
  jensen_shannon_distance() {
    return jensenShannonDistance([500, 300, 200], [300, 300, 400]);
  },
  kullback_leibler_divergence() {
    return kullbackLeiblerDivergence([500, 300, 200], [300, 300, 400]);
  },
  hellinger_distance() {
    return hellingerDistance([500, 300, 200], [300, 300, 400]);
  },
  total_variation_distance() {
    return totalVariationDistance([500, 300, 200], [300, 300, 400]);
  },
  l_infinity_distance() {
    return lInfinityDistance([500, 300, 200], [300, 300, 400]);
  },
  kolmogorov_smirnov() {
    return kolmogorovSmirnov(before, after);
  },
  wasserstein_distance() {
    return wassersteinDistance(before, after, { permutation: { seed: 1 }, interval: { seed: 1 } });
  },
  wasserstein_distance_normed() {
    return wassersteinDistanceNormed(before, after, { permutation: { seed: 1 }, interval: { seed: 1 } });
  },
  chi_square_contingency() {
    return chiSquareContingency([500, 300, 200], [300, 300, 400]);
  },
  two_proportion_z() {
    return twoProportionZ({ positive: 130, n: 500 }, { positive: 96, n: 300 });
  },
  cramers_v() {
    return cramersV([500, 300, 200], [300, 300, 400]);
  },
  welch_t() {
    return welchT(momentsOf(before), momentsOf(after));
  },
  energy_distance() {
    return energyDistance(before, after, { permutation: { seed: 1 } });
  },
  anderson_darling() {
    return andersonDarling(before, after);
  },
  cramer_von_mises() {
    return cramerVonMises(before, after);
  },
  domain_classifier_auc() {
    return domainClassifierAuc(columnsBefore, columnsAfter, { seed: 1 });
  },
  pca_reconstruction_error() {
    const model = fitPca(columnsBefore);
    return model === null ? null : pcaReconstructionError(momentsOf(pcaRowErrors(model, columnsAfter)), model);
  },
  embedding_centroid_distance() {
    return embeddingCentroidDistance(embeddingsBefore, embeddingsAfter, { permutation: { seed: 1 } });
  },
  maximum_mean_discrepancy() {
    return maximumMeanDiscrepancy(embeddingsBefore, embeddingsAfter, { seed: 1 });
  },
  attribution_ndcg() {
    const reference = new Map([
      ['income', 0.42],
      ['age', 0.31],
      ['tenure', 0.17],
      ['region', 0.1],
    ]);
    const current = new Map([
      ['income', 0.25],
      ['age', 0.45],
      ['tenure', 0.2],
      ['region', 0.1],
    ]);
    return attributionNdcg({ n: 500, byFeature: reference }, { n: 200, byFeature: current });
  },
  drifted_feature_share() {
    return driftedFeatureShare(['ok', 'breached', 'insufficient_evidence', 'ok']);
  },
};
