/** What a case hands to both sides, by kind. The Python modules read the same names. */
export type Inputs = {
  samples: { reference: number[]; current: number[] };
  counts: { reference: number[]; current: number[] };
  categories: { reference: string[]; current: string[] };
  two_categories: { reference: string[]; current: string[] };
  vectors: { reference: number[][]; current: number[][] };
  attributions: { reference: number[]; current: number[] };
  scored: { scores: number[]; labels: number[]; decisions: number[] };
  classes: { actual: number[]; predicted: number[]; probabilities: number[][] };
  values: { actual: number[]; predicted: number[] };
  ranked: { lists: number[][]; k: number };
  groups: { labels: number[]; decisions: number[]; groups: string[] };
  stream: { stream: number[]; limit: number };
  errors: { stream: number[] };
  binned_losses: { codes: number[][]; target: number[] };
  tails: {
    degrees: number[];
    statistics: number[];
    z: number[];
    lambdas: number[];
    probabilities: number[];
    beta: [number, number][];
  };
  proportions: { x1: number; n1: number; x2: number; n2: number };
  p_values: { p: number[] };
  volumes: { count: number; history: number[] };
};

export type Kind = keyof Inputs;
export type ReferenceCase = { [K in Kind]: { id: string; kind: K; input: Inputs[K] } }[Kind];

/** A number, several, or none where the measure does not apply to the case. */
export type Answer = number | null | readonly (number | null)[];

/**
 * One measure on both sides. `bound` is the largest relative difference that passes: 1e-9 where the definitions are
 * equal; more only with a `why`. Values below `floor` are compared on its scale.
 */
export type MeasureOf<K extends Kind> = {
  key: string;
  kind: K;
  metric: string;
  library: string;
  ours: (input: Inputs[K]) => Answer;
  bound?: number;
  floor?: number;
  why?: string;
  /** Cases in which doubles, or the library's rules, allow fewer digits than elsewhere. */
  loose?: { cases: readonly string[]; bound: number; why: string };
};
export type Measure = { [K in Kind]: MeasureOf<K> }[Kind];

export const equalBound = 1e-9;
export const floorDefault = 1e-6;

/** The largest difference that passes in one case. */
export function boundIn(measure: Measure, caseId: string): number {
  return measure.loose?.cases.includes(caseId) ? measure.loose.bound : (measure.bound ?? equalBound);
}

/** Largest relative difference of two answers; infinite when one side has a value and the other has none. */
export function largestDifference(ours: Answer, theirs: Answer, floor = floorDefault): number {
  const a = listOf(ours);
  const b = listOf(theirs);
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce<number>((largest, value, i) => Math.max(largest, difference(value, b[i], floor)), 0);
}

function listOf(answer: Answer): readonly (number | null)[] {
  return answer === null || typeof answer === 'number' ? [answer] : answer;
}

function difference(a: number | null, b: number | null, floor: number): number {
  if (a === null || b === null) return a === b ? 0 : Number.POSITIVE_INFINITY;
  const distance = Math.abs(a - b);
  return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance / Math.max(Math.abs(b), floor);
}
