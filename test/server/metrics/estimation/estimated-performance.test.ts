import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitCalibrator } from '../../../../server/metrics/estimation/calibrator.ts';
import {
  estimateBinaryPerformance,
  estimateTallyPerformance,
} from '../../../../server/metrics/estimation/confidence-based-performance-estimation.ts';
import {
  aggregateLosses,
  estimateLoss,
  fitLossEstimator,
} from '../../../../server/metrics/estimation/direct-loss-estimation.ts';
import { estimateMulticlassPerformance } from '../../../../server/metrics/estimation/estimate-multiclass-performance.ts';
import { estimatorDisagrees } from '../../../../server/metrics/estimation/estimated-value.ts';
import { fractionalOutcomesOfRows } from '../../../../server/metrics/estimation/fractional-confusion.ts';
import { fitRidge, predictRidge } from '../../../../server/metrics/estimation/ridge-regression.ts';
import {
  confusionComponent,
  lossComponent,
  replicateComponent,
  rocAucComponent,
  rootMeanSquareComponent,
  samplingError,
} from '../../../../server/metrics/estimation/sampling-error.ts';
import { binaryPerformance } from '../../../../server/metrics/performance/binary-performance.ts';
import { averagePrecisionOfRows } from '../../../../server/metrics/performance/binary/average-precision.ts';
import { rocAucOfRows } from '../../../../server/metrics/performance/binary/roc-auc.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';
import { evidenceOff, valueOf } from '../golden/evidence-off.ts';
import { binaryRows, columnsOf, isLabelled, simulatedRows } from '../performance/labelled-rows.ts';
import { binaryTallyOfRows } from '../performance/tally-of-rows.ts';

const decisionIds = ['accuracy', 'precision', 'recall', 'specificity', 'f1'] as const;

