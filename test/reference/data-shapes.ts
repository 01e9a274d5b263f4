import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalQuantile } from '../../server/metrics/support/special-functions/normal-quantile.ts';
import { seededRandom } from '../../server/metrics/support/numerics/seeded-random.ts';
import type { ReferenceCase } from './measure.ts';

type Uniform = () => number;
type Shape = (uniform: Uniform) => number;

const normal: Shape = (uniform) => normalQuantile(Math.min(1 - 1e-15, Math.max(1e-15, uniform())));
const draw = (n: number, seed: number, shape: Shape): number[] => {
  const uniform = seededRandom(seed);
  return Array.from({ length: n }, () => shape(uniform));
};
const pick = <T>(uniform: Uniform, items: readonly T[], weights: readonly number[]): T => {
  let rest = uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  return items[
    Math.max(
      0,
      weights.findIndex((weight) => (rest -= weight) < 0),
    )
  ];
};

/** Pairs of samples: small and large, equal and unequal, skewed, heavy-tailed, tied, far from zero, with atoms. */
const samplePairs: Record<string, { n: number; m: number; before: Shape; after: Shape }> = {
  'normal, no change': { n: 500, m: 500, before: normal, after: normal },
  'normal, mean moved': { n: 600, m: 400, before: normal, after: (u) => normal(u) + 0.3 },
  'normal, spread doubled': { n: 700, m: 900, before: normal, after: (u) => 2 * normal(u) },
  'a dozen rows': { n: 12, m: 9, before: normal, after: (u) => normal(u) + 1 },
  'lognormal incomes': {
    n: 2000,
    m: 300,
    before: (u) => Math.exp(10 + normal(u)),
    after: (u) => Math.exp(10.2 + normal(u)),
  },
  'heavy tails': {
    n: 800,
    m: 800,
    before: (u) => Math.tan(Math.PI * (u() - 0.5)),
    after: (u) => 1 + Math.tan(Math.PI * (u() - 0.5)),
  },
  'whole numbers with ties': {
    n: 900,
    m: 1100,
    before: (u) => Math.floor(30 * u()),
    after: (u) => Math.floor(28 * u() ** 1.2) + 3,
  },
  'few distinct values': { n: 400, m: 350, before: (u) => Math.floor(6 * u()), after: (u) => Math.floor(6 * u() ** 2) },
  'zero-inflated': {
    n: 1500,
    m: 500,
    before: (u) => (u() < 0.4 ? 0 : u() * 50),
    after: (u) => (u() < 0.6 ? 0 : u() * 50),
  },
  'two humps': {
    n: 1000,
    m: 1000,
    before: (u) => normal(u) + (u() < 0.5 ? -3 : 3),
    after: (u) => normal(u) + (u() < 0.7 ? -3 : 3),
  },
  'a thousand millions away': { n: 600, m: 600, before: (u) => 1e9 + normal(u), after: (u) => 1e9 + 0.2 + normal(u) },
  'four thousand a side': { n: 4000, m: 4000, before: normal, after: (u) => 1.04 * normal(u) + 0.01 },
  'very unequal sizes': { n: 6000, m: 150, before: normal, after: (u) => normal(u) - 0.25 },
};

const sampleCases = Object.entries(samplePairs).map(([id, { n, m, before, after }], i): ReferenceCase => {
  const input = { reference: draw(n, 100 + i, before), current: draw(m, 200 + i, after) };
  return { id: `samples: ${id}`, kind: 'samples', input };
});

const countsOf = (n: number, seed: number, weights: readonly number[]): number[] => {
  const counts = weights.map(() => 0);
  const uniform = seededRandom(seed);
  const places = weights.map((_, i) => i);
  for (let i = 0; i < n; i += 1) counts[pick(uniform, places, weights)] += 1;
  return counts;
};

