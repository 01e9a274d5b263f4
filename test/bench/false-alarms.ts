import type { Binning, NumericBinning } from '../../server/domain/binning.ts';
import type { BinningSet } from '../../server/domain/reference.ts';
import type { FeatureCounts } from '../../server/domain/tally-counts.ts';
import { countLayout } from '../../server/counting/count-layout.ts';
import { populationStabilityIndex } from '../../server/metrics/drift/population-stability-index.ts';
import { findMetric } from '../../server/metrics/metric-catalog.ts';
import { numericLayout } from '../../server/metrics/support/binning/bin-layout.ts';
import { categoricalBinningFromCounts } from '../../server/metrics/support/binning/categorical-binning.ts';
import { numericBinning } from '../../server/metrics/support/binning/numeric-binning.ts';
import { benjaminiHochberg } from '../../server/metrics/support/decision/benjamini-hochberg.ts';
import { initialPersistence, type PersistenceState } from '../../server/metrics/support/decision/persistence.ts';
import { drawBinomial } from '../../server/metrics/support/intervals/draw-binomial.ts';
import { seededRandom } from '../../server/metrics/support/numerics/seeded-random.ts';
import { normalQuantile } from '../../server/metrics/support/special-functions/normal-quantile.ts';
import { normalUpperTail } from '../../server/metrics/support/special-functions/normal-upper-tail.ts';
import { persistentVerdict } from '../../server/metrics/support/verdict/persistent-verdict.ts';
import { verdict, type Verdict } from '../../server/metrics/support/verdict/verdict.ts';
import { driftOfWindow } from '../../server/services/drift-of-window.ts';

/**
 * How often does Plumbline cry wolf, and how soon does it see one? Thirty days in which nothing changes, 50 features,
 * the whole verdict (minimum n and noise floor, Benjamini-Hochberg, effect floor, 3 of 5 windows): false verdicts a
 * week. Then planted shifts: windows until the verdict. Data are drawn as counts from the true shares of the bins, which
 * is the same as drawing rows and binning them.
 */
type Uniform = () => number;
/** A feature with its frozen bins, what the reference counted in them, and their true shares while nothing changes. */
type FeatureOf<B extends Binning> = { binning: B; reference: Float64Array; shares: Float64Array };
type Feature = FeatureOf<Binning>;

const days = 30;
const months = 3;
const featureCount = 50;
const numericCount = 35;
const missingShare = 0.01;
const thresholds = findMetric('population_stability_index')?.defaults ?? null;
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

/** n rows over the shares, cell after cell. */
function drawCounts(n: number, shares: ArrayLike<number>, uniform: Uniform): Float64Array {
  const counts = new Float64Array(shares.length);
  let left = n;
  let mass = 1;
  for (let cell = 0; cell < shares.length && left > 0; cell += 1) {
    counts[cell] = shares[cell] > 0 ? drawBinomial(left, Math.min(1, shares[cell] / mass), uniform) : 0;
    left -= counts[cell];
    mass -= shares[cell];
  }
  return counts;
}

const normalCdf = (x: number): number => 1 - normalUpperTail(x);

/** True shares of a normal feature in frozen bins after its mean moved; the layout is that of the tallies. */
function normalShares(binning: NumericBinning, shift: number): Float64Array {
  const { edges } = binning;
  const layout = numericLayout(binning);
  const shares = new Float64Array(layout.size);
  const present = 1 - missingShare;
  for (let i = 0; i < layout.regular; i += 1) {
    shares[i] = present * (normalCdf(edges[i + 1] - shift) - normalCdf(edges[i] - shift));
  }
  shares[layout.underflow] = present * normalCdf(edges[0] - shift);
  shares[layout.overflow] = present * normalUpperTail(edges[layout.regular] - shift);
  shares[layout.missing] = missingShare;
  return shares;
}

function numericFeature(nReference: number, uniform: Uniform): FeatureOf<NumericBinning> {
  const missing = drawBinomial(nReference, missingShare, uniform);
  const rows = Float64Array.from({ length: nReference - missing }, () => normalQuantile(Math.max(1e-15, uniform())));
  const binning = numericBinning(rows);
  const reference = new Float64Array(numericLayout(binning).size);
  const perBin = rows.length / numericLayout(binning).regular;
  // The bins are quantiles of these very rows, so each holds its share of them, up to one row.
  for (let i = 0; i < numericLayout(binning).regular; i += 1) {
    reference[i] = Math.floor((i + 1) * perBin) - Math.floor(i * perBin);
  }
  reference[numericLayout(binning).missing] = missing;
  return { binning, reference, shares: normalShares(binning, 0) };
}

