import { hellingerDistanceOf } from '../../../../server/metrics/drift/hellinger-distance.ts';
import { matthewsOfCells } from '../../../../server/metrics/performance/binary/matthews-correlation.ts';
import { mergeMoments, momentsOf, varianceOf } from '../../../../server/metrics/support/moments/moments.ts';
import { betaQuantile } from '../../../../server/metrics/support/special-functions/beta-quantile.ts';
import { chiSquareUpperTail } from '../../../../server/metrics/support/special-functions/chi-square-upper-tail.ts';
import { kolmogorovUpperTail } from '../../../../server/metrics/support/special-functions/kolmogorov-upper-tail.ts';
import { normalQuantile } from '../../../../server/metrics/support/special-functions/normal-quantile.ts';
import { normalUpperTail } from '../../../../server/metrics/support/special-functions/normal-upper-tail.ts';
import { tTwoSidedTail } from '../../../../server/metrics/support/special-functions/t-two-sided-tail.ts';
import { describeGoldenFamily } from './golden-family.ts';

type Cases<T> = { cases: T[] };

describeGoldenFamily('numerics', {
  'chi-square-upper-tail': ({ cases }: Cases<{ x: number; degrees_of_freedom: number }>) => ({
    values: cases.map(({ x, degrees_of_freedom: df }) => chiSquareUpperTail(x, df)),
  }),
  'normal-upper-tail': ({ z }: { z: number[] }) => ({ values: z.map(normalUpperTail) }),
  't-two-sided-tail': ({ cases }: Cases<{ t: number; degrees_of_freedom: number }>) => ({
    values: cases.map(({ t, degrees_of_freedom: df }) => tTwoSidedTail(t, df)),
  }),
  'kolmogorov-upper-tail': ({ x }: { x: number[] }) => ({ values: x.map(kolmogorovUpperTail) }),
  'normal-quantile': ({ p }: { p: number[] }) => ({ values: p.map(normalQuantile) }),
  'beta-quantile': ({ cases }: Cases<{ p: number; a: number; b: number }>) => ({
    values: cases.map(({ p, a, b }) => betaQuantile(p, a, b)),
  }),
  'variance-without-cancellation': (input: { values: number[]; split_at: number }) => {
    const halves = [input.values.slice(0, input.split_at), input.values.slice(input.split_at)];
    const merged = mergeMoments(momentsOf(halves[0]), momentsOf(halves[1]));
    return { n: merged.n, mean: merged.mean, m2: merged.m2, variance_ddof1: varianceOf(merged, 1) };
  },
  'matthews-large-counts': ({ tp, fp, fn, tn }: { tp: number; fp: number; fn: number; tn: number }) => ({
    value: matthewsOfCells({ truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn }),
  }),
  'hellinger-small-difference': (input: { reference_counts: number[]; current_counts: number[] }) => ({
    value: hellingerDistanceOf(input.reference_counts, input.current_counts),
  }),
});