const flat = Array.from({ length: 20 }, () => 1);
const zipf = Array.from({ length: 50 }, (_, i) => 1 / (i + 1));
const countPairs: [string, number[], number[]][] = [
  ['written out', [500, 300, 200], [300, 300, 400]],
  ['20 equal bins, no change', countsOf(10_000, 1, flat), countsOf(1000, 2, flat)],
  [
    '20 bins tilted',
    countsOf(5000, 3, flat),
    countsOf(
      800,
      4,
      flat.map((_, i) => 1 + i / 10),
    ),
  ],
  [
    'Zipf categories',
    countsOf(20_000, 5, zipf),
    countsOf(
      3000,
      6,
      [...zipf].reverse().map((w, i) => w + zipf[i]),
    ),
  ],
  ['bins empty on one side', [400, 0, 100, 0, 300], [350, 60, 0, 0, 290]],
  ['millions of rows', [4_000_000, 3_000_000, 2_000_000, 1_000_000], [401_000, 299_000, 201_500, 98_500]],
];
const countCases = countPairs.map(([id, reference, current]): ReferenceCase => ({
  id: `counts: ${id}`,
  kind: 'counts',
  input: { reference, current },
}));

const words = ['red', 'green', 'blue', 'black', 'white', 'grey', 'pink'];
const wordsOf = (n: number, seed: number, weights: readonly number[]): string[] => {
  const uniform = seededRandom(seed);
  return Array.from({ length: n }, () => pick(uniform, words, weights));
};
const categoryCases: ReferenceCase[] = [
  {
    id: 'categories: the same seven',
    kind: 'categories',
    input: { reference: wordsOf(1500, 7, [7, 6, 5, 4, 3, 2, 1]), current: wordsOf(900, 8, [5, 5, 5, 5, 3, 2, 1]) },
  },
  {
    id: 'categories: one vanished',
    kind: 'categories',
    input: { reference: wordsOf(800, 9, [4, 4, 3, 3, 2, 2, 1]), current: wordsOf(700, 10, [4, 4, 3, 3, 2, 2, 0]) },
  },
  {
    id: 'two categories',
    kind: 'two_categories',
    input: { reference: wordsOf(600, 11, [3, 2]), current: wordsOf(500, 12, [5, 4]) },
  },
];

const vectorsOf = (n: number, seed: number, correlation: number, shift: number): number[][] => {
  const uniform = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const common = normal(uniform);
    return Array.from({ length: 6 }, (_, i) => correlation * common + normal(uniform) + (i === 0 ? shift : 0));
  });
};
const vectorCases: ReferenceCase[] = [
  {
    id: 'vectors: mean moved',
    kind: 'vectors',
    input: { reference: vectorsOf(600, 21, 1, 0), current: vectorsOf(550, 22, 1, 0.5) },
  },
  {
    id: 'vectors: correlation broken',
    kind: 'vectors',
    input: { reference: vectorsOf(700, 23, 2, 0), current: vectorsOf(520, 24, 0, 0) },
  },
];

const scoredOf = (n: number, seed: number, digits: number, truth: (p: number) => number) => {
  const uniform = seededRandom(seed);
  const rows = Array.from({ length: n }, () => {
    const score = Number(uniform().toFixed(digits));
    return { score, label: uniform() < truth(score) ? 1 : 0 };
  });
  const scores = rows.map(({ score }) => score);
  return { scores, labels: rows.map(({ label }) => label), decisions: scores.map((score) => (score >= 0.5 ? 1 : 0)) };
};
const scoredCases: ReferenceCase[] = [
  { id: 'scored: calibrated', kind: 'scored', input: scoredOf(1000, 31, 15, (p) => p) },
  { id: 'scored: two digits, tied', kind: 'scored', input: scoredOf(3000, 32, 2, (p) => 0.1 + 0.7 * p) },
  { id: 'scored: rare positives', kind: 'scored', input: scoredOf(5000, 33, 15, (p) => 0.08 * p * p) },
];

