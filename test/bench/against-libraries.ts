import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { featureTally, mergeFeatureRows } from '../../server/counting/merge-tallies.ts';
import { foldPredictions } from '../../server/counting/prediction-fold.ts';
import { probabilityEdges } from '../../server/counting/score-binning.ts';
import type { FeatureTally } from '../../server/domain/binning.ts';
import type { ModelDefinition } from '../../server/domain/model.ts';
import type { BinningSet } from '../../server/domain/reference.ts';
import type { BinaryTally } from '../../server/domain/outcome-tally.ts';
import { chiSquareTest } from '../../server/metrics/drift/chi-square-contingency.ts';
import { jensenShannonDistanceOf } from '../../server/metrics/drift/jensen-shannon-distance.ts';
import { kolmogorovSmirnovBracket } from '../../server/metrics/drift/kolmogorov-smirnov-from-counts.ts';
import { kolmogorovSmirnovStatistic } from '../../server/metrics/drift/kolmogorov-smirnov.ts';
import { populationStabilityIndexOf } from '../../server/metrics/drift/population-stability-index.ts';
import { evidentlyNumericBins } from '../../server/metrics/drift/profiles/evidently-bins.ts';
import { evidentlyJensenShannon, evidentlyPsi } from '../../server/metrics/drift/profiles/evidently-divergences.ts';
import { nannymlContinuousBins } from '../../server/metrics/drift/profiles/nannyml-bins.ts';
import { nannymlJensenShannon } from '../../server/metrics/drift/profiles/nannyml-column-drift.ts';
import { wassersteinDistanceFromCountsOf } from '../../server/metrics/drift/wasserstein-distance-from-counts.ts';
import { wassersteinDistanceOf } from '../../server/metrics/drift/wasserstein-distance.ts';
import { demographicParityDifference } from '../../server/metrics/fairness/demographic-parity.ts';
import { equalizedOddsDifference } from '../../server/metrics/fairness/equalized-odds.ts';
import type { GroupComparison } from '../../server/metrics/fairness/group-comparison.ts';
import { averagePrecision, averagePrecisionOfRows } from '../../server/metrics/performance/binary/average-precision.ts';
import { brierScore } from '../../server/metrics/performance/binary/brier-score.ts';
import { logLoss } from '../../server/metrics/performance/binary/log-loss.ts';
import { rocAuc, rocAucOfRows } from '../../server/metrics/performance/binary/roc-auc.ts';
import type { MetricResult } from '../../server/domain/metric-result.ts';
import { categoricalLayout, numericLayout } from '../../server/metrics/support/binning/bin-layout.ts';
import { categoricalBinning } from '../../server/metrics/support/binning/categorical-binning.ts';
import { numericBinning } from '../../server/metrics/support/binning/numeric-binning.ts';
import { driftOfWindow } from '../../server/services/drift-of-window.ts';
import { hasVenv, pythonOfVenv } from '../reference/python-environment.ts';
import { outcomeTallies } from './library-outcomes.ts';
import { categories, drawScored, drawSide, segmentOf, type Side, writeColumns } from './library-columns.ts';

/**
 * 25 features and a million rows a side against Evidently, NannyML, Fairlearn, SciPy, scikit-learn and hand-written
 * NumPy: the same statistic, its value and its time. Three times of ours: from counts in memory (what a dashboard
 * query costs, the counting was paid on arrival: not a fair race), from typed arrays with the counting of both sides,
 * and from raw rows where the statistic needs them. `rows` and `--no-report` as arguments.
 */
const rows = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 1_000_000);
const withReport = !process.argv.includes('--no-report');
const numericFeatures = 20;
const categoricalFeatures = 5;
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

/** `bounds`: how far each value may be from the exact one, as the metric itself says. */
type Timed = { seconds: number; values: number[]; bounds?: number[] };

const reference = drawSide(rows, numericFeatures, categoricalFeatures, 0, 1);
const current = drawSide(rows, numericFeatures, categoricalFeatures, 0.1, 2);
const scored = drawScored(rows, 6, 3);

const definition = modelDefinition();
const binningStarted = performance.now();
const binningSet = makeBinningSet(reference);
const binningSeconds = (performance.now() - binningStarted) / 1000;
const model = { definition, binnings: [binningSet], scoreBinnings: [] };
const models = new Map([[definition.id, model]]);
const segments = [segmentOf(reference, definition.id), segmentOf(current, definition.id)];
const foldStarted = performance.now();
const [r, c] = segments.map((segment) => {
  const counts = mergeFeatureRows(foldPredictions(segment, models, new Set()).features);
  if (counts === null) throw new Error('the fold counted no row');
  return counts;
});
const foldSeconds = (performance.now() - foldStarted) / 1000;
const outcomes = outcomeTallies(scored, definition);
const outcomeSeconds = outcomes.seconds;

