import { foldOutcomes } from '../../server/counting/outcome-fold.ts';
import type { OutcomeTallyRow } from '../../server/counting/outcome-cells.ts';
import { binaryTally } from '../../server/counting/outcome-tally-of.ts';
import type { FoldModel } from '../../server/counting/prediction-fold.ts';
import { probabilityEdges } from '../../server/counting/score-binning.ts';
import type { Outcome } from '../../server/domain/outcome.ts';
import type { BinaryTally } from '../../server/domain/outcome-tally.ts';
import type { OutcomeCell } from '../../server/domain/tally-counts.ts';
import type { Scored } from './library-columns.ts';

export type OutcomeTallies = { overall: BinaryTally; groups: Map<string, BinaryTally>; seconds: number };

const chunkRows = 50_000;
const binning = { id: 'probability_200', edges: probabilityEdges };

/** Folds joined outcomes chunk by chunk; making the joined rows is not timed, counting them is. */
export function outcomeTallies({ score, label, group }: Scored, definition: FoldModel['definition']): OutcomeTallies {
  const model = { definition: { ...definition, sensitiveFeatures: ['group'] }, binnings: [], scoreBinnings: [binning] };
  const models = new Map([[definition.id, model]]);
  const rows: OutcomeTallyRow[] = [];
  let milliseconds = 0;
  for (let first = 0; first < score.length; first += chunkRows) {
    const length = Math.min(chunkRows, score.length - first);
    const outcomes = Array.from({ length }, (_, i) =>
      outcomeOf(definition.id, score[first + i], label[first + i], `g${group[first + i]}`),
    );
    const started = performance.now();
    rows.push(...foldOutcomes(outcomes, models));
    milliseconds += performance.now() - started;
  }
  const started = performance.now();
  const cells = Map.groupBy(rows.flatMap(cellsOf), (cell) => cell.group);
  const tallyOf = (key: string): BinaryTally => binaryTally(model.definition, binning, cells.get(key) ?? []);
  const keys = [...cells.keys()].filter((key) => key !== '').sort();
  const overall = tallyOf('');
  const groups = new Map(keys.map((key) => [key, tallyOf(key)]));
  return { overall, groups, seconds: (milliseconds + performance.now() - started) / 1000 };
}

function outcomeOf(model: string, score: number, label: number, group: string): Outcome {
  return {
    model,
    predictionId: '',
    occurredAt: 0,
    version: '1',
    score,
    scoreOfActual: Number.NaN,
    predicted: score >= 0.5 ? '1' : '0',
    predictedValue: Number.NaN,
    actual: String(label),
    actualValue: Number.NaN,
    isRevision: false,
    segments: [],
    groups: [group],
    sign: 1,
  };
}

/** A labelled cell, and the same rows as the predictions that they were before their label came. */
function cellsOf(row: OutcomeTallyRow): OutcomeCell[] {
  const labelled = { ...row, labelled: true, isRevision: false };
  return [labelled, { ...labelled, labelled: false, actual: '' }];
}
