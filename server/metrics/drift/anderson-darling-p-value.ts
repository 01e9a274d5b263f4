/** Critical values of the standardised two-sample statistic and the levels they belong to. */
const CRITICAL_VALUES = [0.325, 1.226, 1.961, 2.718, 3.752, 4.592, 6.546];
const LEVELS = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];

/** Solve the 3×3 normal equations of a quadratic by Cramer's rule: well conditioned around the mean of the abscissae. */
function leastSquaresQuadratic(xs: readonly number[], ys: readonly number[]): [number, number, number] {
  const power = (k: number): number => xs.reduce((sum, x) => sum + x ** k, 0);
  const moment = (k: number): number => xs.reduce((sum, x, i) => sum + x ** k * ys[i], 0);
  const [s0, s1, s2, s3, s4] = [0, 1, 2, 3, 4].map(power);
  const [t0, t1, t2] = [0, 1, 2].map(moment);
  const determinant = (m: readonly number[]): number =>
    m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
  const whole = determinant([s0, s1, s2, s1, s2, s3, s2, s3, s4]);
  return [
    determinant([t0, s1, s2, t1, s2, s3, t2, s3, s4]) / whole,
    determinant([s0, t0, s2, s1, t1, s3, s2, t2, s4]) / whole,
    determinant([s0, s1, t0, s1, s2, t1, s2, s3, t2]) / whole,
  ];
}

const CENTRE = CRITICAL_VALUES.reduce((sum, value) => sum + value, 0) / CRITICAL_VALUES.length;
const [CONSTANT, LINEAR, QUADRATIC] = leastSquaresQuadratic(
  CRITICAL_VALUES.map((value) => value - CENTRE),
  LEVELS.map(Math.log),
);

/**
 * p of the standardised two-sample Anderson-Darling statistic.
 *
 * Definition: least-squares quadratic of ln(level) on the seven critical values, cut to [0.001, 0.25], the range in which
 * they lie: read 0.001 as "0.001 or less" and 0.25 as "0.25 or more". The same as SciPy's `anderson_ksamp`.
 *
 * Reference: Scholz & Stephens 1987, doi:10.1080/01621459.1987.10478517, table 1.
 *
 * @example
 * andersonDarlingP(1.961); // 0.0505
 */
export function andersonDarlingP(standardised: number): number {
  // Beyond its lowest point the parabola would rise again: there the statistic is far past the last critical value.
  if (standardised > CRITICAL_VALUES[6]) return LEVELS[6];
  const x = standardised - CENTRE;
  return Math.min(LEVELS[0], Math.max(LEVELS[6], Math.exp(CONSTANT + LINEAR * x + QUADRATIC * x * x)));
}