say(
  `${rows.toLocaleString('en')} rows a side, ${numericFeatures} numeric and ${categoricalFeatures} categorical features`,
);
say(`bins of the reference, once: ${binningSeconds.toFixed(2)} s`);
say(
  `fold of both sides, ${(2 * rows).toLocaleString('en')} rows: ${foldSeconds.toFixed(2)} s, ${((foldSeconds * 1e6) / (2 * rows)).toFixed(2)} µs a row`,
);
say(
  `fold of ${rows.toLocaleString('en')} outcomes into ${outcomes.groups.size} groups: ${outcomeSeconds.toFixed(2)} s`,
);

const tallies = binningSet.features.map(
  (_, i) => [featureTally(binningSet, i, r), featureTally(binningSet, i, c)] as const,
);
const numeric = tallies.filter(([one]) => one.binning.kind === 'numeric');
const categorical = tallies.filter(([one]) => one.binning.kind === 'categorical');
const theirs = askLibraries();

say('\nstatistic; their time, ours, how many times faster, largest relative difference of a value');
const all = (): Timed => timed(() => driftOfWindow(binningSet, r, c).map(() => 0));
compare('PSI, 20 columns', 'numpy psi', fromCounts(numeric, populationStabilityIndexOf), foldSeconds);
compare(
  'PSI, 5 categorical columns',
  'numpy psi categories',
  fromCounts(categorical, populationStabilityIndexOf),
  foldSeconds,
);
compare(
  'chi-square, 5 categorical columns',
  'scipy chi-square',
  fromCounts(categorical, (a, b) => chiSquareTest(a, b).statistic),
  foldSeconds,
);
compare('KS D, 20 columns, from bins', 'scipy ks', ksFromBins(), foldSeconds);
compareRows('KS D, 20 columns, exact from rows', 'scipy ks', onSorted(kolmogorovSmirnovStatistic));
compare('Wasserstein, 20 columns, from bins', 'scipy wasserstein', wassersteinFromBins(), foldSeconds);
compareRows('Wasserstein, 20 columns, exact from rows', 'scipy wasserstein', onSorted(wassersteinDistanceOf));
compareRows(
  "PSI, Evidently's bins and zero rule, rows",
  'evidently psi',
  onColumns((a, b) => evidentlyPsi(evidentlyNumericBins(a, b))),
);
compareRows(
  "Jensen-Shannon, Evidently's bins, rows",
  'evidently jensenshannon',
  onColumns((a, b) => evidentlyJensenShannon(evidentlyNumericBins(a, b))),
);
compareRows(
  "Jensen-Shannon, NannyML's bins, rows",
  'nannyml jensen_shannon',
  onColumns((a, b) => nannymlJensenShannon(nannymlContinuousBins(a, b))),
);
compare(
  'Jensen-Shannon, our 20 bins',
  'nannyml jensen_shannon',
  fromCounts(numeric, jensenShannonDistanceOf),
  foldSeconds,
  'other bins: the same question, another number',
);
compare(
  'PSI, our 20 bins',
  'evidently psi',
  fromCounts(numeric, populationStabilityIndexOf),
  foldSeconds,
  'other bins: the same question, another number',
);
compare('ROC AUC, from 200 bins', 'sklearn roc_auc', fromScoreBins(rocAuc), outcomeSeconds);
compareRows(
  'ROC AUC with DeLong interval, rows',
  'sklearn roc_auc',
  timed(() => [valueOf(rocAucOfRows({ scores: scored.score, labels: scored.label }))]),
);
compare(
  'average precision, from 200 bins',
  'sklearn average_precision',
  fromScoreBins(averagePrecision),
  outcomeSeconds,
);
compareRows(
  'average precision, rows',
  'sklearn average_precision',
  timed(() => [valueOf(averagePrecisionOfRows({ scores: scored.score, labels: scored.label }))]),
);
compare(
  'log loss and Brier score',
  'sklearn log_loss and brier',
  timed(() => [valueOf(logLoss(outcomes.overall)), valueOf(brierScore(outcomes.overall))]),
  outcomeSeconds,
);
compare(
  'demographic parity, 6 groups',
  'fairlearn demographic_parity',
  fairness(demographicParityDifference),
  outcomeSeconds,
);
compare('equalized odds, 6 groups', 'fairlearn equalized_odds', fairness(equalizedOddsDifference), outcomeSeconds);
compare(
  'every drift metric and verdict, 25 columns',
  'evidently report',
  all(),
  foldSeconds,
  'a report against a page: not the same work',
);
allTogether();
for (const [name, reason] of Object.entries(theirs.missing)) say(`left out: ${name}: ${reason}`);

