import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insufficientEvidence, metricValue, noData } from '../../../../../server/domain/metric-result.ts';
import type { MetricThresholds } from '../../../../../server/domain/metric-catalog-entry.ts';
import { initialPersistence } from '../../../../../server/metrics/support/decision/persistence.ts';
import { displayNumber } from '../../../../../server/metrics/support/verdict/display-number.ts';
import { persistentVerdict } from '../../../../../server/metrics/support/verdict/persistent-verdict.ts';
import { verdict } from '../../../../../server/metrics/support/verdict/verdict.ts';
import type { Verdict } from '../../../../../server/metrics/support/verdict/verdict.ts';

const limits: MetricThresholds = { kind: 'value', warning: 0.1, critical: 0.25 };
const psi = (value: number, pValue?: number) =>
  metricValue(value, 5000, 'population_stability_index/1', pValue === undefined ? {} : { pValue });

describe('verdict of one window', () => {
  it('no rows and too little evidence are answers of their own, never ok', () => {
    expect(verdict({ result: noData, thresholds: limits, worse: 'up' }).status).toBe('no_data');
    const scarce = verdict({
      result: insufficientEvidence('n_below_minimum', 40, 100),
      thresholds: limits,
      worse: 'up',
    });
    expect(scarce).toEqual({
      status: 'insufficient_evidence',
      reasons: ['too few rows: 40, at least 100 needed'],
    });
  });

  it('breaches at the limit itself, compared with the stored double', () => {
    expect(verdict({ result: psi(0.1), thresholds: limits, worse: 'up' })).toMatchObject({
      status: 'breached',
      severity: 'warning',
    });
    expect(verdict({ result: psi(0.0999999999), thresholds: limits, worse: 'up' }).status).toBe('ok');
    expect(verdict({ result: psi(0.25), thresholds: limits, worse: 'up' }).severity).toBe('critical');
  });

  it('a large value that may be chance does not breach, and says why', () => {
    const { status, reasons } = verdict({ result: psi(0.3, 0.001), thresholds: limits, worse: 'up', adjustedP: 0.2 });
    expect(status).toBe('ok');
    expect(reasons).toEqual([
      'value 0.3 is at or beyond the critical limit 0.25',
      'it may be chance: adjusted p 0.2 is above 0.05',
    ]);
  });

  it('a tiny p does not breach without an effect', () => {
    expect(verdict({ result: psi(0.01, 1e-300), thresholds: limits, worse: 'up' }).status).toBe('ok');
    const chiSquare = metricValue(900, 1_000_000, 'chi_square_contingency/1', { pValue: 1e-100 });
    const question = { result: chiSquare, thresholds: { kind: 'p_value', warning: 0.05 }, worse: 'up' } as const;
    expect(verdict({ ...question, effect: { name: "Cramér's V", size: 0.02, min: 0.1 } }).status).toBe('ok');
    expect(verdict({ ...question, effect: { name: "Cramér's V", size: 0.2, min: 0.1 } }).status).toBe('breached');
  });

  it('takes the p of the result when no adjusted one is given, and none when it is null', () => {
    expect(verdict({ result: psi(0.3, 0.2), thresholds: limits, worse: 'up' }).status).toBe('ok');
    expect(verdict({ result: psi(0.3, 0.2), thresholds: limits, worse: 'up', adjustedP: null }).status).toBe(
      'breached',
    );
  });

  it('a value that must not fall breaches below its limit, not at it', () => {
    const ratio = (value: number) => metricValue(value, 500, 'disparate_impact_ratio/1');
    const down = { thresholds: { kind: 'value', warning: 0.8 }, worse: 'down' } as const;
    expect(verdict({ result: ratio(0.8), ...down }).status).toBe('ok');
    expect(verdict({ result: ratio(0.7999), ...down }).status).toBe('breached');
  });

  it('both directions count where both are bad', () => {
    const delta = { thresholds: { kind: 'value', warning: 0.2 }, worse: 'both' } as const;
    expect(verdict({ result: metricValue(-0.3, 500, 'welch_t/1'), ...delta }).status).toBe('breached');
    expect(verdict({ result: metricValue(0.3, 500, 'welch_t/1'), ...delta }).status).toBe('breached');
  });

  it('a fall against the reference breaches only when the interval of the difference excludes parity', () => {
    const question = {
      result: metricValue(0.8, 1000, 'accuracy/1'),
      reference: metricValue(0.86, 5000, 'accuracy/1'),
      thresholds: { kind: 'difference_to_reference', warning: 0.03, critical: 0.05 },
      worse: 'down',
    } as const;
    const interval = (lower: number, upper: number) => ({
      interval: { lower, upper, level: 0.95, method: 'newcombe' },
      parity: 0,
    });
    expect(verdict({ ...question, difference: interval(-0.09, -0.03) }).severity).toBe('critical');
    expect(verdict({ ...question, difference: interval(-0.09, 0.01) }).status).toBe('ok');
    expect(verdict({ ...question, reference: noData }).status).toBe('insufficient_evidence');
  });

  it('a relative change against a reference of 0 has no verdict', () => {
    const question = { thresholds: { kind: 'relative_difference_to_reference', warning: 0.1 }, worse: 'up' } as const;
    const error = (value: number) => metricValue(value, 500, 'mean_absolute_error/1');
    expect(verdict({ ...question, result: error(1), reference: error(0) }).status).toBe('insufficient_evidence');
    expect(verdict({ ...question, result: error(1.1), reference: error(1) }).status).toBe('breached');
  });

  it('an interval end is compared strictly, and no interval is no evidence', () => {
    const question = { thresholds: { kind: 'interval_lower', warning: 0.01 }, worse: 'up' } as const;
    const rate = (lower: number | null) =>
      metricValue(0.02, 500, 'unseen_category_rate/1', {
        interval: lower === null ? null : { lower, upper: 0.05, level: 0.95, method: 'wilson' },
      });
    expect(verdict({ ...question, result: rate(0.01) }).status).toBe('ok');
    expect(verdict({ ...question, result: rate(0.0101) }).status).toBe('breached');
    expect(verdict({ ...question, result: rate(null) }).status).toBe('insufficient_evidence');
  });

  it('limits from history look at the side that is worse', () => {
    const question = {
      thresholds: { kind: 'standard_deviations', warning: 3 },
      limits: { lower: 1, upper: 2 },
    } as const;
    expect(verdict({ ...question, result: psi(0.5), worse: 'up' }).status).toBe('ok');
    expect(verdict({ ...question, result: psi(0.5), worse: 'both' }).status).toBe('breached');
    expect(verdict({ ...question, result: psi(2.1), worse: 'up' }).status).toBe('breached');
    expect(verdict({ ...question, limits: undefined, result: psi(3), worse: 'up' }).status).toBe(
      'insufficient_evidence',
    );
  });

  it('without a limit a value is shown and is ok', () => {
    expect(verdict({ result: psi(9), thresholds: null, worse: 'up' }).status).toBe('ok');
  });

  it('more drift is never a milder verdict', () => {
    const severity = (value: number): number =>
      ['', 'warning', 'critical'].indexOf(
        verdict({ result: psi(value), thresholds: limits, worse: 'up' }).severity ?? '',
      );
    const size = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(size, size, (a, b) => severity(Math.min(a, b)) <= severity(Math.max(a, b))));
  });
});

