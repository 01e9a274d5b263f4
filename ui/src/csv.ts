export type TableData = {
  /** Name of the downloaded file, without its ending. */
  name: string;
  caption: string;
  columns: string[];
  rows: (string | number | null)[][];
  /** What null means in this table; "no data" unless said. */
  absent?: string;
};

/** A cell that a spreadsheet would run as a formula is quoted as text. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** RFC 4180, full precision: what is rounded is the screen, not the file. */
export function toCsv(table: TableData): string {
  return [table.columns, ...table.rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
