import type { TableFile } from '../../../collectors/sources/files/table-file.ts';
import type { RegisterModel } from '../../app-deps.ts';
import { dayMs } from '../../domain/window.ts';
import type { ModelDetail } from '../../schemas/model.schema.ts';
import { usageError } from '../cli-error.ts';
import { describeModel, featureKind, predictsAmount } from './describe-model.ts';
import type { ColumnMapping, MappingChoices } from './mapping-choices.ts';
import type { Preview } from './preview.ts';
import { proposeMapping } from './propose-mapping.ts';
import { resolveMapping } from './resolve-mapping.ts';
import { type BodyPlan, predictionsBody } from './row-bodies.ts';
import { timeReader } from './time-reader.ts';

export type ImportPlan = {
  /** Choices and proposals together: what a saved mapping file holds. */
  choices: MappingChoices;
  mapping: ColumnMapping;
  registration: RegisterModel;
  bodies: BodyPlan;
};

export type PlanInput = {
  model: string;
  file: TableFile;
  preview: Preview;
  chosen: MappingChoices;
  known: ModelDetail | null;
  fileHash: string;
  as: 'current' | 'reference';
};

/** Rows of a reference file without times lie in the seventies, where no live window looks: a file has a day of its own. */
const referenceDays = 3_650;
const rowsPerReferenceMs = 1;

/** Everything that is decided before the first row is sent. @throws CliError (usage) */
export function planImport({ model, file, preview, chosen, known, fileHash, as }: PlanInput): ImportPlan {
  const proposed = { ...proposeMapping(file.columns, chosen), ...definedOnly(chosen) };
  const choices = settleTask(proposed, preview, known);
  const mapping = resolveMapping(file.columns, choices);
  const registration = describeModel(model, preview, { mapping, choices });
  const task = known?.task ?? registration.task;
  if (task === 'regression' && mapping.value === null) {
    throw usageError(`${model} is a regression: name the column with the predicted value, --value COL.`);
  }
  const ofModel = new Map((known?.features ?? []).map(({ name, kind }) => [name, kind]));
  const inferred = new Map((registration.features ?? []).map(({ name, kind }) => [name, kind]));
  const kinds = new Map(
    mapping.features.map(({ name, column }) => {
      return [name, ofModel.get(name) ?? inferred.get(name) ?? featureKind(preview.column(column))];
    }),
  );
  const firstMs = dayMs + (Number.parseInt(fileHash.slice(0, 8), 16) % referenceDays) * dayMs;
  const bodies: BodyPlan = {
    model,
    columns: file.columns,
    mapping,
    kinds,
    isRegression: task === 'regression',
    readTime: timeReader(mapping.timeFormat, mapping.timeZone),
    idOf: (row) => `${fileHash.slice(0, 12)}-${row + 1}`,
    timeOf: (row) => (as === 'reference' ? firstMs + row * rowsPerReferenceMs : null),
  };
  checkTimes(bodies, preview);
  return { choices, mapping, registration, bodies };
}

function definedOnly(choices: MappingChoices): MappingChoices {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}

/** A column named "prediction" is a value where the model predicts amounts, and a label elsewhere. */
function settleTask(choices: MappingChoices, preview: Preview, known: ModelDetail | null): MappingChoices {
  const task = choices.task ?? known?.task;
  const { label, value, score, scores } = choices;
  if (label === undefined || value !== undefined || score !== undefined || scores !== undefined)
    return { ...choices, task };
  const isAmount = task === 'regression' || (task === undefined && predictsAmount(preview.column(label)));
  return isAmount ? { ...choices, task: 'regression', label: undefined, value: label } : { ...choices, task };
}

/** A format that reads none of the first times reads none of the others either. */
function checkTimes({ mapping, readTime }: BodyPlan, preview: Preview): void {
  if (mapping.time === null) return;
  const cells = preview.column(mapping.time).filter((cell) => cell !== null);
  if (cells.length === 0 || cells.some((cell) => readTime(cell) !== null)) return;
  throw usageError(
    `The times in "${mapping.time}", such as ${JSON.stringify(cells[0])}, are not read by --time-format ${mapping.timeFormat}. ` +
      'Use unix_s, unix_ms, unix_us or unix_ns for numbers, or a pattern such as %d.%m.%Y %H:%M.',
  );
}

const bodyBytesTarget = 6 * 1_048_576;
const chunkRowsMax = 10_000;
const sampleRows = 100;

/** Rows per request: as many as the server takes, fewer where rows are wide. The same file and mapping give the same number. */
export function chunkRowsFor(preview: Preview, plan: BodyPlan): number {
  const n = Math.min(sampleRows, preview.rows);
  const columns = plan.columns.map((name) => preview.column(name));
  const rows = Array.from({ length: n }, (_, row) => ({ row, cells: columns.map((column) => column[row]) }));
  const bytesPerRow = Buffer.byteLength(predictionsBody(rows, plan).json) / n;
  return Math.max(1, Math.min(chunkRowsMax, Math.floor(bodyBytesTarget / bytesPerRow)));
}
