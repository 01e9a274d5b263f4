import { andersonDarling } from '../../../server/metrics/drift/anderson-darling.ts';
import { energyDistanceOf } from '../../../server/metrics/drift/energy-distance.ts';
import { kolmogorovSmirnovExactP } from '../../../server/metrics/drift/kolmogorov-smirnov-p-value.ts';
import { kolmogorovSmirnovStatistic } from '../../../server/metrics/drift/kolmogorov-smirnov.ts';
import { eppsSingleton } from '../../../server/metrics/drift/profiles/epps-singleton.ts';
import {
  evidentlyCategoricalBins,
  evidentlyHellingerBins,
  evidentlyNumericBins,
} from '../../../server/metrics/drift/profiles/evidently-bins.ts';
import type { PairedCounts } from '../../../server/metrics/drift/profiles/evidently-bins.ts';
import {
  chiSquareGoodnessOfFit,
  evidentlyHellinger,
  evidentlyJensenShannon,
  evidentlyKullbackLeibler,
  evidentlyPsi,
} from '../../../server/metrics/drift/profiles/evidently-divergences.ts';
import { mannWhitneyLess } from '../../../server/metrics/drift/profiles/mann-whitney.ts';
import {
  nannymlCategoricalDrift,
  nannymlContinuousDrift,
} from '../../../server/metrics/drift/profiles/nannyml-column-drift.ts';
import type {
  NannymlCategorical,
  NannymlContinuous,
} from '../../../server/metrics/drift/profiles/nannyml-column-drift.ts';
import { studentT } from '../../../server/metrics/drift/profiles/student-t.ts';
import { twoProportionZOf, twoSidedNormalP } from '../../../server/metrics/drift/two-proportion-z.ts';
import { wassersteinDistanceNormed } from '../../../server/metrics/drift/wasserstein-distance.ts';
import { locationAndSpread } from '../../../server/metrics/support/binning/location-and-spread.ts';
import { momentsOf } from '../../../server/metrics/support/moments/moments.ts';
import { sortedFinite } from '../../../server/metrics/support/numerics/sorted-finite.ts';
import type { Answer, Inputs, Measure, MeasureOf } from '../measure.ts';
import { pValueOf, valueOf } from './plain-value.ts';

type Samples = Inputs['samples'];

const ofSamples = (
  key: string,
  metric: string,
  library: string,
  ours: (samples: Samples) => Answer,
  more: Partial<MeasureOf<'samples'>> = {},
): MeasureOf<'samples'> => ({ key, kind: 'samples', metric, library, ours, ...more });

const onBins =
  (bins: (r: number[], c: number[]) => PairedCounts, of: (counts: PairedCounts) => number) =>
  ({ reference, current }: Samples): number =>
    of(bins(reference, current));

const nannyml =
  (pick: keyof NannymlContinuous) =>
  ({ reference, current }: Samples): Answer =>
    nannymlContinuousDrift(reference, current)?.[pick] ?? null;

const nannymlOf =
  (pick: (drift: NannymlCategorical) => Answer) =>
  ({ reference, current }: Inputs['categories']): Answer => {
    const drift = nannymlCategoricalDrift(reference, current);
    return drift === null ? null : pick(drift);
  };

function zOfCategories({ reference, current }: Inputs['two_categories']): number {
  const counts = evidentlyCategoricalBins(reference, current);
  const total = (side: number[]): number => side.reduce((sum, count) => sum + count, 0);
  const side = (values: number[]) => ({ positive: values[0], n: total(values) });
  return twoSidedNormalP(twoProportionZOf(side(counts.reference), side(counts.current)));
}

/** A relative tail bound: p-values are compared and ranked far below 10⁻¹⁶. */
const tail = { floor: 1e-290 };

