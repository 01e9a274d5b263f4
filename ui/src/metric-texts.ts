import { PERFORMANCE_TEXTS } from './performance-metric-texts.ts';

export type MetricUnit = 'share' | 'plain' | 'feature' | 'target';

export type MetricText = {
  title: string;
  short: string;
  unit: MetricUnit;
  /** What 0, or no change, looks like and what the size means. */
  reading: string;
  formula: string;
  /** Where an axis of this metric begins and ends by nature; null: taken from the data. */
  domain: [number, number] | null;
};

const SHARE: [number, number] = [0, 1];

const TEXTS: Record<string, MetricText> = {
  population_stability_index: {
    title: 'Population stability index',
    short: 'PSI',
    unit: 'plain',
    reading: '0 means the same share of rows in every bin. From 0.1 worth a look, from 0.25 a large shift.',
    formula: 'Σ (qᵢ − pᵢ) · ln(qᵢ / pᵢ) over the bins, half a row added to each',
    domain: null,
  },
  jensen_shannon_distance: {
    title: 'Jensen-Shannon distance',
    short: 'JS',
    unit: 'plain',
    reading: '0 means the same distribution, 1 means no bin in common.',
    formula: '√(½ Σ p log₂(p/m) + ½ Σ q log₂(q/m)), m = (p + q) / 2',
    domain: SHARE,
  },
  kolmogorov_smirnov: {
    title: 'Kolmogorov-Smirnov distance',
    short: 'KS',
    unit: 'plain',
    reading: 'The largest gap between the two cumulative curves: 0 same, 1 fully apart.',
    formula: 'max |F(x) − G(x)| over all values',
    domain: SHARE,
  },
  wasserstein_distance: {
    title: 'Wasserstein-1 distance',
    short: 'W₁',
    unit: 'feature',
    reading: 'How far values moved on average, in the unit of the feature.',
    formula: '∫ |F(x) − G(x)| dx',
    domain: null,
  },
  wasserstein_distance_normed: {
    title: 'Wasserstein-1 distance, normed',
    short: 'W₁ / σ',
    unit: 'plain',
    reading: '0.1 means that the average row moved a tenth of the standard deviation of the reference.',
    formula: '∫ |F(x) − G(x)| dx / σ of the reference',
    domain: null,
  },
  total_variation_distance: {
    title: 'Total variation distance',
    short: 'TV',
    unit: 'plain',
    reading: '0.07 means that 7 % of the rows moved to another bin.',
    formula: '½ Σ |pᵢ − qᵢ|',
    domain: SHARE,
  },
  hellinger_distance: {
    title: 'Hellinger distance',
    short: 'H',
    unit: 'plain',
    reading: '0 means the same distribution, 1 means no bin in common. Steady for rare bins.',
    formula: '√(½ Σ (√p − √q)²)',
    domain: SHARE,
  },
  chi_square_contingency: {
    title: 'Chi-square test',
    short: 'χ²',
    unit: 'plain',
    reading: 'Says whether two count tables differ, not by how much: read its p-value.',
    formula: 'Σ (observed − expected)² / expected',
    domain: null,
  },
  cramers_v: {
    title: 'Cramér’s V',
    short: 'V',
    unit: 'plain',
    reading: '0 no association, 1 total. Free of the number of rows and categories.',
    formula: '√(φ̃² / min(K̃ − 1, R̃ − 1)), bias-corrected',
    domain: SHARE,
  },
  drifted_feature_share: {
    title: 'Share of drifted features',
    short: 'Drifted',
    unit: 'share',
    reading: 'Breached features out of those with enough evidence.',
    formula: 'breached / evaluated',
    domain: SHARE,
  },
  missing_rate_change: {
    title: 'Change of the missing rate',
    short: 'Δ missing',
    unit: 'share',
    reading: '0 means as many missing values as in the reference.',
    formula: 'missing share now − missing share in the reference',
    domain: null,
  },
  label_coverage: {
    title: 'Label coverage',
    short: 'Labels',
    unit: 'share',
    reading: 'Predictions whose true outcome is known.',
    formula: 'labelled predictions / predictions',
    domain: SHARE,
  },
};

function spelled(id: string): string {
  const words = id.replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The words for a metric; an id this page does not know yet is spelled out rather than hidden. */
export function metricText(id: string): MetricText {
  const known = TEXTS[id] ?? PERFORMANCE_TEXTS[id];
  if (known) return known;
  const isRatio = id.endsWith('_ratio');
  const reading = isRatio
    ? '1 means equal; inside 0.8 to 1.25 is the four-fifths band.'
    : id.endsWith('_difference')
      ? '0 means equal between groups.'
      : '';
  return { title: spelled(id), short: spelled(id), unit: 'plain', reading, formula: '', domain: null };
}