describe('confidence-based estimation', () => {
  test('with the labels themselves as rates it is the realised performance', () => {
    fc.assert(
      fc.property(binaryRows(2), (rows) => {
        const labelled = rows.filter(isLabelled);
        if (labelled.length === 0) return;
        const { scores, labels } = columnsOf(rows);
        const predictedLabels = scores.map((score) => (score >= 0.5 ? 1 : 0));
        const estimated = estimateBinaryPerformance(
          fractionalOutcomesOfRows({ calibrated: labels, predictedLabels, scores }),
          { nMin: 1 },
        );
        const realised = binaryPerformance(binaryTallyOfRows(labelled), { ...evidenceOff, bootstrap: null });
        for (const id of decisionIds) {
          const expected = valueOf(realised.get(id));
          if (expected === null) expect(valueOf(estimated.get(id)), id).toBeNull();
          else expect(valueOf(estimated.get(id)), id).toBeCloseTo(expected, 9);
        }
        for (const [id, result] of [
          ['roc_auc', rocAucOfRows({ scores, labels }, evidenceOff)],
          ['average_precision', averagePrecisionOfRows({ scores, labels }, evidenceOff)],
        ] as const) {
          const expected = valueOf(result);
          if (expected === null) expect(valueOf(estimated.get(id)), id).toBeNull();
          else expect(valueOf(estimated.get(id)), id).toBeCloseTo(expected, 9);
        }
      }),
    );
  });

  test('of a tally comes within three sampling errors of what the labels say later, under covariate shift', () => {
    const truth = (p: number) => 0.2 + 0.6 * p;
    const calibrator = fitCalibrator(columnsOf(simulatedRows(6000, 1, truth)));
    if (calibrator.kind === 'insufficient_evidence') throw new Error('6,000 rows must be enough');
    const reference = binaryTallyOfRows(simulatedRows(6000, 1, truth));
    const shifted = simulatedRows(6000, 2, truth).filter((row) => row.score > 0.4);
    const window = binaryTallyOfRows(shifted);
    const estimated = estimateTallyPerformance(window, calibrator, 0.5, {
      sampling: { confusion: reference.confusion },
    });
    const realised = binaryPerformance(window, { bootstrap: null });
    for (const id of ['accuracy', 'precision', 'recall'] as const) {
      const one = estimated.get(id);
      if (one?.kind !== 'value' || one.interval === null) throw new Error(`${id} must have a band`);
      const error = (one.interval.upper - one.interval.lower) / (2 * 1.959963984540054);
      expect(estimatorDisagrees(one.value, valueOf(realised.get(id)) ?? Number.NaN, error), id).toBe(false);
      expect(one.definition).toContain('calibration=isotonic');
    }
  });

  test('needs 300 predictions; without any there is no data; without expected positives recall has no value', () => {
    const rows = (n: number, rate: number) => ({
      calibrated: Array.from({ length: n }, () => rate),
      predictedLabels: Array.from({ length: n }, () => 0),
    });
    const of = (n: number, rate: number) => estimateBinaryPerformance(fractionalOutcomesOfRows(rows(n, rate)));
    expect(of(299, 0.5).get('accuracy')).toMatchObject({ reason: 'n_below_minimum', nMin: 300 });
    expect(of(0, 0.5).get('accuracy')?.kind).toBe('no_data');
    expect(of(300, 0).get('recall')).toMatchObject({ reason: 'zero_denominator' });
    expect(of(300, 0).get('accuracy')).toMatchObject({ kind: 'value', value: 1, interval: null });
  });

  test('the band of business value grows with √n', () => {
    const matrix = [
      [1, -4],
      [-20, 15],
    ] as const;
    const confusion = { truePositive: 30, falsePositive: 10, falseNegative: 10, trueNegative: 50 };
    const widthOf = (n: number) => {
      const rows = {
        calibrated: Array.from({ length: n }, () => 0.5),
        predictedLabels: Array.from({ length: n }, () => 1),
      };
      const options = { valueMatrix: matrix, sampling: { confusion } };
      const result = estimateBinaryPerformance(fractionalOutcomesOfRows(rows), options).get('business_value');
      return result?.kind === 'value' && result.interval ? result.interval.upper - result.interval.lower : Number.NaN;
    };
    expect(widthOf(1600) / widthOf(400)).toBeCloseTo(2, 9);
  });

  test('of many classes: certain rates give certain scores', () => {
    const certain = Array.from({ length: 300 }, (_, i) => [
      i % 3 === 0 ? 1 : 0,
      i % 3 === 1 ? 1 : 0,
      i % 3 === 2 ? 1 : 0,
    ]);
    const found = estimateMulticlassPerformance(
      certain,
      certain.map((row) => row.indexOf(1)),
    );
    expect(valueOf(found.accuracy)).toBe(1);
    expect(valueOf(found.f1Macro)).toBe(1);
    expect(valueOf(found.rocAucOvrMacro)).toBe(1);
    expect(estimateMulticlassPerformance([], []).accuracy.kind).toBe('no_data');
  });
});

describe('sampling error', () => {
  test('of accuracy and of a mean loss is the spread that windows of n rows show', () => {
    const uniform = seededRandom(12);
    const losses = Array.from({ length: 4000 }, () => uniform() ** 2);
    const predicted = samplingError(lossComponent(losses), 100) ?? Number.NaN;
    const means = Array.from({ length: 2000 }, () => {
      let sum = 0;
      for (let i = 0; i < 100; i += 1) sum += losses[Math.floor(uniform() * losses.length)];
      return sum / 100;
    });
    const center = means.reduce((sum, mean) => sum + mean, 0) / means.length;
    const seen = Math.sqrt(means.reduce((sum, mean) => sum + (mean - center) ** 2, 0) / means.length);
    expect(predicted / seen).toBeGreaterThan(0.94);
    expect(predicted / seen).toBeLessThan(1.06);
  });

  test('the AUC component mirrors the classes when positives are the majority', () => {
    const rows = { scores: [0.1, 0.4, 0.35, 0.8, 0.7, 0.9], labels: [0, 0, 1, 1, 1, 1] };
    const mirrored = { scores: rows.scores.map((s) => -s), labels: rows.labels.map((l) => 1 - l) };
    expect(rocAucComponent(rows)?.share).toBeCloseTo(1 / 3, 12);
    expect(rocAucComponent(mirrored)).toEqual(rocAucComponent(rows));
    expect(rocAucComponent({ scores: [1, 2], labels: [1, 1] })).toBeNull();
  });

  test('a component that lives nowhere has none', () => {
    const none = { truePositive: 0, falsePositive: 0, falseNegative: 5, trueNegative: 5 };
    expect(confusionComponent('precision', none)).toBeNull();
    expect(samplingError(null, 100)).toBeNull();
    expect(samplingError({ std: 1, share: 1 }, 0)).toBeNull();
    expect(lossComponent([])).toBeNull();
    expect(rootMeanSquareComponent([0, 0])).toBeNull();
    expect(replicateComponent([0.5], 100)).toBeNull();
    expect(samplingError(replicateComponent([0.5, 0.7], 400), 100)).toBeCloseTo(0.2, 12);
  });
});

