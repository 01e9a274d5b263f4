import { readBytes, type TextSource } from './read-text.ts';
import { type Cell, type FileRow, type FileRows, FileUnreadable, lineBytesMax, type TableFile } from './table-file.ts';

const rowsPerPiece = 1_000;
const columnsFromRows = 1_000;
const mayHoldBigInteger = /\d{16}/;

/**
 * One JSON object per line. Members of nested objects become columns with dotted names: `features.income`.
 * The columns are those of the first 1,000 rows and the further ones that are asked for.
 */
export async function openNdjsonFile(source: TextSource, furtherColumns: readonly string[]): Promise<TableFile> {
  const columns = await findColumns(source, furtherColumns);
  const positions = new Map(columns.map((name, i) => [name, i]));
  return {
    format: 'ndjson',
    columns,
    rowsTotal: null,
    bytesTotal: source.bytesTotal,
    rows: () => readRows(source, (line) => rowOf(line, positions, columns.length)),
  };
}

async function* readRows(source: TextSource, rowOfLine: (line: string) => FileRow): AsyncGenerator<FileRows> {
  const { stream, bytesRead } = readBytes(source);
  let piece: FileRow[] = [];
  for await (const line of lines(stream)) {
    if (line !== null && line.trim() === '') continue;
    piece.push(line === null ? tooLong : rowOfLine(line));
    if (piece.length < rowsPerPiece) continue;
    yield { rows: piece, bytesRead: bytesRead() };
    piece = [];
  }
  yield { rows: piece, bytesRead: bytesRead() };
}

const tooLong: FileRow = {
  problem: { code: 'LINE_TOO_LONG', detail: `the line is longer than ${lineBytesMax} bytes`, text: '' },
};

/** Lines of text; null stands for one that is too long to hold. */
async function* lines(stream: AsyncIterable<Buffer>): AsyncGenerator<string | null> {
  let rest = Buffer.alloc(0);
  let isSkipping = false;
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      const tail = chunk.subarray(from, end);
      const length = rest.length + tail.length;
      if (isSkipping) isSkipping = false;
      else if (length > lineBytesMax) yield null;
      else yield text(rest.length === 0 ? tail : Buffer.concat([rest, tail]));
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    if (isSkipping) continue;
    rest = Buffer.concat([rest, chunk.subarray(from)]);
    if (rest.length <= lineBytesMax) continue;
    yield null;
    isSkipping = true;
    rest = Buffer.alloc(0);
  }
  if (rest.length > 0) yield text(rest);
}

const text = (bytes: Buffer): string => bytes.toString('utf8').replace(/^\uFEFF/, '');

function rowOf(line: string, positions: ReadonlyMap<string, number>, width: number): FileRow {
  const object = parseLine(line);
  if ('problem' in object) return object;
  const cells = Array.from<Cell>({ length: width }).fill(null);
  eachMember(object.value, '', (name, value) => {
    const position = positions.get(name);
    if (position !== undefined) cells[position] = value;
  });
  return { cells };
}

function parseLine(
  line: string,
): { value: object } | { problem: { code: 'INVALID_JSON' | 'NOT_AN_OBJECT'; detail: string; text: string } } {
  let value: unknown;
  try {
    value = mayHoldBigInteger.test(line) ? JSON.parse(line, keepDigits) : JSON.parse(line);
  } catch (error) {
    return {
      problem: { code: 'INVALID_JSON', detail: error instanceof Error ? error.message : String(error), text: line },
    };
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value };
  return { problem: { code: 'NOT_AN_OBJECT', detail: 'send one JSON object per line', text: line } };
}

/** An integer that a double cannot hold becomes the text of its digits. */
function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isInexact = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '');
  return isInexact ? context?.source : value;
}

function eachMember(object: object, prefix: string, visit: (name: string, value: Cell) => void): void {
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    const name = prefix + key;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) eachMember(value, `${name}.`, visit);
    else visit(name, cellOf(value));
  }
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

async function findColumns(source: TextSource, further: readonly string[]): Promise<string[]> {
  const columns = new Set<string>();
  let read = 0;
  for await (const line of lines(readBytes(source).stream)) {
    if (line === null || line.trim() === '') continue;
    const object = parseLine(line);
    if (!('problem' in object)) eachMember(object.value, '', (name) => columns.add(name));
    if (++read >= columnsFromRows) break;
  }
  if (columns.size === 0) {
    throw new FileUnreadable(`${source.path} holds no JSON objects, one per line: is it another format? See --format.`);
  }
  return [...columns, ...further.filter((name) => !columns.has(name))];
}
