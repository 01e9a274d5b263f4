import type { MetricThresholds } from '../../../domain/metric-catalog-entry.ts';
import type { MetricValue } from '../../../domain/metric-result.ts';
import { displayNumber } from './display-number.ts';
import type { Severity, VerdictQuestion } from './verdict.ts';

/** The size that a limit is about, ready to be compared and to be put into words. */
export type MeasuredSize = {
  passes: (level: Severity) => boolean;
  /** Why the limit of this level is passed. */
  beyond: (level: Severity) => string;
  /** Why no limit is passed. */
  within: string;
};

type Comparison = { passes: (limit: number) => boolean; words: string };

function measured(name: string, size: number, thresholds: MetricThresholds, comparison: Comparison): MeasuredSize {
  const shown = `${name} ${displayNumber(size)}`;
  return {
    passes: (level) => {
      const limit = thresholds[level];
      return limit !== undefined && comparison.passes(limit);
    },
    beyond: (level) => `${shown} is ${comparison.words} the ${level} limit ${displayNumber(thresholds[level] ?? size)}`,
    within: `${shown} is within its limits`,
  };
}

/** Comparison of a change that is bad in one direction or in both. */
function changeComparison(change: number, worse: VerdictQuestion['worse']): Comparison {
  const size = worse === 'both' ? Math.abs(change) : worse === 'up' ? change : -change;
  return { passes: (limit) => size >= limit, words: 'at or beyond' };
}

function changeSize(
  question: VerdictQuestion,
  result: MetricValue,
  thresholds: MetricThresholds,
): MeasuredSize | { missing: string } {
  const { reference, worse } = question;
  if (reference?.kind !== 'value') return { missing: 'the reference has no value to compare with' };
  const change = result.value - reference.value;
  if (thresholds.kind === 'difference_to_reference') {
    return measured('change', change, thresholds, changeComparison(change, worse));
  }
  if (reference.value === 0) return { missing: 'the value in the reference is 0, so a relative change has no meaning' };
  const relative = change / Math.abs(reference.value);
  return measured('relative change', relative, thresholds, changeComparison(relative, worse));
}

function historySize(question: VerdictQuestion, value: number): MeasuredSize | { missing: string } {
  const { limits, worse } = question;
  if (limits === undefined) return { missing: 'the reference holds too few windows to derive limits from' };
  const isAbove = worse !== 'down' && value > limits.upper;
  const isBelow = worse !== 'up' && value < limits.lower;
  const shown = `value ${displayNumber(value)}`;
  const range = `${displayNumber(limits.lower)} to ${displayNumber(limits.upper)}`;
  return {
    passes: (level) => level === 'warning' && (isAbove || isBelow),
    beyond: () => `${shown} is outside what the reference windows showed, ${range}`,
    within: `${shown} is within what the reference windows showed, ${range}`,
  };
}

/** Which size does the limit of this metric look at, and how is it compared? */
export function measuredSize(
  question: VerdictQuestion,
  result: MetricValue,
  thresholds: MetricThresholds,
): MeasuredSize | { missing: string } {
  const { value } = result;
  switch (thresholds.kind) {
    case 'value':
      if (question.worse === 'down') {
        return measured('value', value, thresholds, { passes: (limit) => value < limit, words: 'below' });
      }
      return measured('value', value, thresholds, changeComparison(value, question.worse));
    case 'difference_to_reference':
    case 'relative_difference_to_reference':
      return changeSize(question, result, thresholds);
    case 'p_value': {
      const p = question.adjustedP === undefined ? (result.pValue ?? null) : question.adjustedP;
      if (p === null) return { missing: 'no p-value was computed' };
      return measured('adjusted p', p, thresholds, { passes: (limit) => p <= limit, words: 'at or below' });
    }
    case 'interval_lower': {
      if (result.interval === null) return { missing: 'no honest interval exists for this value' };
      const { lower } = result.interval;
      return measured('lower end', lower, thresholds, { passes: (limit) => lower > limit, words: 'above' });
    }
    case 'standard_deviations':
      return historySize(question, value);
  }
}
