import { type Cell, FileUnreadable, type TableFile } from '../../../collectors/sources/files/table-file.ts';

export const previewRowsMax = 1_000;

/** The first rows of a file by column: what kinds of features and which task are inferred from. */
export type Preview = { rows: number; column(name: string): Cell[] };

export async function previewOf(file: TableFile): Promise<Preview> {
  const rows: Cell[][] = [];
  for await (const piece of file.rows()) {
    for (const row of piece.rows) if ('cells' in row) rows.push(row.cells);
    if (rows.length >= previewRowsMax) break;
  }
  if (rows.length === 0) throw new FileUnreadable('The file has no row that can be read: there is nothing to import.');
  rows.length = Math.min(rows.length, previewRowsMax);
  const position = new Map(file.columns.map((name, i) => [name, i]));
  return {
    rows: rows.length,
    column(name) {
      const at = position.get(name);
      return at === undefined ? [] : rows.map((cells) => cells[at]);
    },
  };
}
