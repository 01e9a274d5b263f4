import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildBinningSet } from '../../../server/counting/build-binning-set.ts';
import { countLayout } from '../../../server/counting/count-layout.ts';
import { decodePredictions } from '../../../server/counting/decode-segment.ts';
import { mergeFeatureRows } from '../../../server/counting/merge-tallies.ts';
import {
  type FeatureTallyRow,
  type FoldModel,
  foldPredictions,
  type PredictionFold,
} from '../../../server/counting/prediction-fold.ts';
import { noScoreBin, probabilityEdges } from '../../../server/counting/score-binning.ts';
import type { BinningSet } from '../../../server/domain/reference.ts';
import { type BruteForceTallies, bruteForceTallies } from '../../helpers/brute-force-tallies.ts';
import { modelDefinition } from '../../helpers/model-definition.ts';
import { anyBatch, anyPrediction, watchedModel } from '../../helpers/prediction-arbitrary.ts';
import { type PlainPrediction, plainPrediction, predictionSegment } from '../../helpers/prediction-segment.ts';

/** Bins frozen from rows that the counted rows know nothing of. */
const frozen: BinningSet = buildBinningSet(
  'ref',
  watchedModel,
  decodePredictions(predictionSegment([fc.sample(anyPrediction, { numRuns: 400, seed: 7 })])),
);

const foldModel: FoldModel = {
  definition: watchedModel,
  binnings: [frozen],
  scoreBinnings: [{ id: 'probability_200', edges: probabilityEdges }],
};

function fold(frames: PlainPrediction[][], skip: number[] = []): PredictionFold {
  return foldPredictions(decodePredictions(predictionSegment(frames)), new Map([['m', foldModel]]), new Set(skip));
}

function asTallies(rows: readonly FeatureTallyRow[]): BruteForceTallies {
  const { offsets } = countLayout(frozen);
  const tallies: BruteForceTallies = new Map();
  for (const row of rows) {
    const features = frozen.features.map(({ feature }, i): [string, number[]] => [
      feature,
      [...row.counts.subarray(offsets[i], offsets[i + 1])],
    ]);
    const key = JSON.stringify([row.segment, row.minute, row.version]);
    expect(tallies.has(key)).toBe(false);
    tallies.set(key, { n: row.n, features: new Map(features) });
  }
  return tallies;
}

const cellKey = (row: PredictionFold['outcomes'][number]): string =>
  JSON.stringify([row.segment, row.group, row.minute, row.version, row.predicted, row.scoreBin]);

