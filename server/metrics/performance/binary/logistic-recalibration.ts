import type { ScoreGroups } from './score-groups.ts';

/** Probabilities are cut to [1e-6, 1 - 1e-6] so that a stated 0 or 1 has a finite logit. */
const PROBABILITY_CUT = 1e-6;
const STEPS_MAX = 60;
const STEP_TOLERANCE = 1e-11;
/** A slope beyond this means that the classes are separated: the likelihood has no maximum. */
const COEFFICIENT_MAX = 1e4;

export type LogisticFit = { intercept: number; slope: number; interceptError: number; slopeError: number };

/**
 * Unpenalised logistic fit of the label on logit(score), over groups of rows with the same score.
 *
 * Definition: maximum likelihood of logit P(y=1) = a + b·logit(p) by Newton steps, halved where the likelihood would
 * fall; standard errors from the inverse of the information matrix. With `slopeFixed` b stays 1 and a alone is fitted.
 *
 * @returns null where no maximum exists: separated classes, or slope asked for with one logit only
 *
 * Reference: Cox 1958, doi:10.1093/biomet/45.3-4.562. Cost: O(groups) a step, about six steps.
 */
export function logisticRecalibration(groups: ScoreGroups, slopeFixed: boolean): LogisticFit | null {
  const logits = groups.meanScores.map((score) => {
    const p = Math.min(1 - PROBABILITY_CUT, Math.max(PROBABILITY_CUT, score));
    return Math.log(p / (1 - p));
  });
  let intercept = 0;
  let slope = 1;
  let likelihood = logLikelihood(groups, logits, intercept, slope);
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const newton = newtonStep(groups, logits, { intercept, slope, slopeFixed });
    if (!newton) return null;
    let scale = 1;
    let next = logLikelihood(groups, logits, intercept + newton.intercept, slope + newton.slope);
    while (next < likelihood && scale > STEP_TOLERANCE) {
      scale /= 2;
      next = logLikelihood(groups, logits, intercept + scale * newton.intercept, slope + scale * newton.slope);
    }
    intercept += scale * newton.intercept;
    slope += scale * newton.slope;
    likelihood = next;
    if (Math.abs(intercept) > COEFFICIENT_MAX || Math.abs(slope) > COEFFICIENT_MAX) return null;
    if (scale * (Math.abs(newton.intercept) + Math.abs(newton.slope)) <= STEP_TOLERANCE * (1 + Math.abs(slope))) {
      return { intercept, slope, interceptError: newton.interceptError, slopeError: newton.slopeError };
    }
    if (scale <= STEP_TOLERANCE) {
      return { intercept, slope, interceptError: newton.interceptError, slopeError: newton.slopeError };
    }
  }
  return null;
}

type Point = { intercept: number; slope: number; slopeFixed: boolean };

/** Solves information × step = score for the two coefficients; null when the information matrix is singular. */
function newtonStep(groups: ScoreGroups, logits: Float64Array, at: Point): LogisticFit | null {
  let gradientA = 0;
  let gradientB = 0;
  let infoAA = 0;
  let infoAB = 0;
  let infoBB = 0;
  for (let g = 0; g < logits.length; g += 1) {
    const size = groups.positives[g] + groups.negatives[g];
    const p = 1 / (1 + Math.exp(-(at.intercept + at.slope * logits[g])));
    const residual = groups.positives[g] - size * p;
    const weight = size * p * (1 - p);
    gradientA += residual;
    gradientB += residual * logits[g];
    infoAA += weight;
    infoAB += weight * logits[g];
    infoBB += weight * logits[g] * logits[g];
  }
  if (!(infoAA > 1e-12)) return null;
  if (at.slopeFixed) {
    return { intercept: gradientA / infoAA, slope: 0, interceptError: Math.sqrt(1 / infoAA), slopeError: 0 };
  }
  const determinant = infoAA * infoBB - infoAB * infoAB;
  if (!(determinant > 1e-12 * infoAA * infoBB)) return null;
  return {
    intercept: (infoBB * gradientA - infoAB * gradientB) / determinant,
    slope: (infoAA * gradientB - infoAB * gradientA) / determinant,
    interceptError: Math.sqrt(infoBB / determinant),
    slopeError: Math.sqrt(infoAA / determinant),
  };
}

function logLikelihood(groups: ScoreGroups, logits: Float64Array, intercept: number, slope: number): number {
  let sum = 0;
  for (let g = 0; g < logits.length; g += 1) {
    const linear = intercept + slope * logits[g];
    // ln p = −softplus(−x) and ln(1−p) = −softplus(x): no overflow, no logarithm of 0.
    sum -= groups.positives[g] * softplus(-linear) + groups.negatives[g] * softplus(linear);
  }
  return sum;
}

function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
