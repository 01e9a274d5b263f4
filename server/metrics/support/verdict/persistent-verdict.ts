import { nextPersistence } from '../decision/persistence.ts';
import type { PersistenceRule, PersistenceState } from '../decision/persistence.ts';
import type { Verdict } from './verdict.ts';

/**
 * A verdict over several windows: is the breach lasting?
 *
 * Reading: one breached window of five is reported as `ok` with its reason, so that nobody is paged for an odd hour;
 * after the third of five it is `breached`, and stays so until three evaluated windows in a row are fine.
 *
 * Definition: k of m by `nextPersistence`. Windows without evidence keep their own status and change nothing.
 *
 * @param window verdict of the newest window
 * @param state memory of the monitor so far
 * @param rule k, m and the windows that clear; 3, 5 and 3 unless said
 * @returns the verdict to act on and the memory to store; severity is that of the newest breached window
 *
 * Cost: O(m).
 *
 * @example
 * persistentVerdict({ status: 'breached', severity: 'warning', reasons: [] }, initialPersistence).verdict.status; // 'ok'
 */
export function persistentVerdict(
  window: Verdict,
  state: PersistenceState,
  rule: PersistenceRule = {},
): { verdict: Verdict; state: PersistenceState } {
  const { k = 3, m = 5, clearAfter = 3 } = rule;
  const next = nextPersistence(state, window.status, rule);
  if (window.status !== 'ok' && window.status !== 'breached') {
    const stale = next.isStale ? [`nothing could be evaluated for ${next.unevaluated} windows`] : [];
    return { verdict: { ...window, reasons: [...window.reasons, ...stale] }, state: next };
  }
  const breaches = next.recent.filter(Boolean).length;
  if (next.state === 'firing') {
    const reason =
      window.status === 'breached'
        ? `${breaches} of the last ${next.recent.length} evaluated windows breached`
        : `${next.okInARow} of the ${clearAfter} windows in a row that clear it`;
    const { severity = 'warning' } = window;
    return { verdict: { status: 'breached', severity, reasons: [...window.reasons, reason] }, state: next };
  }
  if (window.status === 'ok') return { verdict: window, state: next };
  const reason = `not yet lasting: ${breaches} of the last ${m} evaluated windows breached, ${k} needed`;
  return { verdict: { status: 'ok', reasons: [...window.reasons, reason] }, state: next };
}