describe('direct loss estimation', () => {
  const uniform = seededRandom(40);
  const region = Array.from({ length: 3000 }, () => Math.floor(uniform() * 3));
  const noise = Array.from({ length: 3000 }, () => Math.floor(uniform() * 5));
  const errors = region.map((code) => (code === 2 ? 4 : 1) * (uniform() < 0.5 ? -1 : 1) * (0.5 + uniform()));
  const columns = (rows: number[]) => [
    { size: 3, codes: rows.map((row) => region[row]) },
    { size: 5, codes: rows.map((row) => noise[row]) },
  ];
  const all = region.map((_, row) => row);

  test.each(['mean_absolute_error', 'root_mean_squared_error'] as const)(
    '%s follows a shift to the hard region',
    (metric) => {
      const estimator = fitLossEstimator(metric, columns(all), errors);
      if ('kind' in estimator) throw new Error('3,000 rows must be enough');
      const hard = all.filter((row) => region[row] === 2);
      const sizes = hard.map((row) => Math.abs(errors[row]));
      const power = metric === 'mean_absolute_error' ? 1 : 2;
      const realised = (sizes.reduce((sum, size) => sum + size ** power, 0) / hard.length) ** (1 / power);
      const estimated = valueOf(estimateLoss(estimator, columns(hard))) ?? Number.NaN;
      expect(Math.abs(estimated - realised) / realised).toBeLessThan(0.03);
      expect(estimator.outOfFold).toHaveLength(3000);
    },
  );

  test('needs 1,000 reference rows and 300 predictions', () => {
    expect(fitLossEstimator('mean_absolute_error', columns(all.slice(0, 900)), errors.slice(0, 900))).toMatchObject({
      n: 900,
      nMin: 1000,
    });
    const estimator = fitLossEstimator('mean_absolute_error', columns(all), errors);
    if ('kind' in estimator) throw new Error('3,000 rows must be enough');
    expect(estimateLoss(estimator, columns(all.slice(0, 200)))).toMatchObject({ reason: 'n_below_minimum', n: 200 });
    expect(aggregateLosses('mean_absolute_error', [])).toBeNull();
  });

  test('the ridge solution has no better neighbour', () => {
    const target = errors.slice(0, 200).map(Math.abs);
    const design = columns(all.slice(0, 200));
    const rows = all.slice(0, 200);
    const model = fitRidge(design, target, rows, 2);
    const objective = (one: typeof model) =>
      rows.reduce((sum, row) => sum + (target[row] - predictRidge(one, design, row)) ** 2, 0) +
      2 * one.weights.reduce((sum, weights) => sum + weights.reduce((part, w) => part + w * w, 0), 0);
    const best = objective(model);
    for (const step of [-0.01, 0.01]) {
      expect(objective({ ...model, intercept: model.intercept + step })).toBeGreaterThan(best);
      model.weights.forEach((weights, column) =>
        weights.forEach((_, code) => {
          const moved = model.weights.map((one) => Float64Array.from(one));
          moved[column][code] += step;
          expect(objective({ ...model, weights: moved })).toBeGreaterThan(best);
        }),
      );
    }
    expect(() => fitRidge(design, target, rows, 0)).toThrow(/for example 1/);
    expect(() => fitRidge(design, target, [], 1)).toThrow(/at least one row/);
  });
});