function compare(title: string, key: string, ours: Timed, countingSeconds: number, note = ''): void {
  line(title, key, ours, 'counts in memory', note);
  line('', key, { ...ours, seconds: ours.seconds + countingSeconds }, 'with the counting', note);
}

/** One fold serves every statistic, so the fair sum charges it once. */
function allTogether(): void {
  const keys = ['numpy psi', 'numpy psi categories', 'scipy ks', 'scipy wasserstein', 'scipy chi-square'];
  const measured = keys.map((key) => theirs.answers[key]?.seconds);
  if (measured.some((seconds) => seconds === undefined)) return;
  const other = measured.reduce((sum, seconds) => sum + seconds, 0);
  const ours = timed(() => driftOfWindow(binningSet, r, c).map(() => 0)).seconds;
  say(
    `PSI, KS, Wasserstein and chi-square of all columns: numpy and scipy ${inWords(other)}; ours, and JS, Hellinger, TV, ` +
      `Cramér's V and verdicts besides: ${inWords(ours)} from counts (${(other / ours).toPrecision(3)} times), ` +
      `${inWords(ours + foldSeconds)} with the counting of both sides (${(other / (ours + foldSeconds)).toPrecision(3)} times)`,
  );
}

function compareRows(title: string, key: string, ours: Timed): void {
  line(title, key, ours, 'raw rows', '');
}

function line(title: string, key: string, ours: Timed, how: string, note: string): void {
  const other = theirs.answers[key];
  const name = title === '' ? `    ${how}` : `${title} (${how})`;
  if (other === undefined) {
    say(`${name.padEnd(60)} ${key}: not measured, ours ${inWords(ours.seconds)}`);
    return;
  }
  const ratio = other.seconds / ours.seconds;
  const difference = key === 'evidently report' ? '' : largest(ours.values, other.values).toExponential(1);
  say(
    `${name.padEnd(60)} ${key} ${inWords(other.seconds)}, ours ${inWords(ours.seconds)}: ${ratio.toPrecision(3)} times ${difference} ${note} ${promise(ours, other.values)}`.trimEnd(),
  );
}

function largest(ours: readonly number[], other: readonly number[]): number {
  if (ours.length !== other.length) return Infinity;
  return ours.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - other[i]) / Math.max(1e-6, Math.abs(other[i]))),
    0,
  );
}

/** Are all values as near to the exact ones as their metric promises? */
function promise({ values, bounds }: Timed, other: readonly number[]): string {
  if (bounds === undefined) return '';
  const beyond = values.filter((value, i) => !(Math.abs(value - other[i]) <= bounds[i] * (1 + 1e-9))).length;
  return beyond === 0 ? 'all within their stated error bound' : `${beyond} BEYOND their stated error bound`;
}

function inWords(seconds: number): string {
  return seconds < 1e-3
    ? `${(seconds * 1e6).toFixed(1)} µs`
    : seconds < 1
      ? `${(seconds * 1000).toFixed(1)} ms`
      : `${seconds.toFixed(2)} s`;
}

/** Short work is repeated for a fifth of a second after warming up; long work runs once. */
function timed(work: () => number[] | void): Timed {
  const started = performance.now();
  const values = work() ?? [];
  const once = (performance.now() - started) / 1000;
  if (once > 0.1) return { seconds: once, values };
  const times = Math.max(3, Math.ceil(0.2 / Math.max(once, 1e-6)));
  for (let i = 0; i < times / 10; i += 1) work();
  const again = performance.now();
  for (let i = 0; i < times; i += 1) work();
  return { seconds: (performance.now() - again) / 1000 / times, values };
}

function fromCounts(pairs: typeof tallies, of: (a: Float64Array, b: Float64Array) => number): Timed {
  const vectors = pairs.map(([one, other]) => [binsOf(one), binsOf(other)] as const);
  return timed(() => vectors.map(([a, b]) => of(a, b)));
}

function binsOf({ binning, counts }: FeatureTally): Float64Array {
  const layout = binning.kind === 'numeric' ? numericLayout(binning) : categoricalLayout(binning);
  return counts.subarray(0, layout.bins);
}

