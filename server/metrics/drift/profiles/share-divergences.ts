/** Shares that sum to 1, or as a profile leaves them. */
export type Shares = ArrayLike<number>;

/** counts / total; all zeros when there is nothing. */
export function sharesOf(counts: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let i = 0; i < counts.length; i += 1) total += counts[i];
  return Float64Array.from({ length: counts.length }, (_, i) => (total > 0 ? counts[i] / total : 0));
}

/** Σ (p − q)·ln(p/q): PSI of shares without zeros. */
export function stabilityIndexOfShares(reference: Shares, current: Shares): number {
  let sum = 0;
  for (let i = 0; i < reference.length; i += 1) {
    if (reference[i] !== current[i]) sum += (reference[i] - current[i]) * Math.log(reference[i] / current[i]);
  }
  return sum;
}

/** Σ p·ln(p/q) after both are made to sum to 1; +Infinity where q is 0 and p is not. */
export function entropyOfShares(reference: Shares, current: Shares): number {
  const p = sharesOf(reference);
  const q = sharesOf(current);
  let sum = 0;
  for (let i = 0; i < p.length; i += 1) if (p[i] > 0) sum += p[i] * Math.log(p[i] / q[i]);
  return Math.max(0, sum);
}

/** Jensen-Shannon distance of shares that are made to sum to 1; `base` is e or 2. */
export function jensenShannonOfShares(reference: Shares, current: Shares, base: 'e' | '2'): number {
  const p = sharesOf(reference);
  const q = sharesOf(current);
  let sum = 0;
  for (let i = 0; i < p.length; i += 1) {
    const middle = (p[i] + q[i]) / 2;
    if (p[i] > 0) sum += p[i] * Math.log(p[i] / middle);
    if (q[i] > 0) sum += q[i] * Math.log(q[i] / middle);
  }
  return Math.sqrt(Math.max(0, sum / 2 / (base === '2' ? Math.LN2 : 1)));
}

/** √(½Σ(√p − √q)²), which is √(1 − Σ√(pq)) for shares that sum to 1. */
export function hellingerOfShares(reference: Shares, current: Shares): number {
  let sum = 0;
  for (let i = 0; i < reference.length; i += 1) sum += (Math.sqrt(reference[i]) - Math.sqrt(current[i])) ** 2;
  return Math.sqrt(sum / 2);
}
