import { openTableFile } from '../../../collectors/sources/files/open-table-file.ts';
import type { ImportRequest } from './import-file.ts';
import { fileDigest, importIdOf, importStateFile, newImportState, stateFilePath } from './import-state.ts';
import type { ColumnMapping } from './mapping-choices.ts';
import type { ImportPlan } from './plan-import.ts';
import { checkColumn } from './resolve-mapping.ts';
import { type BodyPlan, feedbackBody } from './row-bodies.ts';
import { type SendDeps, sendFile } from './send-file.ts';
import type { SendTally } from './send-tally.ts';

/** A file of actual labels, joined to predictions by their id. */
export type LabelsFile = { path: string; id: string; actual: string; time: string | null };

type LabelsTask = { plan: ImportPlan; labels: LabelsFile; isFresh: boolean };

const chunkRows = 10_000;

/** Sends a labels file as feedback. */
export async function importLabels(
  deps: SendDeps,
  request: ImportRequest,
  { plan, labels, isFresh }: LabelsTask,
): Promise<{ file: string; rows: number; feedback: SendTally }> {
  const file = await openTableFile(labels.path, { format: null, delimiter: request.delimiter, furtherColumns: [] });
  const bodies: BodyPlan = {
    ...plan.bodies,
    columns: file.columns,
    mapping: labelsMapping(plan.mapping, labels, file.columns),
  };
  const hash = await fileDigest(labels.path);
  const importId = importIdOf(['labels', hash, labels, request.model, deps.client.url]);
  const statePath =
    request.statePath === null ? stateFilePath(request.dataDir, importId) : `${request.statePath}.labels`;
  const state = (isFresh ? null : importStateFile(statePath).load(importId)) ?? newImportState(importId, chunkRows);
  const { state: done } = await sendFile(deps, {
    file,
    what: labels.path,
    state,
    statePath,
    rejectedOut: request.rejectedOut === null ? null : `${request.rejectedOut}.labels`,
    bodiesOf(rows) {
      const body = feedbackBody(rows, bodies);
      return body === null ? [] : [{ kind: 'feedback', body }];
    },
  });
  return { file: labels.path, rows: done.rowsDone, feedback: done.feedback };
}

function labelsMapping(mapping: ColumnMapping, labels: LabelsFile, columns: readonly string[]): ColumnMapping {
  const { id, actual, time } = labels;
  return {
    ...mapping,
    id: checkColumn(columns, '--labels-id', id),
    actual: checkColumn(columns, '--labels-actual', actual),
    time: null,
    labelTime: time === null ? null : checkColumn(columns, '--labels-time', time),
    labelDelayMs: null,
  };
}
