import type { FeatureOverlay } from '../../server/schemas/drift.schema.ts';
import type { TableData } from './csv.ts';
import { featureName } from './feature-name.ts';
import { formatCount, formatNumber, formatShare } from './format.ts';
import { formatMetric } from './format-metric.ts';
import { binShares } from './histogram-shape.ts';
import { insufficientText } from './messages.ts';

export function overlaySummary(overlay: FeatureOverlay): string {
  const name = featureName(overlay.feature);
  if (overlay.nReference === 0)
    return `${name}: ${formatCount(overlay.nCurrent)} rows now, no reference to compare with.`;
  const shares = binShares(overlay.bins, overlay.nReference, overlay.nCurrent);
  const moved = [...shares].sort((a, b) => Math.abs(b.current - b.reference) - Math.abs(a.current - a.reference))[0];
  const psi = overlay.metrics['population_stability_index'];
  const size =
    psi?.kind === 'value' && psi.value !== undefined
      ? `PSI ${formatMetric('population_stability_index', psi.value)}`
      : psi?.kind === 'insufficient_evidence'
        ? insufficientText(psi)
        : 'no figure';
  if (!moved) return `${name}: ${size}.`;
  const change = `${moved.label} went from ${formatShare(moved.reference)} to ${formatShare(moved.current)}`;
  return `${name}: ${size}; largest change: ${change}.`;
}

/** How the middle and the spread moved, in one line. */
export function momentShift(overlay: FeatureOverlay): string | null {
  const { reference, current } = overlay.moments;
  if (!reference || !current) return null;
  const part = (word: string, before: number, after: number) =>
    `${word} ${formatNumber(before)} → ${formatNumber(after)}`;
  const inStd = reference.std > 0 ? ` (${formatNumber((current.mean - reference.mean) / reference.std)} σ)` : '';
  return `${part('mean', reference.mean, current.mean)}${inStd} · ${part('std', reference.std, current.std)}`;
}

export function overlayTable(overlay: FeatureOverlay): TableData {
  const shares = binShares(overlay.bins, overlay.nReference, overlay.nCurrent);
  return {
    name: `${overlay.model}-${overlay.feature}`,
    caption: overlaySummary(overlay),
    columns: ['Bin', 'Reference rows', 'Current rows', 'Reference share', 'Current share'],
    rows: overlay.bins.map((bin, i) => [bin.label, bin.reference, bin.current, shares[i].reference, shares[i].current]),
  };
}

/** The order in which figures are read; what else there is follows. */
const FIRST = [
  'population_stability_index',
  'jensen_shannon_distance',
  'kolmogorov_smirnov',
  'wasserstein_distance',
  'wasserstein_distance_normed',
  'total_variation_distance',
];

export function orderedMetrics(metrics: FeatureOverlay['metrics']): string[] {
  const ids = Object.keys(metrics);
  return [...FIRST.filter((id) => ids.includes(id)), ...ids.filter((id) => !FIRST.includes(id)).sort()];
}