function ksFromBins(): Timed {
  const bracketOf = ([one, other]: (typeof tallies)[number]): { lower: number; upper: number } => {
    const [a, b] = [binsOf(one), binsOf(other)];
    return kolmogorovSmirnovBracket(a, b, a.length - 4);
  };
  const bounds = numeric.map((pair) => bracketOf(pair).upper - bracketOf(pair).lower);
  return { ...timed(() => numeric.map((pair) => bracketOf(pair).lower)), bounds };
}

function wassersteinFromBins(): Timed {
  const distanceOf = ([one, other]: (typeof tallies)[number]): { value: number; errorBound: number } => {
    if (one.binning.kind !== 'numeric') throw new Error('only numeric columns have distances');
    const min = Math.min(one.moments?.min ?? Infinity, other.moments?.min ?? Infinity);
    const max = Math.max(one.moments?.max ?? -Infinity, other.moments?.max ?? -Infinity);
    const samples = { edges: one.binning.edges, reference: binsOf(one), current: binsOf(other), min, max };
    return wassersteinDistanceFromCountsOf(samples);
  };
  const bounds = numeric.map((pair) => distanceOf(pair).errorBound);
  return { ...timed(() => numeric.map((pair) => distanceOf(pair).value)), bounds };
}

function onColumns(of: (a: Float64Array, b: Float64Array) => number): Timed {
  return timed(() => reference.numeric.map((column, i) => of(column, current.numeric[i])));
}

function onSorted(of: (a: Float64Array, b: Float64Array) => number): Timed {
  return onColumns((a, b) => of(a.slice().sort(), b.slice().sort()));
}

function fromScoreBins(metric: (tally: BinaryTally) => MetricResult): Timed {
  const result = metric(outcomes.overall);
  const bounds = [result.kind === 'value' ? (result.errorBound ?? 0) : Number.NaN];
  return { ...timed(() => [valueOf(metric(outcomes.overall))]), bounds };
}

function fairness(metric: (groups: Map<string, BinaryTally>, overall: BinaryTally) => GroupComparison): Timed {
  return timed(() => [valueOf(metric(outcomes.groups, outcomes.overall).result)]);
}

function valueOf(result: MetricResult): number {
  return result.kind === 'value' ? result.value : Number.NaN;
}

function modelDefinition(): ModelDefinition {
  const features = Array.from({ length: numericFeatures + categoricalFeatures }, (_, ordinal) => {
    const isNumeric = ordinal < numericFeatures;
    const position = isNumeric ? ordinal : ordinal - numericFeatures;
    const kind = isNumeric ? ('numeric' as const) : ('categorical' as const);
    return { name: `f${ordinal}`, kind, ordinal, position, origin: 'declared' as const };
  });
  return {
    id: 'bench',
    task: 'binary',
    registration: 'declared',
    schemaMode: 'closed',
    features,
    positiveLabel: '1',
    negativeLabel: '0',
    threshold: 0.5,
    scoreScale: 'probability',
    valueCenter: 0,
    segments: [],
    sensitiveFeatures: [],
    classes: [],
    intersections: [],
    minGroupN: 30,
    stage: 'production',
    revision: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

function makeBinningSet(side: Side): BinningSet {
  const numericBinnings = side.numeric.map((column) => numericBinning(column));
  const categoricalBinnings = side.codes.map((column) =>
    categoricalBinning(Array.from(column, (code) => categories[code])),
  );
  const binnings = [...numericBinnings, ...categoricalBinnings];
  return {
    referenceId: 'bench',
    model: 'bench',
    features: binnings.map((binning, i) => ({ feature: `f${i}`, binning })),
    scoreEdges: [...probabilityEdges],
  };
}

function askLibraries(): { answers: Record<string, Timed>; missing: Record<string, string> } {
  if (!hasVenv) {
    say('the libraries are not here: `npm run verify:reference` installs them; times of ours alone follow');
    return { answers: {}, missing: {} };
  }
  const folder = writeColumns({ reference, current }, scored);
  try {
    const args = [join(import.meta.dirname, 'against-libraries.py'), folder];
    const sizes = [rows, numericFeatures, categoricalFeatures, withReport ? 1 : 0].map(String);
    const { status, stdout, stderr } = spawnSync(pythonOfVenv, [...args, ...sizes], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    if (status !== 0) throw new Error(`the Python side failed:\n${stderr}`);
    return JSON.parse(stdout.slice(stdout.lastIndexOf('{"answers"'))) as ReturnType<typeof askLibraries>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
