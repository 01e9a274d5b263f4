import { openTableFile, type TableFileFormat } from '../../../collectors/sources/files/open-table-file.ts';
import type { ReferenceWire } from '../../schemas/model.schema.ts';
import { createImportedReference } from './create-imported-reference.ts';
import { findModel, registerModel } from './ensure-model.ts';
import { fileDigest, importIdOf, importStateFile, newImportState, stateFilePath } from './import-state.ts';
import { importLabels, type LabelsFile } from './import-labels.ts';
import type { MappingChoices } from './mapping-choices.ts';
import { writeMappingFile } from './mapping-file.ts';
import { chunkRowsFor, type ImportPlan, planImport } from './plan-import.ts';
import { previewOf } from './preview.ts';
import { describePlan } from './describe-plan.ts';
import { feedbackBody, predictionsBody } from './row-bodies.ts';
import { type SendDeps, sendFile, type SentFile } from './send-file.ts';
import type { SendTally } from './send-tally.ts';
import { untilStored } from './until-stored.ts';

export type ImportRequest = {
  path: string;
  model: string;
  as: 'current' | 'reference';
  format: TableFileFormat | null;
  delimiter: string | null;
  chosen: MappingChoices;
  saveMapping: string | null;
  labels: LabelsFile | null;
  dataDir: string;
  statePath: string | null;
  rejectedOut: string | null;
  /** Forgets what an earlier run noted. */
  restart: boolean;
};

export type ImportDeps = SendDeps & { sleep: (milliseconds: number) => Promise<void> };

export type ImportResult = {
  model: string;
  file: string;
  isNewModel: boolean;
  rows: number;
  /** Rows that an earlier run of the same command had sent already. */
  resumedAfterRow: number;
  predictions: SendTally;
  feedback: SendTally;
  labels: { file: string; rows: number; feedback: SendTally } | null;
  timeZone: string;
  mapping: MappingChoices;
  reference: ReferenceWire | null;
  seconds: number;
};

/** Reads a file, registers its model when nobody has, sends predictions and labels, and names a reference if asked. */
export async function importFile(deps: ImportDeps, request: ImportRequest): Promise<ImportResult> {
  const startedAt = deps.now();
  const { client, terminal } = deps;
  const furtherColumns = request.chosen.features ?? [];
  const file = await openTableFile(request.path, {
    format: request.format,
    delimiter: request.delimiter,
    furtherColumns,
  });
  terminal.status(`reading ${request.path}`);
  const [fileHash, preview] = [await fileDigest(request.path), await previewOf(file)];
  const found = await findModel(client, request.model);
  const known = found === 'hidden' ? null : found;
  const plan = planImport({ ...request, file, preview, fileHash, known });
  for (const line of describePlan(plan, file, known !== null)) terminal.say(line);
  if (request.saveMapping !== null) writeMappingFile(request.saveMapping, plan.choices);
  const isNewModel = found === null && (await registerModel(client, plan.registration));
  const chunkRows = chunkRowsFor(preview, plan.bodies);
  const importId = importIdOf([fileHash, plan.mapping, request.model, client.url, request.as, chunkRows]);
  const statePath = request.statePath ?? stateFilePath(request.dataDir, importId);
  const isFresh = request.restart || isNewModel;
  const state = (isFresh ? null : importStateFile(statePath).load(importId)) ?? newImportState(importId, chunkRows);
  const resumedAfterRow = state.rowsDone;
  if (resumedAfterRow > 0) terminal.say(`Going on after row ${resumedAfterRow}: an earlier run had sent those.`);
  const sent = await sendFile(deps, {
    file,
    what: request.path,
    state,
    statePath,
    rejectedOut: request.rejectedOut,
    bodiesOf: (rows) => bodiesOf(rows, plan),
  });
  const labels =
    request.labels === null ? null : await importLabels(deps, request, { plan, labels: request.labels, isFresh });
  await untilStored(deps);
  const reference = request.as === 'reference' ? await makeReference(deps, request.model, sent) : null;
  return {
    model: request.model,
    file: request.path,
    isNewModel,
    rows: sent.state.rowsDone,
    resumedAfterRow,
    predictions: sent.state.predictions,
    feedback: sent.state.feedback,
    labels,
    timeZone: plan.mapping.timeZone,
    mapping: plan.choices,
    reference,
    seconds: Math.round((deps.now() - startedAt) / 100) / 10,
  };
}

function bodiesOf(rows: Parameters<typeof predictionsBody>[0], { bodies }: ImportPlan) {
  if (rows.length === 0) return [];
  const feedback = feedbackBody(rows, bodies);
  return [
    { kind: 'prediction' as const, body: predictionsBody(rows, bodies) },
    ...(feedback === null ? [] : [{ kind: 'feedback' as const, body: feedback }]),
  ];
}

/** The half-open window that holds exactly the imported rows. */
async function makeReference(deps: ImportDeps, model: string, { oldest, newest }: SentFile): Promise<ReferenceWire> {
  return createImportedReference(deps, model, { from: oldest, to: newest + 1 });
}
