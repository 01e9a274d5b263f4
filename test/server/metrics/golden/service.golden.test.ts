import { burnRate, burnRateFactor, burnRules, burnVerdict } from '../../../../server/metrics/service/burn-rate.ts';
import { errorRate } from '../../../../server/metrics/service/error-rate.ts';
import { latencyQuantile } from '../../../../server/metrics/service/latency-quantile.ts';
import { orderStatisticLimits } from '../../../../server/metrics/support/intervals/order-statistic-limits.ts';
import { valueOf, withLimits } from './evidence-off.ts';
import { describeGoldenFamily } from './golden-family.ts';

type WindowName = 'w5m' | 'w1h' | 'w30m' | 'w6h';
type Burn = { objective: number; errors: Record<WindowName, number>; requests: Record<WindowName, number> };

describeGoldenFamily('service', {
  'burn-rate-multiwindow': (input: Burn) => {
    const counts = (window: WindowName) => ({ failed: input.errors[window], all: input.requests[window] });
    const names: WindowName[] = ['w5m', 'w1h', 'w30m', 'w6h'];
    const fires = (rule: number, long: WindowName, short: WindowName) =>
      burnVerdict(burnRules[rule], { long: counts(long), short: counts(short) }, input.objective).isBreached;
    return {
      burn: Object.fromEntries(names.map((name) => [name, valueOf(burnRate(counts(name), input.objective))])),
      page_fast: fires(0, 'w1h', 'w5m'),
      page_slow: fires(1, 'w6h', 'w30m'),
    };
  },
  'burn-rate-factors': (input: { pairs: { window_hours: number; budget_share: number }[] }) => ({
    factors: input.pairs.map((pair) => burnRateFactor(pair.budget_share, 60 * pair.window_hours)),
  }),
  'latency-quantiles': (input: { latency_ms: number[]; quantiles: number[] }) => {
    const sorted = Float64Array.from(input.latency_ms).sort();
    const limits = input.quantiles.map((quantile) => orderStatisticLimits(sorted, quantile));
    return {
      value: input.quantiles.map((quantile) => valueOf(latencyQuantile(input.latency_ms, quantile, { nMin: 1 }))),
      lower_rank: limits.map((one) => one.lowerRank),
      upper_rank: limits.map((one) => one.upperRank),
      lower: limits.map((one) => one.lower),
      upper: limits.map((one) => one.upper),
    };
  },
  'error-rate': (input: { failed: number; n: number }) => withLimits(errorRate(input.failed, input.n)),
});
