import { formatNumber, formatShare } from './format.ts';
import { metricText } from './metric-texts.ts';

/** A metric's value in its own unit. */
export function formatMetric(metric: string, value: number): string {
  return metricText(metric).unit === 'share' ? formatShare(value) : formatNumber(value);
}
