import type { NumericBinning } from '../../../../server/domain/binning.ts';
import { numericBin } from '../../../../server/metrics/support/binning/bin-index.ts';
import { categoricalLayout, numericLayout } from '../../../../server/metrics/support/binning/bin-layout.ts';
import { categoricalBinningFromCounts } from '../../../../server/metrics/support/binning/categorical-binning.ts';
import { numericBinning } from '../../../../server/metrics/support/binning/numeric-binning.ts';
import { describeGoldenFamily } from './golden-family.ts';

type Counts = Record<string, number>;
type CategoricalInput = {
  reference: Counts;
  reference_missing: number;
  current: Counts;
  current_missing: number;
  max_categories: number;
};

/** "NaN" and "+Infinity" stand for what JSON cannot say. */
const toDouble = (value: number | string | null): number | null =>
  typeof value === 'string' ? Number(value.replace('+', '')) : value;

function tally(edges: number[], values: readonly (number | null)[]): Float64Array {
  const layout = numericLayout({ edges });
  const counts = new Float64Array(layout.bins);
  for (const value of values) counts[value === null ? layout.missing : numericBin(edges, value)] += 1;
  return counts;
}

function regularCounts(binning: NumericBinning, values: readonly number[]): number[] {
  return [...tally(binning.edges, values)].slice(0, numericLayout(binning).regular);
}

function edgesAndCounts({ reference, bins }: { reference: number[]; bins: number }): unknown {
  const binning = numericBinning(reference, { bins });
  return { edges: binning.edges, reference_counts: regularCounts(binning, reference) };
}

function categorical(input: CategoricalInput): unknown {
  const reference = new Map(Object.entries(input.reference));
  const binning = categoricalBinningFromCounts(reference, { maxCategories: input.max_categories });
  const layout = categoricalLayout(binning);
  const known = new Set([...binning.categories, ...binning.known]);
  const count = (rows: Counts, missing: number): Float64Array => {
    const counts = new Float64Array(layout.size);
    counts[layout.missing] = missing;
    for (const [category, n] of Object.entries(rows)) {
      const index = binning.categories.indexOf(category);
      counts[index < 0 ? layout.other : index] += n;
      if (!known.has(category)) counts[layout.unseen] += n;
    }
    return counts;
  };
  const current = count(input.current, input.current_missing);
  const present = Object.values(input.current).reduce((sum, n) => sum + n, 0);
  return {
    categories: binning.categories,
    reference_counts: [...count(input.reference, input.reference_missing)].slice(0, layout.bins),
    current_counts: [...current].slice(0, layout.bins),
    unseen: current[layout.unseen],
    unseen_rate: current[layout.unseen] / present,
  };
}

describeGoldenFamily('binning', {
  'reference-quantile-edges-1-to-100': edgesAndCounts,
  'reference-edges-with-atom': edgesAndCounts,
  'reference-edges-few-distinct-values': (input: { cases: { reference: number[] }[]; bins: number }) => ({
    edges: input.cases.map(({ reference }) => numericBinning(reference, { bins: input.bins }).edges),
  }),
  'assign-to-reference-bins': (input: { edges: number[]; current: (number | string | null)[] }) => {
    const layout = numericLayout(input);
    const counts = tally(input.edges, input.current.map(toDouble));
    return {
      bins: [...counts].slice(0, layout.regular),
      underflow: counts[layout.underflow],
      overflow: counts[layout.overflow],
      missing: counts[layout.missing],
      non_finite: counts[layout.nonFinite],
    };
  },
  'categorical-bins-other-and-missing': categorical,
});
