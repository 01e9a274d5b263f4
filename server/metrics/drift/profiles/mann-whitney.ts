import { midranks } from '../../support/numerics/midranks.ts';
import { normalUpperTail } from '../../support/special-functions/normal-upper-tail.ts';

const EXACT_ROWS_MAX = 8;

/** P(U ≥ u) without ties: coefficients of the Gaussian binomial, all orders equally likely. */
function exactUpperTail(u: number, n: number, m: number): number {
  const coefficients = new Float64Array(n * m + 1);
  coefficients[0] = 1;
  const smaller = Math.min(n, m);
  const larger = Math.max(n, m);
  for (let i = 1; i <= smaller; i += 1) {
    for (let k = n * m; k >= larger + i; k -= 1) coefficients[k] -= coefficients[k - larger - i];
    for (let k = i; k <= n * m; k += 1) coefficients[k] += coefficients[k - i];
  }
  let tail = 0;
  let total = 0;
  coefficients.forEach((count, k) => {
    total += count;
    if (k >= u) tail += count;
  });
  return tail / total;
}

/** Σ(t³ − t) over runs of equal values. */
function tieTerm(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  let sum = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    sum += (end - start) ** 3 - (end - start);
    start = end;
  }
  return sum;
}

/**
 * Mann-Whitney U, alternative "less": is the reference stochastically smaller than the window? Evidently's
 * `mannw`, alarm below 0.05. One-sided: a window that fell is not seen.
 *
 * Definition: as SciPy's `mannwhitneyu(reference, current, alternative='less')`: exact when a side has at most 8 rows
 * and nothing is tied, else normal with tie and continuity correction.
 *
 * @returns p in [0, 1]; 1 when all values are equal
 *
 * Reference: Mann & Whitney 1947, doi:10.1214/aoms/1177730491.
 */
export function mannWhitneyLess(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const n = reference.length;
  const m = current.length;
  const pooled = Float64Array.from({ length: n + m }, (_, i) => (i < n ? reference[i] : current[i - n]));
  const ranks = midranks(pooled);
  let rankSum = 0;
  for (let i = n; i < n + m; i += 1) rankSum += ranks[i];
  const u = rankSum - (m * (m + 1)) / 2;
  const ties = tieTerm(pooled);
  if (ties === 0 && Math.min(n, m) <= EXACT_ROWS_MAX) return exactUpperTail(u, n, m);
  const total = n + m;
  const deviation = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
  return deviation > 0 ? normalUpperTail((u - (n * m) / 2 - 0.5) / deviation) : 1;
}