const classCases = [300, 2000].map((n, i): ReferenceCase => {
  const uniform = seededRandom(41 + i);
  const probabilities = Array.from({ length: n }, () => {
    const raw = [uniform(), uniform(), uniform(), uniform() / 3];
    const sum = raw.reduce((total, one) => total + one, 0);
    return raw.map((one) => one / sum);
  });
  const predicted = probabilities.map((row) => row.indexOf(Math.max(...row)));
  const actual = probabilities.map((row) =>
    pick(
      uniform,
      [0, 1, 2, 3],
      row.map((p) => p ** 3),
    ),
  );
  return { id: `classes: four, ${n} rows`, kind: 'classes', input: { actual, predicted, probabilities } };
});

const valueCases: ReferenceCase[] = [
  { id: 'values: prices', n: 400, offset: 100, scale: 30 },
  { id: 'values: signed, with zeros', n: 300, offset: 0, scale: 3 },
  { id: 'values: far from zero', n: 500, offset: 1e6, scale: 1 },
].map(({ id, n, offset, scale }, i) => {
  const uniform = seededRandom(51 + i);
  const actual = Array.from({ length: n }, () => offset + Math.round(scale * normal(uniform)));
  const predicted = actual.map((y) => y + (scale / 5) * normal(uniform));
  return { id, kind: 'values', input: { actual, predicted } };
});

const rankedCases = [3, 10].map((k, i): ReferenceCase => {
  const uniform = seededRandom(61 + i);
  const lists = Array.from({ length: 80 }, () =>
    Array.from({ length: 10 }, () => Math.max(0, Math.floor(uniform() * 6) - 2)),
  );
  return { id: `ranked: k ${k}`, kind: 'ranked', input: { lists, k } };
});

const groupCases = [
  ['a', 'b'],
  ['a', 'b', 'c', 'd'],
].map((names, i): ReferenceCase => {
  const uniform = seededRandom(71 + i);
  const rows = Array.from({ length: 900 * names.length }, () => {
    const group = Math.floor(uniform() * names.length);
    const label = uniform() < 0.3 + 0.1 * group ? 1 : 0;
    return { group: names[group], label, decision: uniform() < 0.2 + 0.5 * label + 0.05 * group ? 1 : 0 };
  });
  const input = {
    labels: rows.map(({ label }) => label),
    decisions: rows.map(({ decision }) => decision),
    groups: rows.map(({ group }) => group),
  };
  return { id: `groups: ${names.length}`, kind: 'groups', input };
});

const streamCases: ReferenceCase[] = [
  { id: 'stream: mean jumps twice', limit: 20, at: (i: number) => (i < 900 ? 0.2 : i < 1800 ? 0.6 : 0.3), spread: 0.2 },
  { id: 'stream: slow rise', limit: 8, at: (i: number) => i / 3000, spread: 0.1 },
  { id: 'stream: no change', limit: 50, at: () => 0.5, spread: 0.3 },
].map(({ id, limit, at, spread }, i) => {
  const uniform = seededRandom(81 + i);
  return {
    id,
    kind: 'stream',
    input: { stream: Array.from({ length: 2500 }, (_, t) => at(t) + spread * uniform()), limit },
  };
});
const errorCases = [0.1, 0.25].map((rate, i): ReferenceCase => {
  const uniform = seededRandom(91 + i);
  const stream = Array.from({ length: 3000 }, (_, t) => (uniform() < (t < 1500 ? rate : 2.5 * rate) ? 1 : 0));
  return { id: `errors: ${rate} to ${2.5 * rate}`, kind: 'errors', input: { stream } };
});