function categoricalFeature(nReference: number, categories: number, uniform: Uniform): Feature {
  const weights = Array.from({ length: categories }, (_, i) => 1 / (i + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const drawn = drawCounts(
    nReference,
    weights.map((weight) => weight / total),
    uniform,
  );
  const named = new Map(Array.from(drawn, (count, i) => [`c${i}`, count] as const));
  const binning = categoricalBinningFromCounts(named);
  const places = binning.categories.map((category) => Number(category.slice(1)));
  // [kept…, other, missing | unseen, typeMismatch]
  const tail = [0, 0, 0, 0];
  const shares = Float64Array.from([...places.map((place) => weights[place] / total), ...tail]);
  return { binning, reference: Float64Array.from([...places.map((place) => drawn[place]), ...tail]), shares };
}

function features(nReference: number, uniform: Uniform): Feature[] {
  return Array.from({ length: featureCount }, (_, i) =>
    i < numericCount
      ? numericFeature(nReference, uniform)
      : categoricalFeature(nReference, [2, 4, 8, 20, 50][i % 5], uniform),
  );
}

function countsOf(parts: readonly Float64Array[], n: number, moments: number): FeatureCounts {
  return {
    n,
    counts: parts.flatMap((part) => Array.from(part)),
    sums: Array.from({ length: 2 * moments }, () => 0),
    minima: Array.from({ length: moments }, () => 0),
    maxima: Array.from({ length: moments }, () => 1),
  };
}

type Alarms = {
  uncorrected: number;
  corrected: number;
  breached: number;
  alerts: number;
  evaluated: number;
  windows: number;
};

/** A month of windows in which nothing changes, through the evaluation of the product. */
function quietMonth(nReference: number, n: number, windows: number, seed: number): Alarms {
  const uniform = seededRandom(seed);
  const all = features(nReference, uniform);
  const set: BinningSet = {
    referenceId: 'quiet',
    model: 'quiet',
    features: all.map(({ binning }, i) => ({ feature: String(i), binning })),
    scoreEdges: null,
  };
  const { momentCount } = countLayout(set);
  const reference = countsOf(
    all.map((feature) => feature.reference),
    nReference,
    momentCount,
  );
  const states: PersistenceState[] = all.map(() => initialPersistence);
  const alarms: Alarms = { uncorrected: 0, corrected: 0, breached: 0, alerts: 0, evaluated: 0, windows };
  for (let w = 0; w < windows; w += 1) {
    const current = countsOf(
      all.map(({ shares }) => drawCounts(n, shares, uniform)),
      n,
      momentCount,
    );
    addWindow(alarms, driftOfWindow(set, reference, current, { only: ['population_stability_index'] }), states);
  }
  return alarms;
}

function addWindow(alarms: Alarms, results: ReturnType<typeof driftOfWindow>, states: PersistenceState[]): void {
  const pValues = results.map(({ metrics }) => {
    const result = metrics.population_stability_index;
    return result.kind === 'value' ? (result.pValue ?? null) : null;
  });
  alarms.evaluated += pValues.filter((p) => p !== null).length;
  alarms.uncorrected += pValues.filter((p) => p !== null && p <= 0.05).length;
  alarms.corrected += benjaminiHochberg(pValues).filter((p) => p !== null && p <= 0.05).length;
  for (const { feature, verdict: decision } of results) {
    const before = states[Number(feature)];
    const next = persistentVerdict(decision, before);
    states[Number(feature)] = next.state;
    if (decision.status === 'breached') alarms.breached += 1;
    if (next.state.state === 'firing' && before.state === 'clear') alarms.alerts += 1;
  }
}

function printQuiet(label: string, nReference: number, n: number, windows: number): number {
  const runs = Array.from({ length: months }, (_, i) => quietMonth(nReference, n, windows, 1 + i));
  const weeks = (months * days) / 7;
  const aWeek = (of: (run: Alarms) => number): string => {
    const rate = runs.reduce((sum, run) => sum + of(run), 0) / weeks;
    return rate.toFixed(rate < 10 ? 2 : 0).padStart(9);
  };
  const judged = runs.reduce((sum, run) => sum + run.evaluated, 0) / (months * windows * featureCount);
  say(
    `${label} ${String(nReference).padStart(9)} ${String(n).padStart(8)} ${`${Math.round(100 * judged)} %`.padStart(7)}` +
      `${aWeek((run) => run.uncorrected)}${aWeek((run) => run.corrected)}${aWeek((run) => run.breached)}${aWeek((run) => run.alerts)}`,
  );
  return runs.reduce((sum, run) => sum + run.alerts, 0);
}

/** Windows until the verdict fires for one feature whose mean moved, among 49 that did not; null: not within the limit. */
function windowsToVerdict(
  feature: FeatureOf<NumericBinning>,
  shares: Float64Array,
  n: number,
  uniform: Uniform,
): number | null {
  const layout = numericLayout(feature.binning);
  const reference = feature.reference.subarray(0, layout.bins);
  let state = initialPersistence;
  for (let w = 1; w <= windowsMax; w += 1) {
    const current = drawCounts(n, shares, uniform).subarray(0, layout.bins);
    const result = populationStabilityIndex(reference, current, { regularBins: layout.regular });
    const others = Array.from({ length: featureCount - 1 }, () => uniform());
    const own = result.kind === 'value' ? (result.pValue ?? null) : null;
    const [adjustedP] = benjaminiHochberg([own, ...others]);
    const decision: Verdict = verdict({ result, thresholds, worse: 'up', adjustedP });
    ({ state } = persistentVerdict(decision, state));
    if (state.state === 'firing') return w;
  }
  return null;
}

const windowsMax = 60;
const powerRuns = 60;

function printPower(shift: number, sizes: readonly number[]): void {
  const uniform = seededRandom(Math.round(1000 * shift));
  const cells = sizes.map((n) => {
    const found = Array.from({ length: powerRuns }, () => {
      const feature = numericFeature(20_000, uniform);
      return windowsToVerdict(feature, normalShares(feature.binning, shift), n, uniform) ?? Infinity;
    }).sort((a, b) => a - b);
    const seen = found.filter(Number.isFinite).length;
    const median = found[Math.floor(powerRuns / 2)];
    const ninth = found[Math.floor(0.9 * powerRuns)];
    if (seen === 0) return 'never';
    const words = (windows: number): string => (Number.isFinite(windows) ? String(windows) : `>${windowsMax}`);
    return `${words(median)} (${words(ninth)}), ${Math.round((100 * seen) / powerRuns)} %`;
  });
  const feature = numericFeature(20_000, uniform);
  const psi = psiOfShares(normalShares(feature.binning, 0), normalShares(feature.binning, shift));
  say(
    `${shift.toFixed(2).padStart(6)} ${psi.toFixed(3).padStart(9)}${cells.map((cell) => cell.padStart(18)).join('')}`,
  );
}

function psiOfShares(p: Float64Array, q: Float64Array): number {
  return p.reduce((sum, share, i) => (share > 0 && q[i] > 0 ? sum + (q[i] - share) * Math.log(q[i] / share) : sum), 0);
}

const started = performance.now();
say(
  `A/A: nothing changes, ${featureCount} features (${numericCount} numeric, the rest with 2 to 50 categories), ${days} days, three months each`,
);
say('a week:                          judged   p≤0.05  + B-H   + effect + 3 of 5');
say('windows  reference   rows   features                   floor   = verdicts');
const verdicts = [
  ...[100, 400, 1_000, 10_000].map((n) => printQuiet('hourly', 20_000, n, 24 * days)),
  ...[2_400, 24_000].map((n) => printQuiet('daily ', 20_000, n, days)),
  printQuiet('hourly', 2_000, 1_000, 24 * days),
];
const quietWeeks = (months * days) / 7;
const worst = Math.max(...verdicts) / quietWeeks;
const certain = Math.max(...verdicts) === 0 ? `, with 95 % certainty below ${(3 / quietWeeks).toFixed(2)}` : '';
say(`false verdicts a week at worst: ${worst.toFixed(2)}${certain} (target: fewer than one)`);
say(
  `\nPower: one of ${featureCount} features moves by d standard deviations; windows until the verdict: median (9 of 10 runs), share seen within ${windowsMax}`,
);
const sizes = [400, 1_000, 10_000];
say(`     d  true PSI${sizes.map((n) => `${n.toLocaleString('en')} rows`.padStart(18)).join('')}`);
for (const shift of [0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.7, 1]) printPower(shift, sizes);
say(
  `(a change below the effect floor of PSI ${thresholds?.warning} is not meant to be reported; three windows are the least)`,
);
say(`${((performance.now() - started) / 1000).toFixed(1)} s`);
