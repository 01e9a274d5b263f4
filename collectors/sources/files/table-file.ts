/** One value of a row. Null is missing; an integer beyond 2^53 stays the text of its digits. */
export type Cell = string | number | boolean | null;

/** A row of a file: its cells in the order of the file's columns, or why it could not be read. */
export type FileRow = { cells: Cell[] } | { problem: FileRowProblem };

export type FileRowProblem = { code: FileRowProblemCode; detail: string; text: string };
export type FileRowProblemCode = 'CSV_ROW_LENGTH' | 'INVALID_JSON' | 'NOT_AN_OBJECT' | 'LINE_TOO_LONG';

/** Some consecutive rows, and how much of the file has been read so far. */
export type FileRows = { rows: FileRow[]; bytesRead: number };

/** A file of rows, whatever its format. `rows` starts at the first row each time and never holds the whole file. */
export type TableFile = {
  format: 'csv' | 'ndjson' | 'parquet';
  columns: string[];
  /** Null where only reading to the end tells. */
  rowsTotal: number | null;
  bytesTotal: number;
  rows(): AsyncIterable<FileRows>;
};

/** A file that cannot be read as a whole; the message says what to do. */
export class FileUnreadable extends Error {}

/** One line of text, and one cell of it, may not be longer. */
export const lineBytesMax = 1_048_576;

/** A column that a member `"__proto__"` or the like could reach is no column. */
export function checkColumns(columns: readonly string[], path: string): void {
  const seen = new Set<string>();
  for (const name of columns) {
    if (seen.has(name)) throw new FileUnreadable(`${path} has two columns named "${name}": rename one of them.`);
    seen.add(name);
  }
}
