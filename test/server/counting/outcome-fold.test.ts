import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutcomeTallyRow } from '../../../server/counting/outcome-cells.ts';
import { foldOutcomes } from '../../../server/counting/outcome-fold.ts';
import type { FoldModel } from '../../../server/counting/prediction-fold.ts';
import { noScoreBin, probabilityEdges } from '../../../server/counting/score-binning.ts';
import type { Outcome } from '../../../server/domain/outcome.ts';
import { modelDefinition } from '../../helpers/model-definition.ts';

const definition = modelDefinition({}, { segments: ['channel'], sensitiveFeatures: ['sex'], intersections: [['sex']] });
const scoreBinnings = [{ id: 'probability_200', edges: probabilityEdges }];
const models = new Map<string, FoldModel>([['m', { definition, binnings: [], scoreBinnings }]]);

const anyOutcome: fc.Arbitrary<Outcome> = fc.record({
  model: fc.constant('m'),
  predictionId: fc.string(),
  occurredAt: fc.integer({ min: 0, max: 300_000 }),
  version: fc.constantFrom('1', '2'),
  score: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(Number.NaN, 0, 1, 0.5)),
  scoreOfActual: fc.constant(Number.NaN),
  predicted: fc.constantFrom('0', '1', ''),
  predictedValue: fc.constant(Number.NaN),
  actual: fc.constantFrom('0', '1'),
  actualValue: fc.constant(Number.NaN),
  isRevision: fc.boolean(),
  segments: fc.array(fc.option(fc.constantFrom('web', 'shop'), { nil: null }), { maxLength: 1 }),
  groups: fc.array(fc.option(fc.constantFrom('F', 'M'), { nil: null }), { maxLength: 1 }),
  sign: fc.constant(1 as const),
});

const sums = [
  'n',
  'scoreSum',
  'logLoss',
  'logLossSquares',
  'error',
  'errorSquares',
  'errorFourths',
  'absoluteError',
] as const;

function total(rows: readonly OutcomeTallyRow[], segment = '', group = ''): Record<(typeof sums)[number], number> {
  const mine = rows.filter((row) => row.segment === segment && row.group === group);
  return Object.fromEntries(sums.map((name) => [name, mine.reduce((sum, row) => sum + row[name], 0)])) as ReturnType<
    typeof total
  >;
}

describe('folding outcomes', () => {
  it('a retraction takes away exactly what its addition added: every sum is 0 again, not nearly', () => {
    fc.assert(
      fc.property(anyOutcome, (outcome) => {
        for (const row of foldOutcomes([outcome, { ...outcome, sign: -1 }], models)) {
          for (const name of sums) expect(Math.abs(row[name])).toBe(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('counts each outcome once for everybody, once per known segment value, once per grouping', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome, { maxLength: 40 }), (outcomes) => {
        const rows = foldOutcomes(outcomes, models);
        expect(total(rows).n).toBe(outcomes.length);
        for (const value of ['web', 'shop']) {
          expect(total(rows, `channel=${value}`).n).toBe(outcomes.filter((o) => o.segments[0] === value).length);
        }
        const unknown = rows.filter((row) => row.group === 'sex').reduce((sum, { n }) => sum + n, 0);
        expect(unknown).toBe(2 * outcomes.filter((o) => (o.groups[0] ?? null) === null).length);
      }),
    );
  });

  it('sums losses as one look at every row does; rows without a score have none', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome, { maxLength: 40 }), (outcomes) => {
        const scored = outcomes.filter((o) => !Number.isNaN(o.score));
        const p = (o: Outcome): number =>
          Math.min(1 - 2 ** -52, Math.max(2 ** -52, o.actual === '1' ? o.score : 1 - o.score));
        const sum = (loss: (o: Outcome) => number): number => scored.reduce((all, o) => all + loss(o), 0);
        const error = (o: Outcome): number => o.score - Number(o.actual);
        const found = total(foldOutcomes(outcomes, models));
        expect(found.logLoss).toBeCloseTo(
          sum((o) => -Math.log(p(o))),
          8,
        );
        expect(found.errorSquares).toBeCloseTo(
          sum((o) => error(o) ** 2),
          8,
        );
        expect(found.errorFourths).toBeCloseTo(
          sum((o) => error(o) ** 4),
          8,
        );
        expect(found.absoluteError).toBeCloseTo(
          sum((o) => Math.abs(error(o))),
          8,
        );
        expect(found.scoreSum).toBeCloseTo(
          sum((o) => o.score),
          8,
        );
      }),
    );
  });

  it('stands in the minute of the prediction, and without a score in the bin for none', () => {
    const [outcome] = fc.sample(anyOutcome, { numRuns: 1, seed: 3 });
    const rows = foldOutcomes([{ ...outcome, occurredAt: 119_999, score: Number.NaN }], models);
    expect(rows.every((row) => row.minute === 60_000 && row.scoreBin === noScoreBin)).toBe(true);
  });

  it('regression errors and actual values are kept, around the frozen center', () => {
    const regression = modelDefinition({}, { task: 'regression', valueCenter: 100 });
    const model: FoldModel = { definition: regression, binnings: [], scoreBinnings: [{ id: 'unscored', edges: null }] };
    const [base] = fc.sample(anyOutcome, { numRuns: 1, seed: 5 });
    const outcome = {
      ...base,
      segments: [],
      groups: [],
      predictedValue: 110,
      actualValue: 103,
      actual: '',
      predicted: '',
    };
    expect(foldOutcomes([outcome], new Map([['m', model]]))).toMatchObject([
      { error: 7, errorSquares: 49, errorFourths: 2401, absoluteError: 7, actualSum: 3, actualSquares: 9, n: 1 },
    ]);
  });
});
