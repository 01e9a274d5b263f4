import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../server/domain/outcome.ts';
import type { JoinedFeedback } from '../../../server/ports/outcome-store.ts';
import { outcomeChanges } from '../../../server/services/joined-outcomes.ts';
import { modelDefinition } from '../../helpers/model-definition.ts';

const models = new Map([
  ['m', modelDefinition({}, { threshold: 0.6 })],
  ['r', modelDefinition({}, { id: 'r', task: 'regression' })],
  ['k', modelDefinition({}, { id: 'k', task: 'multiclass', classes: ['a', 'b'] })],
]);

const joined = (extra: Partial<JoinedFeedback> = {}): JoinedFeedback => ({
  model: 'm',
  predictionId: 'p',
  label: '1',
  value: Number.NaN,
  prediction: {
    occurredAt: 5,
    version: '1',
    score: 0.6,
    scores: [],
    label: null,
    value: Number.NaN,
    segments: [],
    groups: [],
  },
  current: null,
  ...extra,
});

/** The outcome that counts once the changes are made. */
function apply(current: Outcome | null, changes: readonly Outcome[]): Outcome | null {
  return changes.reduce<Outcome | null>((_, change) => (change.sign === 1 ? change : null), current);
}

describe('outcome changes', () => {
  it('a first label adds one outcome, decided by the threshold when no label was logged', () => {
    expect(outcomeChanges([joined()], models)).toMatchObject([
      { actual: '1', predicted: '1', isRevision: false, sign: 1 },
    ]);
    const below = joined({ prediction: { ...joined().prediction, score: 0.59 } as JoinedFeedback['prediction'] });
    expect(outcomeChanges([below], models)).toMatchObject([{ predicted: '0' }]);
  });

  it('a repeated label changes nothing, a regression value of the same number neither', () => {
    const current = { predicted: '1', actual: '1', actualValue: Number.NaN, isRevision: false };
    expect(outcomeChanges([joined({ current })], models)).toEqual([]);
    const value = joined({ model: 'r', label: null, value: 7, current: { ...current, actual: '', actualValue: 7 } });
    expect(outcomeChanges([value], models)).toEqual([]);
  });

  it('a revised label retracts the old outcome with the decision it was counted under, then adds the new one', () => {
    const current = { predicted: '0', actual: '0', actualValue: Number.NaN, isRevision: false };
    const changes = outcomeChanges([joined({ current })], models);
    expect(changes.map(({ actual, predicted, sign, isRevision }) => [actual, predicted, sign, isRevision])).toEqual([
      ['0', '0', -1, true],
      ['1', '0', 1, true],
    ]);
  });

  it('feedback without a prediction, or of an unknown model, changes nothing', () => {
    expect(outcomeChanges([joined({ prediction: null }), joined({ model: 'ghost' })], models)).toEqual([]);
  });

  it('the probability of the actual class is its share of the scores that were logged', () => {
    const prediction = { ...joined().prediction, scores: [1, 3] } as JoinedFeedback['prediction'];
    expect(outcomeChanges([joined({ model: 'k', label: 'b', prediction })], models)).toMatchObject([
      { scoreOfActual: 0.75 },
    ]);
    const [unknown] = outcomeChanges([joined({ model: 'k', label: 'zebra', prediction })], models);
    expect(unknown.scoreOfActual).toBeNaN();
  });

  it('any sequence of labels ends with exactly one outcome, that of the last label', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('0', '1'), { minLength: 1, maxLength: 12 }), (labels) => {
        let current: Outcome | null = null;
        let sum = 0;
        for (const label of labels) {
          const before = current as Outcome | null;
          const changes = outcomeChanges([joined({ label, current: before })], models);
          sum += changes.reduce((total, { sign }) => total + sign, 0);
          current = apply(before, changes);
        }
        expect(sum).toBe(1);
        expect(current).toMatchObject({ actual: labels[labels.length - 1], predicted: '1' });
      }),
    );
  });
});
