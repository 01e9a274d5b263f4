import type { Interval } from '../../domain/metric-result.ts';
import { katzLogInterval } from '../support/intervals/katz-log-interval.ts';
import { wilsonInterval } from '../support/intervals/wilson-interval.ts';
import { quantileType7 } from '../support/numerics/quantile-type-7.ts';

/** Counts of one category of sex, race/ethnicity or their intersection. */
export type Ll144Category = { category: string; applicants: number; selected: number };

/** One row of the published table, with our n, intervals and marks beside the required columns. */
export type Ll144Row = {
  category: string;
  applicants: number;
  /** Selected, or in a scoring table those strictly above the median of the whole sample. */
  selected: number;
  /** null when the category has no applicant. */
  rate: number | null;
  rateInterval: Interval | null;
  /** Unrounded; null when left out, or when no category has any selection. */
  impactRatio: number | null;
  impactInterval: Interval | null;
  /** Rounded to two places, for display only. */
  displayed: string | null;
  /** Under 2 % of the applicants: the independent auditor may leave it out of the ratios, with a reason. */
  mayBeLeftOut: boolean;
  isLeftOut: boolean;
  /** Fewer rows than our own minimum: read the ratio with its interval. */
  isSmallSample: boolean;
};

export type Ll144Table = {
  kind: 'selection' | 'scoring';
  /** Median of the whole sample, scoring tables only. */
  median: number | null;
  highestCategory: string | null;
  unknownCategory: number;
  rows: Ll144Row[];
  definition: string;
};

export type Ll144Options = {
  /** Applicants whose category is not known: required beside the table, part of no rate. */
  unknownCategory?: number;
  /** Categories that the independent auditor left out; only those under 2 % of the applicants can be. */
  leftOut?: readonly string[];
  smallSampleN?: number;
};

const LEAVE_OUT_SHARE = 0.02;

/**
 * NYC Local Law 144 impact ratio, selection form: how does each category's selection rate stand to the highest one?
 *
 * Reading: 1 is the category with the highest rate. The law sets no pass mark; four fifths is 29 CFR 1607.4(D).
 * Definition: rate = selected/applicants; impact ratio = rate / highest category rate. Unrounded rates are divided and
 * only the display is rounded: rounded rates would give 0.96 and 0.85 where the rule's own example has 0.97 and 0.84.
 *
 * @param categories counts per category; unknown ones go into `unknownCategory`
 * @returns the table. It is not an independent audit
 * @throws RangeError when a category that holds 2 % of the applicants or more is to be left out, or counts are impossible
 *
 * Reference: 6 RCNY 5-300 to 5-304. Cost: O(categories).
 *
 * @example
 * ll144SelectionTable([{ category: 'white', applicants: 797, selected: 412 }]);
 */
export function ll144SelectionTable(categories: readonly Ll144Category[], options: Ll144Options = {}): Ll144Table {
  return table('selection', categories, null, options);
}

/**
 * NYC Local Law 144 impact ratio, scoring form: how often does each category score above the overall median?
 *
 * Definition: scoring rate = share of the category with a score strictly above the median of the whole sample; impact
 * ratio = rate / highest category rate.
 *
 * @param scores finite scores per category
 * @returns the table, `selected` holding those above the median
 * @throws RangeError as the selection form
 *
 * Reference: 6 RCNY 5-300. Cost: one sort.
 *
 * @example
 * ll144ScoringTable(new Map([['female', [61, 72]], ['male', [75, 68]]]));
 */
export function ll144ScoringTable(
  scores: ReadonlyMap<string, ArrayLike<number>>,
  options: Ll144Options = {},
): Ll144Table {
  const all = Float64Array.from([...scores.values()].flatMap((values) => Array.from(values))).sort();
  const median = all.length === 0 ? null : quantileType7(all, 0.5);
  const categories = [...scores].map(([category, values]) => ({
    category,
    applicants: values.length,
    selected: median === null ? 0 : Array.from(values).filter((score) => score > median).length,
  }));
  return table('scoring', categories, median, options);
}

function table(
  kind: Ll144Table['kind'],
  categories: readonly Ll144Category[],
  median: number | null,
  options: Ll144Options,
): Ll144Table {
  const applicants = categories.reduce((sum, one) => sum + one.applicants, 0);
  const leftOut = new Set(options.leftOut ?? []);
  for (const one of categories) refuseImpossible(one, leftOut.has(one.category), applicants);
  const rateOf = (one: Ll144Category): number => one.selected / one.applicants;
  const counted = categories.filter((one) => one.applicants > 0 && !leftOut.has(one.category));
  const highest = counted.reduce<Ll144Category | null>(
    (best, one) => (best === null || rateOf(one) > rateOf(best) ? one : best),
    null,
  );
  return {
    kind,
    median,
    highestCategory: highest?.category ?? null,
    unknownCategory: options.unknownCategory ?? 0,
    rows: categories.map((one) => rowOf(one, highest, { applicants, leftOut, options })),
    definition: `ll144_impact_ratio/1 form=${kind} divide=unrounded display=2_decimals rule=6_RCNY_5-300`,
  };
}

type TableContext = { applicants: number; leftOut: ReadonlySet<string>; options: Ll144Options };

function rowOf(one: Ll144Category, highest: Ll144Category | null, context: TableContext): Ll144Row {
  const isLeftOut = context.leftOut.has(one.category);
  const rate = one.applicants > 0 ? one.selected / one.applicants : null;
  const hasRatio = rate !== null && !isLeftOut && highest !== null && highest.selected > 0;
  const impactRatio = hasRatio ? rate / (highest.selected / highest.applicants) : null;
  const counts = { successes: one.selected, n: one.applicants };
  return {
    ...one,
    rate,
    rateInterval: wilsonInterval(one.selected, one.applicants),
    impactRatio,
    impactInterval:
      hasRatio && one.category !== highest.category
        ? katzLogInterval(counts, { successes: highest.selected, n: highest.applicants })
        : null,
    displayed: impactRatio === null ? null : impactRatio.toFixed(2),
    mayBeLeftOut: one.applicants < LEAVE_OUT_SHARE * context.applicants,
    isLeftOut,
    isSmallSample: one.applicants < (context.options.smallSampleN ?? 30),
  };
}

function refuseImpossible(one: Ll144Category, isLeftOut: boolean, applicants: number): void {
  if (one.selected < 0 || one.selected > one.applicants) {
    throw new RangeError(
      `category ${one.category}: ${one.selected} selected of ${one.applicants} applicants cannot be`,
    );
  }
  if (isLeftOut && one.applicants >= LEAVE_OUT_SHARE * applicants) {
    throw new RangeError(
      `category ${one.category} holds 2 % of the applicants or more, so 6 RCNY 5-301 does not let it be left out`,
    );
  }
}
