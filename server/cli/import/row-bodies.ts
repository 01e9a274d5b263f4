import type { Cell } from '../../../collectors/sources/files/table-file.ts';
import type { FeatureKind } from '../../domain/model.ts';
import { isTruth } from './describe-model.ts';
import { exactNumber, labelText } from './exact-number.ts';
import type { ColumnMapping, NamedColumn } from './mapping-choices.ts';
import type { TimeReader } from './time-reader.ts';

/** A row of the file: its number, from 0 after the header, and its cells. */
export type NumberedRow = { row: number; cells: Cell[] };

export type BodyPlan = {
  model: string;
  columns: readonly string[];
  mapping: ColumnMapping;
  kinds: ReadonlyMap<string, FeatureKind>;
  isRegression: boolean;
  readTime: TimeReader;
  /** Id of a row when no column has it. */
  idOf: (row: number) => string;
  /** Time of a row when no column has it; null leaves it to the server: now. */
  timeOf: (row: number) => number | null;
};

/** A column-oriented request body, the file's row number of each of its records, and the span of their times. */
export type RowsBody = { json: string; rows: number[]; oldest: number; newest: number };

type Column = unknown[];

/** `POST /api/v1/predictions` for some rows. */
export function predictionsBody(rows: readonly NumberedRow[], plan: BodyPlan): RowsBody {
  const { mapping } = plan;
  const at = positions(plan.columns);
  const pick = (column: string, convert: (cell: Cell) => unknown): Column =>
    rows.map(({ cells }) => convert(cells[at(column)]));
  const group = (
    list: readonly NamedColumn[],
    convert: (name: string, cell: Cell) => unknown,
  ): Record<string, Column> =>
    nullPrototype(list.map(({ name, column }) => [name, pick(column, (cell) => convert(name, cell))]));
  const times = rows.map((row) => timeOf(row, plan, at));
  const columns: Record<string, Column | Record<string, Column>> = {
    id: rows.map((row) => idOf(row, plan, at)),
    time: times.map(({ wire }) => wire),
  };
  if (mapping.score !== null) columns.score = pick(mapping.score, exactNumber);
  if (mapping.label !== null && !plan.isRegression) columns.label = pick(mapping.label, labelText);
  if (mapping.value !== null) columns.value = pick(mapping.value, exactNumber);
  if (mapping.latency !== null) columns.latencyMs = pick(mapping.latency, exactNumber);
  if (mapping.version !== null && 'column' in mapping.version)
    columns.modelVersion = pick(mapping.version.column, textOf);
  if (mapping.scores.length > 0) columns.scores = group(mapping.scores, (_, cell) => exactNumber(cell));
  columns.features = group(mapping.features, (name, cell) => featureValue(plan.kinds.get(name), cell));
  if (mapping.segments.length > 0) columns.segments = group(mapping.segments, (_, cell) => textOf(cell));
  if (mapping.sensitive.length > 0) columns.sensitive = group(mapping.sensitive, (_, cell) => textOf(cell));
  const modelVersion = mapping.version !== null && 'constant' in mapping.version ? mapping.version.constant : undefined;
  const known = times.flatMap(({ ms }) => (ms === null ? [] : [ms]));
  return {
    json: JSON.stringify({ model: plan.model, modelVersion, columns }),
    rows: rows.map(({ row }) => row),
    oldest: known.reduce((a, b) => Math.min(a, b), Infinity),
    newest: known.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}

/** `POST /api/v1/feedback` for the rows that have an actual label or value; null when none has. */
export function feedbackBody(rows: readonly NumberedRow[], plan: BodyPlan): RowsBody | null {
  const { mapping, isRegression } = plan;
  const { actual } = mapping;
  if (actual === null) return null;
  const at = positions(plan.columns);
  const known = rows.filter(({ cells }) => cells[at(actual)] !== null);
  if (known.length === 0) return null;
  const truth = known.map(({ cells }) =>
    isRegression ? exactNumber(cells[at(actual)]) : labelText(cells[at(actual)]),
  );
  const columns = {
    predictionId: known.map((row) => idOf(row, plan, at)),
    time: known.map((row) => observedAt(row, plan, at)),
    [isRegression ? 'value' : 'label']: truth,
  };
  return {
    json: JSON.stringify({ model: plan.model, columns }),
    rows: known.map(({ row }) => row),
    oldest: Infinity,
    newest: -Infinity,
  };
}

type Positions = (column: string) => number;

function positions(columns: readonly string[]): Positions {
  const map = new Map(columns.map((name, i) => [name, i]));
  return (column) => map.get(column) ?? -1;
}

/** Names are the file's: one called __proto__ must stay a name. */
function nullPrototype(entries: [string, Column][]): Record<string, Column> {
  const object = Object.create(null) as Record<string, Column>;
  for (const [name, column] of entries) object[name] = column;
  return object;
}

function idOf({ row, cells }: NumberedRow, { mapping, idOf: generated }: BodyPlan, at: Positions): string | null {
  return mapping.id === null ? generated(row) : textOf(cells[at(mapping.id)]);
}

type EventTime = { ms: number | null; wire: string | null };

function timeOf({ row, cells }: NumberedRow, plan: BodyPlan, at: Positions): EventTime {
  if (plan.mapping.time === null) return wireTime(plan.timeOf(row));
  const cell = cells[at(plan.mapping.time)];
  const ms = plan.readTime(cell);
  // A time that cannot be read goes out as it stands: the server refuses that row and says why.
  return ms === null ? { ms: null, wire: cell === null ? 'missing' : String(cell) } : wireTime(ms);
}

function wireTime(ms: number | null): EventTime {
  return { ms, wire: ms === null ? null : new Date(ms).toISOString() };
}

function observedAt(row: NumberedRow, plan: BodyPlan, at: Positions): string | null {
  const { labelTime, labelDelayMs } = plan.mapping;
  if (labelTime !== null) {
    const cell = row.cells[at(labelTime)];
    if (cell === null) return null;
    const ms = plan.readTime(cell);
    return ms === null ? String(cell) : new Date(ms).toISOString();
  }
  if (labelDelayMs === null) return null;
  const { ms } = timeOf(row, plan, at);
  return ms === null ? null : new Date(ms + labelDelayMs).toISOString();
}

const textOf = (cell: Cell): string | null => (cell === null ? null : String(cell));

function featureValue(kind: FeatureKind | undefined, cell: Cell): unknown {
  if (cell === null) return null;
  if (kind === 'numeric') return exactNumber(cell);
  if (kind === 'boolean') return isTruth(cell) ? String(cell).toLowerCase() === 'true' : cell;
  return kind === 'categorical' ? String(cell) : cell;
}
