import type { Fairness } from '../../server/schemas/performance.schema.ts';
import type { MetricResultWire } from '../../server/schemas/metric-result.schema.ts';
import type { TableData } from './csv.ts';

type Results = Record<string, MetricResultWire>;
export type Attribute = Fairness['attributes'][number];

/** Four-fifths rule and its mirror: a rate outside of this band of the comparison rate is worth a question. */
export const PARITY_BAND: [number, number] = [0.8, 1.25];

export function valueOf(result: MetricResultWire | undefined): number | null {
  return result?.kind === 'value' && result.value !== undefined ? result.value : null;
}

/** The group that the band is drawn around: the largest one with a value, named on the chart. */
export function anchorGroup(attribute: Attribute, rate: string): { group: string; value: number } | null {
  const known = attribute.groups.flatMap((group) => {
    const value = valueOf(group.rates[rate]);
    return value === null ? [] : [{ group: group.group, value, n: group.n }];
  });
  return known.sort((a, b) => b.n - a.n)[0] ?? null;
}

/** One domain for every small multiple of a rate, so that they may be compared by eye. */
export function rateDomain(attributes: Attribute[], rate: string): [number, number] {
  const ends = attributes.flatMap((attribute) =>
    attribute.groups.flatMap((group) => {
      const result = group.rates[rate];
      const value = valueOf(result);
      return value === null ? [] : [value, result.interval?.lower ?? value, result.interval?.upper ?? value];
    }),
  );
  const anchors = attributes.flatMap((attribute) => {
    const anchor = anchorGroup(attribute, rate);
    return anchor ? [anchor.value * PARITY_BAND[0], anchor.value * PARITY_BAND[1]] : [];
  });
  const all = [...ends, ...anchors];
  if (all.length === 0) return [0, 1];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const air = (high - low) * 0.08 || 0.05;
  return [Math.max(0, low - air), Math.min(1, high + air)];
}

export function ratesOf(fairness: Fairness): string[] {
  return [...new Set(fairness.attributes.flatMap((a) => a.groups.flatMap((group) => Object.keys(group.rates))))];
}

export function fairnessTable(fairness: Fairness): TableData {
  const rates = ratesOf(fairness);
  return {
    name: `${fairness.model}-fairness`,
    caption: 'Rates by group',
    columns: ['Attribute', 'Group', 'n', 'Labelled', ...rates],
    rows: fairness.attributes.flatMap((attribute) =>
      attribute.groups.map((group) => [
        attribute.attribute,
        group.group,
        group.n,
        group.labelled,
        ...rates.map((rate) => valueOf(group.rates[rate])),
      ]),
    ),
  };
}

/** Which comparisons speak about a rate; the first word of their ids. */
const ABOUT: Record<string, string[]> = {
  selection_rate: ['demographic_parity'],
  true_positive_rate: ['equal_opportunity', 'equalized_odds'],
  false_positive_rate: ['false_positive_rate', 'equalized_odds'],
  false_negative_rate: ['false_negative_rate', 'equal_opportunity'],
  precision: ['predictive_parity'],
  accuracy: ['accuracy'],
};

/** Comparisons that belong to the rate on show, and the others. */
export function comparisonsOf(attribute: Attribute, rate: string): { near: Results; other: Results } {
  const prefixes = ABOUT[rate] ?? [rate];
  const near: Results = {};
  const other: Results = {};
  for (const [id, result] of Object.entries(attribute.comparisons)) {
    (prefixes.some((prefix) => id.startsWith(prefix)) ? near : other)[id] = result;
  }
  return { near, other };
}