describe('the fold', () => {
  it('counts what one look at every row counts, per minute, version and segment, bin by bin', () => {
    fc.assert(
      fc.property(anyBatch, (frames) => {
        expect(asTallies(fold(frames).features)).toEqual(bruteForceTallies(frames.flat(), watchedModel, frozen));
      }),
      { numRuns: 300 },
    );
  });

  it('counts every row in exactly one bin of each feature', () => {
    fc.assert(
      fc.property(anyBatch, (frames) => {
        for (const row of fold(frames).features) {
          const { offsets } = countLayout(frozen);
          frozen.features.forEach(({ binning }, i) => {
            const counters = binning.kind === 'numeric' ? 1 : 2;
            const bins = row.counts.subarray(offsets[i], offsets[i + 1] - counters);
            expect(bins.reduce((sum, n) => sum + n, 0)).toBe(row.n);
          });
        }
      }),
    );
  });

  it('the merge of the folds of two halves is the fold of the whole', () => {
    fc.assert(
      fc.property(anyBatch, anyBatch, (a, b) => {
        const whole = mergeFeatureRows(fold([...a, ...b]).features.filter((r) => r.segment === ''));
        const halves = mergeFeatureRows([...fold(a).features, ...fold(b).features].filter((r) => r.segment === ''));
        expect(halves?.n).toEqual(whole?.n);
        expect(halves?.counts).toEqual(whole?.counts);
        const plain = (list: (number | null)[] | undefined): (number | null)[] | undefined =>
          list?.map((x) => (x === 0 ? 0 : x));
        expect(plain(halves?.minima)).toEqual(plain(whole?.minima));
        expect(plain(halves?.maxima)).toEqual(plain(whole?.maxima));
        // Sums of numbers as large as doubles go depend on their order; those of ordinary numbers do not, nearly.
        if ([...(whole?.minima ?? []), ...(whole?.maxima ?? [])].some((x) => x !== null && Math.abs(x) > 1e6)) return;
        halves?.sums.forEach((sum, i) => {
          const expected = whole?.sums[i] ?? Number.NaN;
          if (!Number.isFinite(expected)) return;
          expect(Math.abs(sum - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
        });
      }),
    );
  });

  it('leaves out the rows of the skip mask and nothing else, whatever frame they are in', () => {
    fc.assert(
      fc.property(anyBatch, fc.array(fc.nat(50)), (frames, skip) => {
        const kept = frames.flat().filter((_, i) => !skip.includes(i));
        expect(asTallies(fold(frames, skip).features)).toEqual(bruteForceTallies(kept, watchedModel, frozen));
      }),
    );
  });

  it('counts every prediction once for everybody, once per known segment value and once per grouping', () => {
    fc.assert(
      fc.property(anyBatch, (frames) => {
        const { outcomes } = fold(frames);
        expect(new Set(outcomes.map(cellKey)).size).toBe(outcomes.length);
        const rows = frames.flat().filter((row) => row.model === 'm');
        const sum = (keep: (row: (typeof outcomes)[number]) => boolean): number =>
          outcomes.filter(keep).reduce((total, { n }) => total + n, 0);
        expect(sum((r) => r.segment === '' && r.group === '')).toBe(rows.length);
        expect(sum((r) => r.segment !== '')).toBe(rows.flatMap((r) => r.segments.filter((s) => s !== null)).length);
        expect(sum((r) => r.group !== '')).toBe(3 * rows.length);
      }),
    );
  });

  it('decides by the logged label, else by the threshold, and marks rows without a score', () => {
    const { outcomes } = fold([
      [
        plainPrediction({ score: 0.5 }),
        plainPrediction({ score: 0.4999 }),
        plainPrediction({ score: 0.9, label: '0' }),
        plainPrediction({ label: '1' }),
        plainPrediction(),
      ],
    ]);
    const cells = outcomes.filter((r) => r.group === '').map(({ predicted, scoreBin, n }) => [predicted, scoreBin, n]);
    expect(cells).toHaveLength(5);
    expect(cells).toEqual(
      expect.arrayContaining([
        ['1', 100, 1],
        ['0', 99, 1],
        ['0', 180, 1],
        ['1', noScoreBin, 1],
        ['', noScoreBin, 1],
      ]),
    );
  });

  it('keeps minute and version apart when a batch holds very many distinct texts', () => {
    const minute = Date.UTC(2026, 0, 1);
    const model = modelDefinition({ id: 'categorical' });
    const empty: BinningSet = { referenceId: 'ref', model: 'm', features: [], scoreEdges: null };
    const many = Array.from({ length: 65_500 }, (_, i) =>
      plainPrediction({ categorical: [`c${i}`], occurredAt: minute + 60_000 }),
    );
    const late = Array.from({ length: 200 }, (_, i) => plainPrediction({ version: `v${i}`, occurredAt: minute }));
    const segment = decodePredictions(predictionSegment([many, late]));
    const models = new Map([['m', { definition: model, binnings: [empty], scoreBinnings: [] }]]);
    const { features } = foldPredictions(segment, models, new Set());
    expect(features).toHaveLength(201);
    expect(features.filter((r) => r.n === 1 && r.minute === minute)).toHaveLength(200);
  });

  it('leaves rows of unknown models to nobody and counts the activity of the known ones', () => {
    const time = Date.UTC(2026, 0, 1, 12);
    const { activity } = fold([
      [plainPrediction({ model: 'ghost' })],
      [plainPrediction({ occurredAt: time, version: '7' })],
    ]);
    expect([...activity]).toEqual([
      ['m', { rows: 1, oldestOccurredAt: time, newestOccurredAt: time, versions: ['7'] }],
    ]);
  });
});
