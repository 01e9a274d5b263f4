import Type, { type Static } from 'typebox';
import { MetricResultSchema, WindowSchema } from './metric-result.schema.ts';

const Results = Type.Record(Type.String(), MetricResultSchema);

/** `GET /api/v1/models/:model/performance` */
export const PerformanceSchema = Type.Object({
  model: Type.String(),
  task: Type.Union([Type.Literal('binary'), Type.Literal('multiclass'), Type.Literal('regression')]),
  version: Type.Union([Type.String(), Type.Null()]),
  segment: Type.Union([Type.String(), Type.Null()]),
  window: WindowSchema,
  stepSeconds: Type.Number(),
  /** The metric a reader should see first: roc_auc, accuracy or mean_absolute_error. */
  headline: Type.String(),
  overall: Results,
  /** Only with the labels as they were first reported, before any revision. */
  firstReported: Results,
  /** Confusion counts of the whole window; binary only. */
  confusion: Type.Union([
    Type.Object({
      truePositive: Type.Number(),
      falsePositive: Type.Number(),
      falseNegative: Type.Number(),
      trueNegative: Type.Number(),
    }),
    Type.Null(),
  ]),
  total: Type.Number(),
  labelled: Type.Number(),
  points: Type.Array(
    Type.Object({
      from: Type.String(),
      to: Type.String(),
      total: Type.Number(),
      labelled: Type.Number(),
      results: Results,
      /** True while more labels are expected: draw the point hollow. */
      incomplete: Type.Boolean(),
      /** True when a label of this window was revised after its first report. */
      revised: Type.Boolean(),
    }),
  ),
  /** Mean score and positive rate per bin, binary probabilities only. */
  calibration: Type.Array(
    Type.Object({
      meanScore: Type.Number(),
      positiveRate: Type.Number(),
      n: Type.Number(),
      lower: Type.Number(),
      upper: Type.Number(),
    }),
  ),
  versions: Type.Array(Type.Object({ version: Type.String(), firstSeenAt: Type.String() })),
  asOf: Type.String(),
});

/** `GET /api/v1/models/:model/fairness` */
export const FairnessSchema = Type.Object({
  model: Type.String(),
  window: WindowSchema,
  minGroupN: Type.Number(),
  attributes: Type.Array(
    Type.Object({
      /** A sensitive feature, or a declared intersection such as "sex × race". */
      attribute: Type.String(),
      groups: Type.Array(
        Type.Object({
          group: Type.String(),
          n: Type.Number(),
          labelled: Type.Number(),
          /** Suppressed below the minimum cell size. */
          confusion: Type.Union([
            Type.Object({
              truePositive: Type.Number(),
              falsePositive: Type.Number(),
              falseNegative: Type.Number(),
              trueNegative: Type.Number(),
            }),
            Type.Null(),
          ]),
          /** selection_rate, true_positive_rate, false_positive_rate, false_negative_rate, precision, accuracy */
          rates: Results,
        }),
      ),
      /** demographic_parity_difference, demographic_parity_ratio, equal_opportunity_difference, … */
      comparisons: Results,
      /** Groups too small to compare, named. */
      excluded: Type.Array(Type.String()),
    }),
  ),
  asOf: Type.String(),
});

export type Performance = Static<typeof PerformanceSchema>;
export type Fairness = Static<typeof FairnessSchema>;
