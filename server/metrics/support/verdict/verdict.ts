import type { MetricThresholds, WorseDirection } from '../../../domain/metric-catalog-entry.ts';
import type { Interval, MetricResult, MetricValue } from '../../../domain/metric-result.ts';
import { displayNumber } from './display-number.ts';
import { insufficientEvidenceSentence } from './insufficient-evidence-sentence.ts';
import { measuredSize } from './measured-size.ts';

export type VerdictStatus = 'ok' | 'breached' | 'insufficient_evidence' | 'no_data';

export type Severity = 'warning' | 'critical';

/** A decision with its reasons, as sentences for people. */
export type Verdict = { status: VerdictStatus; severity?: Severity; reasons: string[] };

export type VerdictQuestion = {
  result: MetricResult;
  /** null: the metric is shown without a limit. */
  thresholds: MetricThresholds | null;
  worse: WorseDirection;
  /**
   * p after correction for multiple testing (`benjaminiHochberg` over all results of one evaluation). Left out: the p
   * of the result as it is. null: no p takes part.
   */
  adjustedP?: number | null;
  /** Largest adjusted p that counts as a change; 0.05 unless said. */
  pMax?: number;
  /** Size of the change where the value is a test statistic (Cramér's V for chi-square), and the least that matters. */
  effect?: { name: string; size: number; min: number };
  /** The same metric in the reference, for limits on differences. */
  reference?: MetricResult;
  /** Limits from reference windows (`standardDeviationThreshold`), for limits in standard deviations. */
  limits?: { lower: number; upper: number };
  /** Interval of the difference or ratio, which must exclude parity (0 or 1) before anything breaches. */
  difference?: { interval: Interval; parity: number };
};

const P_MAX_DEFAULT = 0.05;

/** What speaks against a breach although the limit is passed; empty: nothing. */
function doubts(question: VerdictQuestion, result: MetricValue): string[] {
  const reasons: string[] = [];
  const p = question.adjustedP === undefined ? (result.pValue ?? null) : question.adjustedP;
  const pMax = question.pMax ?? P_MAX_DEFAULT;
  if (question.thresholds?.kind !== 'p_value' && p !== null && p > pMax) {
    reasons.push(`it may be chance: adjusted p ${displayNumber(p)} is above ${displayNumber(pMax)}`);
  }
  const { effect, difference } = question;
  if (effect !== undefined && !(Math.abs(effect.size) >= effect.min)) {
    reasons.push(`it is too small to matter: ${effect.name} ${displayNumber(effect.size)} is below ${effect.min}`);
  }
  if (difference !== undefined) {
    const { interval, parity } = difference;
    if (interval.lower <= parity && parity <= interval.upper) {
      const range = `${displayNumber(interval.lower)} to ${displayNumber(interval.upper)}`;
      reasons.push(`it may be no difference: the interval ${range} includes ${parity}`);
    }
  }
  return reasons;
}

/**
 * From a number to a verdict for one window: is this worth a person's attention?
 *
 * Reading: `breached` needs all of it: enough evidence, a limit that is passed, and nothing that says it may be chance or
 * too small. A test alone never breaches: at a million rows everything is significant. `insufficient_evidence` and
 * `no_data` are answers of their own, never "healthy".
 *
 * Definition: 1. results without a value keep their kind. 2. The size the limit is about is compared with the stored
 * double, unrounded: ≥ for limits upwards and for differences, < for values that must not fall below, > for interval
 * ends and limits from history. 3. The adjusted p must be ≤ 0.05 where a p exists, the effect at least its minimum, the
 * interval of a difference must exclude parity. Persistence over windows is the next step: `persistentVerdict`.
 *
 * @param question result, limits, direction, and what else is known
 * @returns status, severity when breached, and the reasons in order of weight
 *
 * Reference: Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x, for the p. Cost: O(1).
 *
 * @example
 * verdict({ result: psi, thresholds: { kind: 'value', warning: 0.1, critical: 0.25 }, worse: 'up', adjustedP: 0.001 });
 * // { status: 'breached', severity: 'warning', reasons: ['value 0.17 is at or above the warning limit 0.1', …] }
 */
export function verdict(question: VerdictQuestion): Verdict {
  const { result, thresholds } = question;
  if (result.kind === 'no_data') return { status: 'no_data', reasons: ['the window holds no rows'] };
  if (result.kind === 'insufficient_evidence') {
    return { status: 'insufficient_evidence', reasons: [insufficientEvidenceSentence(result)] };
  }
  if (thresholds === null) return { status: 'ok', reasons: ['no limit is set for this metric'] };
  const measured = measuredSize(question, result, thresholds);
  if ('missing' in measured) return { status: 'insufficient_evidence', reasons: [measured.missing] };
  const severity = (['critical', 'warning'] as const).find((level) => measured.passes(level));
  if (severity === undefined) return { status: 'ok', reasons: [measured.within] };
  const against = doubts(question, result);
  const beyond = measured.beyond(severity);
  if (against.length > 0) return { status: 'ok', reasons: [beyond, ...against] };
  return { status: 'breached', severity, reasons: [beyond] };
}
