import { type Options, parse, type Parser } from 'csv-parse';
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

const common = { bom: true, skip_empty_lines: true, relax_column_count: true, max_record_size: lineBytesMax } as const;

async function* readRows(source: TextSource, delimiter: string, width: number): AsyncGenerator<FileRows> {
  let piece: FileRow[] = [];
  const { records, bytesRead } = startParser(source, {
    ...common,
    delimiter,
    from: 2,
    skip_records_with_error: true,
    on_skip(error) {
      const detail = `${error?.message ?? 'the row cannot be read'}; quote cells as RFC 4180 says`;
      // Into the stream itself, so that the bad row keeps its place among the others.
      records.push({ code: 'CSV_MALFORMED', detail, text: '' } satisfies FileRowProblem);
      return undefined;
    },
  });
  for await (const record of records as AsyncIterable<string[] | FileRowProblem>) {
    piece.push(Array.isArray(record) ? rowOf(record, width) : { problem: record });
    if (piece.length < rowsPerPiece) continue;
    yield { rows: piece, bytesRead: bytesRead() };
    piece = [];
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
