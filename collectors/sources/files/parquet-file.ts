import { asyncBufferFromFile, type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { type Cell, checkColumns, type FileRow, type FileRows, FileUnreadable, type TableFile } from './table-file.ts';

const rowsPerPiece = 1_000;
/** A row group is read whole: beyond this it would not fit into memory with certainty. */
const rowGroupBytesMax = 1_073_741_824n;

/** A Parquet file, one row group in memory at a time. Times without a zone stay without one. */
export async function openParquetFile(path: string, bytesTotal: number): Promise<TableFile> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch((error: unknown) => {
    throw new FileUnreadable(`${path} is no readable Parquet file: ${String(error)}`, { cause: error });
  });
  const columns = flatColumns(metadata, path);
  checkColumns(columns, path);
  const large = metadata.row_groups.find((group) => group.total_byte_size > rowGroupBytesMax);
  if (large !== undefined) {
    throw new FileUnreadable(`${path} has a row group of ${large.total_byte_size} bytes: write it with smaller ones.`);
  }
  return {
    format: 'parquet',
    columns,
    rowsTotal: Number(metadata.num_rows),
    bytesTotal,
    rows: () => readRows(file, metadata, columns),
  };
}

function flatColumns({ schema }: FileMetaData, path: string): string[] {
  const leaves = schema.slice(1);
  const nested = leaves.find((element) => (element.num_children ?? 0) > 0);
  if (nested !== undefined) {
    throw new FileUnreadable(
      `Column "${nested.name}" of ${path} is nested: write its members as columns of their own.`,
    );
  }
  return leaves.map((element) => element.name);
}

async function* readRows(file: AsyncBuffer, metadata: FileMetaData, columns: string[]): AsyncGenerator<FileRows> {
  const isLocal = columns.map((name) => isLocalTime(metadata, name));
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const values = await readGroup(file, metadata, { columns, rowStart, rowEnd });
    for (let at = 0; at < values.length; at += rowsPerPiece) {
      const rows = values
        .slice(at, at + rowsPerPiece)
        .map((row): FileRow => ({ cells: row.map((value, i) => cellOf(value, isLocal[i])) }));
      const share = Number(metadata.num_rows) === 0 ? 1 : (rowStart + at + rows.length) / Number(metadata.num_rows);
      yield { rows, bytesRead: Math.round(share * file.byteLength) };
    }
    rowStart = rowEnd;
  }
}

function readGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  range: { columns: string[]; rowStart: number; rowEnd: number },
): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    parquetRead({ file, metadata, compressors, ...range, rowFormat: 'array', onComplete: resolve }).catch(reject);
  });
}

function isLocalTime({ schema }: FileMetaData, column: string): boolean {
  const element = schema.find(({ name }, i) => i > 0 && name === column);
  const type = element?.logical_type;
  if (type?.type === 'TIMESTAMP') return !type.isAdjustedToUTC;
  return element?.type === 'INT96' || type?.type === 'DATE' || element?.converted_type === 'DATE';
}

function cellOf(value: unknown, isLocal: boolean): Cell {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'number':
      return value;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'undefined':
      return null;
    default:
      if (value === null) return null;
      if (!(value instanceof Date)) return JSON.stringify(value);
      return isLocal ? value.toISOString().slice(0, -1) : value.toISOString();
  }
}
