import { TupleParam } from '@clickhouse/client';
import { tableFromIPC } from 'apache-arrow';
import type { Outcome } from '../domain/outcome.ts';
import type { JoinedFeedback, OutcomeStore } from '../ports/outcome-store.ts';
import {
  arrowStream,
  float64Column,
  int8Column,
  textColumn,
  textListColumn,
  timeColumn,
  uint8Column,
} from './arrow-stream.ts';
import type { ClickHouse } from './click-house.ts';

const idsPerQuery = 500;

type JoinedRow = {
  model_id: string;
  prediction_id: string;
  label: string | null;
  value: number | null;
  occurred_at_ms: number;
  has_prediction: number;
  model_version: string;
  score: number | null;
  scores: (number | null)[];
  predicted_label: string | null;
  predicted_value: number | null;
  segments: (string | null)[];
  groups: (string | null)[];
  outcome_sign: number;
  outcome_actual: string;
  outcome_actual_value: number | null;
  outcome_predicted: string;
  outcome_is_revision: number;
};

export function clickHouseOutcomeStore(store: ClickHouse): OutcomeStore {
  return {
    async joinBatch(batch) {
      return (await store.rows<JoinedRow>('join-feedback', { batch, ids: [] })).map(joinedFeedback);
    },
    async joinIds(ids) {
      const joined: JoinedFeedback[] = [];
      for (let at = 0; at < ids.length; at += idsPerQuery) {
        const chunk = ids.slice(at, at + idsPerQuery).map((id) => new TupleParam([...id]));
        joined.push(...(await store.rows<JoinedRow>('join-feedback', { batch: '', ids: chunk })).map(joinedFeedback));
      }
      return joined;
    },
    async unpaired(limit) {
      const rows = await store.rows<{ model_id: string; prediction_id: string }>('list-unpaired-feedback', { limit });
      return rows.map((row) => [row.model_id, row.prediction_id]);
    },
    encode: encodeOutcomes,
    decode: decodeOutcomes,
  };
}

/** NaN arrives as null: JSON has no word for it. */
const orNaN = (value: number | null): number => value ?? Number.NaN;

function joinedFeedback(row: JoinedRow): JoinedFeedback {
  return {
    model: row.model_id,
    predictionId: row.prediction_id,
    label: row.label,
    value: orNaN(row.value),
    prediction:
      row.has_prediction === 0
        ? null
        : {
            occurredAt: row.occurred_at_ms,
            version: row.model_version,
            score: orNaN(row.score),
            scores: row.scores.map(orNaN),
            label: row.predicted_label,
            value: orNaN(row.predicted_value),
            segments: row.segments,
            groups: row.groups,
          },
    current:
      row.outcome_sign === 0
        ? null
        : {
            predicted: row.outcome_predicted,
            actual: row.outcome_actual,
            actualValue: orNaN(row.outcome_actual_value),
            isRevision: row.outcome_is_revision === 1,
          },
  };
}

function encodeOutcomes(outcomes: readonly Outcome[], batchId: string): Uint8Array {
  return arrowStream({
    model_id: textColumn(outcomes.map((o) => o.model)),
    prediction_id: textColumn(outcomes.map((o) => o.predictionId)),
    occurred_at: timeColumn(outcomes.map((o) => o.occurredAt)),
    model_version: textColumn(outcomes.map((o) => o.version)),
    score: float64Column(outcomes.map((o) => o.score)),
    score_of_actual: float64Column(outcomes.map((o) => o.scoreOfActual)),
    predicted: textColumn(outcomes.map((o) => o.predicted)),
    predicted_value: float64Column(outcomes.map((o) => o.predictedValue)),
    actual: textColumn(outcomes.map((o) => o.actual)),
    actual_value: float64Column(outcomes.map((o) => o.actualValue)),
    is_revision: uint8Column(outcomes.map((o) => (o.isRevision ? 1 : 0))),
    segments: textListColumn(outcomes.map((o) => o.segments)),
    groups: textListColumn(outcomes.map((o) => o.groups)),
    batch_id: textColumn(outcomes.map(() => batchId)),
    sign: int8Column(outcomes.map((o) => o.sign)),
  });
}

function decodeOutcomes(body: Uint8Array): Outcome[] {
  return [...tableFromIPC(body)].map((row) => {
    const text = (list: Iterable<string | null>): (string | null)[] => [...list];
    return {
      model: row.model_id,
      predictionId: row.prediction_id,
      occurredAt: Number(row.occurred_at),
      version: row.model_version,
      score: row.score,
      scoreOfActual: row.score_of_actual,
      predicted: row.predicted,
      predictedValue: row.predicted_value,
      actual: row.actual,
      actualValue: row.actual_value,
      isRevision: row.is_revision === 1,
      segments: text(row.segments),
      groups: text(row.groups),
      sign: row.sign,
    };
  });
}