const rest: ReferenceCase[] = [
  {
    id: 'attributions: twelve features',
    kind: 'attributions',
    input: { reference: draw(12, 13, (u) => u()), current: draw(12, 14, (u) => u()) },
  },
  {
    id: 'binned losses',
    kind: 'binned_losses',
    input: {
      codes: [4, 6, 3].map((size, i) => [
        ...draw(1200, 15 + i, (u) => Math.floor(size * u())).slice(size),
        ...Array.from({ length: size }, (_, c) => c),
      ]),
      target: draw(1200, 19, (u) => Math.abs(normal(u))),
    },
  },
  {
    id: 'tails and quantiles',
    kind: 'tails',
    input: {
      degrees: [1, 2, 5, 19, 60, 200],
      statistics: [0.01, 0.5, 3, 20, 90, 400, 1200],
      z: [0, 0.1, 1, 1.96, 5, 9, 20, 37],
      lambdas: [0.1, 0.4, 0.8, 1.17, 1.19, 2, 5, 15],
      probabilities: [1e-6, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.999],
      beta: [
        [1, 1],
        [3, 8],
        [40, 2],
        [200, 900],
      ],
    },
  },
  ...[
    [7, 20, 3, 30],
    [130, 500, 96, 300],
    [1, 1000, 4, 900],
    [399_900, 1_000_000, 400_500, 1_000_000],
  ].map(([x1, n1, x2, n2]): ReferenceCase => ({
    id: `proportions: ${x1}/${n1}, ${x2}/${n2}`,
    kind: 'proportions',
    input: { x1, n1, x2, n2 },
  })),
  { id: 'p-values: two hundred', kind: 'p_values', input: { p: draw(200, 16, (u) => u() ** 3) } },
  { id: 'volume: quiet hour', kind: 'volumes', input: { count: 700, history: [980, 1010, 1025, 995] } },
  { id: 'volume: tiny counts', kind: 'volumes', input: { count: 3, history: [0, 1, 0, 2, 1] } },
];

/** Real data beside the repository, where it is there: columns of house prices, and COMPAS scores by race. */
const realFolder = join(import.meta.dirname, '../../../shared/data');
export const hasRealData = existsSync(realFolder);

function columnsOf(file: string): Map<string, string[]> {
  const [head, ...lines] = readFileSync(join(realFolder, file), 'utf8').trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(','));
  return new Map(head.split(',').map((name, i) => [name, rows.map((row) => row[i])]));
}

function numbersOf(columns: Map<string, string[]>, name: string): number[] {
  return (columns.get(name) ?? []).map(Number);
}

function realCases(): ReferenceCase[] {
  if (!hasRealData) return [];
  const before = columnsOf('california-housing-reference.csv');
  const after = columnsOf('california-housing-analysis.csv');
  const compas = columnsOf('compas-two-years.csv');
  const scores = numbersOf(before, 'y_pred_proba');
  return [
    ...['MedInc', 'HouseAge', 'AveOccup'].map((name): ReferenceCase => {
      const input = { reference: numbersOf(before, name), current: numbersOf(after, name) };
      return { id: `samples: housing ${name}`, kind: 'samples', input };
    }),
    {
      id: 'scored: housing',
      kind: 'scored',
      input: { scores, labels: numbersOf(before, 'clf_target'), decisions: numbersOf(before, 'y_pred') },
    },
    compasCase(compas),
  ];
}

function compasCase(compas: Map<string, string[]>): ReferenceCase {
  const renamed: Record<string, string> = { Caucasian: 'a', 'African-American': 'b', Hispanic: 'c' };
  const races = compas.get('race') ?? [];
  const kept = races.flatMap((race, i) => (race in renamed ? [i] : []));
  const at = (values: number[]): number[] => kept.map((i) => values[i]);
  const input = {
    labels: at(numbersOf(compas, 'two_year_recid')),
    decisions: at(numbersOf(compas, 'decile_score')).map((score) => (score >= 5 ? 1 : 0)),
    groups: kept.map((i) => renamed[races[i]]),
  };
  return { id: 'groups: COMPAS by race', kind: 'groups', input };
}

export const referenceCases: readonly ReferenceCase[] = [
  ...sampleCases,
  ...countCases,
  ...categoryCases,
  ...vectorCases,
  ...scoredCases,
  ...classCases,
  ...valueCases,
  ...rankedCases,
  ...groupCases,
  ...streamCases,
  ...errorCases,
  ...rest,
  ...realCases(),
];
