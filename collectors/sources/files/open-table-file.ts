import { open, stat } from 'node:fs/promises';
import { openCsvFile } from './csv-file.ts';
import { openNdjsonFile } from './ndjson-file.ts';
import { openParquetFile } from './parquet-file.ts';
import { FileUnreadable, type TableFile } from './table-file.ts';

export type TableFileFormat = TableFile['format'];
export type TableFileOptions = {
  /** Null: told by the name, else by the first bytes. */
  format: TableFileFormat | null;
  /** CSV: null finds the one of comma, semicolon, tab and bar that the header line has most of. */
  delimiter: string | null;
  /** NDJSON: columns to read besides those that the first rows have. */
  furtherColumns: readonly string[];
};

const gzipMagic = 0x1f8b;
const parquetMagic = 0x50415231;

/**
 * Opens a file of rows: CSV or NDJSON, plain or gzip, or Parquet.
 *
 * @throws FileUnreadable when it is none of them
 */
export async function openTableFile(path: string, options: TableFileOptions): Promise<TableFile> {
  const { size, magic, first } = await peek(path);
  if (size === 0) throw new FileUnreadable(`${path} is empty: there is nothing to import.`);
  const isGzip = magic >>> 16 === gzipMagic;
  const format = options.format ?? formatOf(path, magic, first);
  const source = { path, bytesTotal: size, isGzip };
  if (format === 'parquet') {
    if (isGzip) throw new FileUnreadable(`${path} is a gzip file: unpack it first, Parquet is compressed inside.`);
    return openParquetFile(path, size);
  }
  return format === 'csv' ? openCsvFile(source, options.delimiter) : openNdjsonFile(source, options.furtherColumns);
}

async function peek(path: string): Promise<{ size: number; magic: number; first: string }> {
  const info = await stat(path).catch(() => null);
  if (info === null) throw new FileUnreadable(`There is no file ${path}.`);
  if (!info.isFile()) throw new FileUnreadable(`${path} is not a file: name one CSV, NDJSON or Parquet file.`);
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    const magic = bytesRead >= 4 ? buffer.readUInt32BE(0) : 0;
    return {
      size: info.size,
      magic,
      first: buffer
        .toString('utf8', 0, bytesRead)
        .replace(/^\uFEFF/, '')
        .trimStart(),
    };
  } finally {
    await file.close();
  }
}

function formatOf(path: string, magic: number, first: string): TableFileFormat {
  if (magic === parquetMagic) return 'parquet';
  const name = path.toLowerCase().replace(/\.gz$/, '');
  if (/\.(csv|tsv)$/.test(name)) return 'csv';
  if (/\.(ndjson|jsonl|json)$/.test(name)) return 'ndjson';
  if (name.endsWith('.parquet')) throw new FileUnreadable(`${path} does not begin as a Parquet file does.`);
  if (first.startsWith('{')) return 'ndjson';
  if (magic >>> 16 !== gzipMagic) return 'csv';
  throw new FileUnreadable(`The name of ${path} does not tell its format: add --format csv or --format ndjson.`);
}
