import { BodyRefusal } from './body-refusal.ts';

export type Column = ArrayLike<unknown>;
export type NamedColumn = { name: string; values: Column };

/** A column-oriented body, whatever it came as. Null and undefined are missing. */
export type ColumnTable = {
  rows: number;
  /** One value for every row, where no column says otherwise. */
  model: unknown;
  modelVersion: unknown;
  /** Columns such as `id` and `score`. */
  columns: Map<string, Column>;
  /** Columns by name within `features`, `segments`, `sensitive`, `scores`, `explanations` or `prediction`. */
  groups: Map<string, NamedColumn[]>;
};

export function rowsOf(columns: Map<string, Column>, groups: Map<string, NamedColumn[]>): number {
  const named = [...columns].map(([name, values]) => ({ name, values }));
  for (const [group, members] of groups) {
    named.push(...members.map(({ name, values }) => ({ name: `${group}.${name}`, values })));
  }
  const rows = named[0]?.values.length ?? 0;
  const odd = named.find(({ values }) => values.length !== rows);
  if (!odd) return rows;
  const detail = `column "${odd.name}" has ${odd.values.length} values and "${named[0].name}" has ${rows}; send equal lengths`;
  throw new BodyRefusal(400, 'COLUMNS_UNEQUAL', detail);
}

/** One row as the record it stands for. */
export function recordOf(table: ColumnTable, row: number): Record<string, unknown> {
  const record: Record<string, unknown> = { model: table.model, modelVersion: table.modelVersion };
  for (const [name, values] of table.columns) record[name] = values[row] ?? undefined;
  for (const [group, members] of table.groups) record[group] = groupRecord(members, row);
  return record;
}

/** Null-prototype, because the names are the sender's. */
export function groupRecord(members: NamedColumn[], row: number): Record<string, unknown> {
  const record = Object.create(null) as Record<string, unknown>;
  for (const { name, values } of members) record[name] = values[row] ?? null;
  return record;
}
