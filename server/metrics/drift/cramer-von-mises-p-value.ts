import { logGamma } from '../support/special-functions/log-gamma.ts';

/** Neither form of the limit distribution can be trusted further. */
const ASYMPTOTIC_P_MIN = 1e-7;

/** Step of the trapezoid rule; its error falls as exp(−π²/step), here below 10⁻³⁰. */
const STEP = 0.125;

/** e^(−y)·K_¼(y), the modified Bessel function by its integral ∫ e^(−y·cosh t)·cosh(t/4) dt. */
function scaledBesselQuarter(y: number): number {
  let sum = Math.exp(-y) / 2;
  for (let t = STEP; ; t += STEP) {
    const term = Math.exp(-y * Math.cosh(t)) * Math.cosh(t / 4);
    sum += term;
    if (term < sum * 1e-18) return Math.exp(-y) * sum * STEP;
  }
}

/**
 * Upper tail of the limit distribution of the Cramér-von Mises statistic ω².
 *
 * Definition: 1 − Σ_(k≥0) Γ(k+½)/(k!·π^(3/2)·√z)·√(4k+1)·e^(−y)·K_¼(y), y = (4k+1)²/(16z).
 *
 * @param z ω²; below 0.003 the tail is 1
 * @returns p in [10⁻⁷, 1]; 10⁻⁷ stands for "10⁻⁷ or less", the subtraction has no more digits
 *
 * Reference: Anderson & Darling 1952, doi:10.1214/aoms/1177729437.
 *
 * @example
 * cramerVonMisesLimitTail(0.46136); // 0.05
 */
export function cramerVonMisesLimitTail(z: number): number {
  if (!(z >= 0.003)) return 1;
  const factor = 1 / (Math.PI ** 1.5 * Math.sqrt(z));
  let below = 0;
  for (let k = 0; ; k += 1) {
    const y = (4 * k + 1) ** 2 / (16 * z);
    const weight = Math.exp(logGamma(k + 0.5) - logGamma(k + 1)) * Math.sqrt(4 * k + 1);
    const term = y < 700 ? factor * weight * scaledBesselQuarter(y) : 0;
    below += term;
    if (term <= below * 1e-17) break;
  }
  return Math.min(1, Math.max(ASYMPTOTIC_P_MIN, 1 - below));
}

/**
 * Asymptotic p of the two-sample statistic T, corrected for its mean and variance at these sizes.
 *
 * Definition: z = 1/6 + (T − (1+1/N)/6)/√(45V), V = (N+1)(4MN − 3(n²+m²) − 2M)/(180·N²·M), M = n·m.
 *
 * Reference: Anderson 1962, doi:10.1214/aoms/1177704477.
 */
export function cramerVonMisesAsymptoticP(statistic: number, nReference: number, nCurrent: number): number {
  const total = nReference + nCurrent;
  const product = nReference * nCurrent;
  const squares = nReference * nReference + nCurrent * nCurrent;
  const variance = ((total + 1) * (4 * product * total - 3 * squares - 2 * product)) / (180 * total * total * product);
  return cramerVonMisesLimitTail(1 / 6 + (statistic - (1 + 1 / total) / 6) / Math.sqrt(45 * variance));
}

/** Paths by their sum so far, ascending in `sums`; `mass` is their share of all paths from the origin to here. */
type Paths = { sums: Float64Array; mass: Float64Array };

/** Paths that come from two sides, equal sums joined, each with the square of the new point added. */
function joined(a: Paths, b: Paths, weights: readonly [number, number], square: number): Paths {
  const sums = new Float64Array(a.sums.length + b.sums.length);
  const mass = new Float64Array(sums.length);
  let i = 0;
  let j = 0;
  let n = 0;
  while (i < a.sums.length || j < b.sums.length) {
    const left = i < a.sums.length ? a.sums[i] : Number.POSITIVE_INFINITY;
    const right = j < b.sums.length ? b.sums[j] : Number.POSITIVE_INFINITY;
    sums[n] = Math.min(left, right) + square;
    if (left <= right) mass[n] += weights[0] * a.mass[i++];
    if (right <= left) mass[n] += weights[1] * b.mass[j++];
    n += 1;
  }
  return { sums: sums.subarray(0, n), mass: mass.subarray(0, n) };
}

/**
 * Exact p for two samples without ties: the share of lattice paths from (0, 0) to (n, m) whose sum of squares
 * Σ(i·m − j·n)² over the visited points is at least the observed one.
 *
 * @param sumOfSquares the observed sum, T·n·m·N², a whole number
 * @returns p in (0, 1]
 *
 * Reference: Anderson 1962, doi:10.1214/aoms/1177704477. Cost: about 60 ms at 19 × 20 rows, rising with the fifth power: it stops at 20.
 *
 * @example
 * cramerVonMisesExactP(8856, 7, 9); // 0.0318
 */
export function cramerVonMisesExactP(sumOfSquares: number, nReference: number, nCurrent: number): number {
  const none: Paths = { sums: new Float64Array(0), mass: new Float64Array(0) };
  let row: Paths[] = [];
  for (let i = 0; i <= nReference; i += 1) {
    const next: Paths[] = [];
    for (let j = 0; j <= nCurrent; j += 1) {
      if (i === 0 && j === 0) next.push({ sums: Float64Array.of(0), mass: Float64Array.of(1) });
      else {
        const square = (i * nCurrent - j * nReference) ** 2;
        // Of all paths to (i, j), the share i/(i+j) comes through (i−1, j).
        const weights = [i / (i + j), j / (i + j)] as const;
        next.push(joined(i > 0 ? row[j] : none, j > 0 ? next[j - 1] : none, weights, square));
      }
    }
    row = next;
  }
  const { sums, mass } = row[nCurrent];
  let p = 0;
  for (let i = 0; i < sums.length; i += 1) if (sums[i] >= sumOfSquares) p += mass[i];
  return Math.min(1, p);
}