describe('verdict over windows', () => {
  const breached: Verdict = { status: 'breached', severity: 'warning', reasons: ['value 0.2'] };
  const ok: Verdict = { status: 'ok', reasons: ['fine'] };
  const none: Verdict = { status: 'insufficient_evidence', reasons: ['too few rows: 3'] };
  const run = (windows: readonly Verdict[]): Verdict[] => {
    let state = initialPersistence;
    return windows.map((window) => {
      const step = persistentVerdict(window, state);
      state = step.state;
      return step.verdict;
    });
  };

  it('fires at the third breach of five and clears after three windows that are fine', () => {
    const statuses = run([breached, ok, breached, none, breached, ok, ok, ok, ok]).map(({ status }) => status);
    expect(statuses).toEqual([
      'ok',
      'ok',
      'ok',
      'insufficient_evidence',
      'breached',
      'breached',
      'breached',
      'ok',
      'ok',
    ]);
  });

  it('says how far it is from firing', () => {
    expect(run([breached])[0].reasons).toContain(
      'not yet lasting: 1 of the last 5 evaluated windows breached, 3 needed',
    );
  });

  it('says when nothing could be evaluated for long', () => {
    const last = run(Array.from({ length: 10 }, () => none)).at(-1);
    expect(last?.reasons).toContain('nothing could be evaluated for 10 windows');
  });
});

describe('numbers in sentences', () => {
  it('have three digits and no needless exponent', () => {
    expect([0.123456, 1234567, 0.00001234, -2, 12345.678].map(displayNumber)).toEqual([
      '0.123',
      '1,234,567',
      '1.2e-5',
      '-2',
      '12300',
    ]);
  });
});