const evidentlySamples: Measure[] = [
  ofSamples('evidently_psi', 'population_stability_index', 'evidently psi', onBins(evidentlyNumericBins, evidentlyPsi)),
  ofSamples(
    'evidently_kl',
    'kullback_leibler_divergence',
    'evidently kl_div',
    onBins(evidentlyNumericBins, evidentlyKullbackLeibler),
  ),
  ofSamples(
    'evidently_js',
    'jensen_shannon_distance',
    'evidently jensenshannon',
    onBins(evidentlyNumericBins, evidentlyJensenShannon),
  ),
  ofSamples(
    'evidently_hellinger',
    'hellinger_distance',
    'evidently hellinger',
    onBins(evidentlyHellingerBins, evidentlyHellinger),
    {
      bound: 1e-7,
      why: 'Evidently takes √(1 − Σ√(pq)), which loses digits near 0',
    },
  ),
  ofSamples(
    'evidently_wasserstein',
    'wasserstein_distance_normed',
    'evidently wasserstein',
    ({ reference, current }) => {
      const normed = valueOf(wassersteinDistanceNormed(reference, current, { rowsMin: 1 }));
      const { std } = locationAndSpread(reference);
      return normed === null ? null : (normed * std) / Math.max(std, 0.001);
    },
  ),
  ofSamples(
    'evidently_ks',
    'kolmogorov_smirnov',
    'evidently ks',
    ({ reference, current }) => {
      const left = sortedFinite(reference);
      const right = sortedFinite(current);
      return kolmogorovSmirnovExactP(kolmogorovSmirnovStatistic(left, right), left.length, right.length);
    },
    { floor: 1e-4, why: 'absolute 1e-13: 1 − A has no digits below' },
  ),
  ofSamples(
    'evidently_t',
    'welch_t',
    'evidently t_test',
    ({ reference, current }) => studentT(momentsOf(reference), momentsOf(current))?.pValue ?? null,
    {
      ...tail,
      loose: {
        cases: ['samples: a thousand millions away'],
        bound: 1e-3,
        why: 'near 10⁹ a double holds the difference of two means to some 1e-6',
      },
    },
  ),
  ofSamples(
    'evidently_mann_whitney',
    'kolmogorov_smirnov',
    'evidently mannw',
    ({ reference, current }) => mannWhitneyLess(reference, current),
    tail,
  ),
  ofSamples('evidently_energy', 'energy_distance', 'evidently ed', ({ reference, current }) =>
    energyDistanceOf(sortedFinite(reference), sortedFinite(current)),
  ),
  ofSamples('evidently_anderson', 'anderson_darling', 'evidently anderson', ({ reference, current }) =>
    pValueOf(andersonDarling(reference, current)),
  ),
  ofSamples(
    'student_t_p',
    'welch_t',
    'scipy.stats.ttest_ind',
    ({ reference, current }) => studentT(momentsOf(reference), momentsOf(current))?.pValue ?? null,
    {
      ...tail,
      loose: {
        cases: ['samples: a thousand millions away'],
        bound: 1e-3,
        why: 'near 10⁹ a double holds the difference of two means to some 1e-6',
      },
    },
  ),
  ofSamples(
    'mann_whitney_less',
    'kolmogorov_smirnov',
    'scipy.stats.mannwhitneyu',
    ({ reference, current }) =>
      Math.min(reference.length, current.length) > 8 ? mannWhitneyLess(reference, current) : null,
    tail,
  ),
  ofSamples(
    'epps_singleton',
    'kolmogorov_smirnov',
    'scipy.stats.epps_singleton_2samp',
    ({ reference, current }) => eppsSingleton(reference, current),
    {
      floor: 1e-4,
      bound: 1e-7,
      why: 'a pseudo-inverse of a nearly singular covariance; cos(t·x) far from zero',
    },
  ),
];

const nannymlSamples: Measure[] = [
  ofSamples('nannyml_js', 'jensen_shannon_distance', 'nannyml jensen_shannon', nannyml('jensenShannon')),
  ofSamples('nannyml_ks', 'kolmogorov_smirnov', 'nannyml kolmogorov_smirnov', nannyml('kolmogorovSmirnov')),
  ofSamples('nannyml_wasserstein', 'wasserstein_distance', 'nannyml wasserstein', nannyml('wasserstein')),
  ofSamples('nannyml_hellinger', 'hellinger_distance', 'nannyml hellinger', nannyml('hellinger')),
];

const ofCategories = (
  key: string,
  metric: string,
  library: string,
  ours: (input: Inputs['categories']) => Answer,
  more: Partial<MeasureOf<'categories'>> = {},
): MeasureOf<'categories'> => ({
  key,
  kind: 'categories',
  metric,
  library,
  ours,
  ...more,
});

const categoryMeasures: Measure[] = [
  ofCategories('evidently_psi_categories', 'population_stability_index', 'evidently psi', ({ reference, current }) =>
    evidentlyPsi(evidentlyCategoricalBins(reference, current)),
  ),
  ofCategories(
    'evidently_js_categories',
    'jensen_shannon_distance',
    'evidently jensenshannon',
    ({ reference, current }) => evidentlyJensenShannon(evidentlyCategoricalBins(reference, current)),
  ),
  ofCategories('evidently_kl_categories', 'kullback_leibler_divergence', 'evidently kl_div', ({ reference, current }) =>
    evidentlyKullbackLeibler(evidentlyCategoricalBins(reference, current)),
  ),
  ofCategories(
    'evidently_chi_square',
    'chi_square_contingency',
    'evidently chisquare',
    ({ reference, current }) => chiSquareGoodnessOfFit(evidentlyCategoricalBins(reference, current)),
    tail,
  ),
  ofCategories(
    'nannyml_js_categories',
    'jensen_shannon_distance',
    'nannyml jensen_shannon',
    nannymlOf(({ jensenShannon }) => jensenShannon),
  ),
  ofCategories(
    'nannyml_hellinger_categories',
    'hellinger_distance',
    'nannyml hellinger',
    nannymlOf(({ hellinger }) => hellinger),
  ),
  ofCategories(
    'nannyml_l_infinity',
    'l_infinity_distance',
    'nannyml l_infinity',
    nannymlOf(({ lInfinity }) => lInfinity),
  ),
  ofCategories(
    'nannyml_chi_square',
    'chi_square_contingency',
    'nannyml chi2',
    nannymlOf(({ chiSquare }) => chiSquare.statistic),
  ),
  {
    key: 'evidently_z',
    kind: 'two_categories',
    metric: 'two_proportion_z',
    library: 'evidently z',
    ours: zOfCategories,
  },
];

/** The rules of Evidently and NannyML as Plumbline's profiles know them, against the products themselves. */
export const profileMeasures: readonly Measure[] = [...evidentlySamples, ...nannymlSamples, ...categoryMeasures];
