import { CsvError, type Options, parse, type Parser } from 'csv-parse';
import { readBytes, type TextSource } from './read-text.ts';
import {
  checkColumns,
  type FileRow,
  type FileRows,
  FileUnreadable,
  lineBytesMax,
  type TableFile,
} from './table-file.ts';

const rowsPerPiece = 1_000;
const delimiters = [',', ';', '\t', '|'];

/** CSV with a header row (RFC 4180). Every cell is text, an empty one is missing. A bad row is reported alone. */
export async function openCsvFile(source: TextSource, delimiter: string | null): Promise<TableFile> {
  const separator = delimiter ?? (await findDelimiter(source));
  const columns = await readHeader(source, separator);
  checkColumns(columns, source.path);
  return {
    format: 'csv',
    columns,
    rowsTotal: null,
    bytesTotal: source.bytesTotal,
    rows: () => readRows(source, separator, columns.length),
  };
}

/** A stray quote inside a cell is kept as text; a quote that is never closed ends in an error, not in lost rows. */
const common = {
  bom: true,
  skip_empty_lines: true,
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: lineBytesMax,
} as const;

async function* readRows(source: TextSource, delimiter: string, width: number): AsyncGenerator<FileRows> {
  let piece: FileRow[] = [];
  const { records, bytesRead } = startParser(source, { ...common, delimiter, from: 2 });
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      piece.push(rowOf(record, width));
      if (piece.length < rowsPerPiece) continue;
      yield { rows: piece, bytesRead: bytesRead() };
      piece = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const advice = 'Close the quote, or name the --delimiter.';
    throw new FileUnreadable(`${source.path}: ${error.message}. ${advice}`, { cause: error });
  }
  yield { rows: piece, bytesRead: bytesRead() };
}

function rowOf(record: string[], width: number): FileRow {
  if (record.length === width) return { cells: record.map((cell) => (cell === '' ? null : cell)) };
  const detail = `the row has ${record.length} cells and the header has ${width}`;
  return { problem: { code: 'CSV_ROW_LENGTH', detail, text: JSON.stringify(record) } };
}

async function readHeader(source: TextSource, delimiter: string): Promise<string[]> {
  const parser = startParser(source, { ...common, delimiter, to: 1 });
  try {
    for await (const record of parser.records as AsyncIterable<string[]>) return record.map((name) => name.trim());
  } catch (error) {
    throw new FileUnreadable(`The header of ${source.path} cannot be read: ${String(error)}`, { cause: error });
  }
  throw new FileUnreadable(`${source.path} has no header row: the first line must name the columns.`);
}

function startParser(source: TextSource, options: Options): { records: Parser; bytesRead(): number } {
  const { stream, bytesRead } = readBytes(source);
  const records = parse(options);
  stream.on('error', (error) => records.destroy(error));
  records.on('close', () => stream.destroy());
  stream.pipe(records);
  return { records, bytesRead };
}

/** The delimiter that occurs most in the first line outside quotes. */
async function findDelimiter(source: TextSource): Promise<string> {
  const { stream } = readBytes(source);
  let head = '';
  for await (const chunk of stream) {
    head += (chunk as Buffer).toString('utf8');
    if (head.includes('\n') || head.length > lineBytesMax) break;
  }
  const line = head.split('\n', 1)[0].replaceAll(/"[^"]*"/g, '');
  const counts = delimiters.map((mark) => line.split(mark).length - 1);
  return delimiters[counts.indexOf(Math.max(...counts))];
}
