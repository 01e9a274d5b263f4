import type { FileRow, TableFile } from './table-file.ts';

/** Rows `[firstRow, firstRow + rows.length)` of a file; row 0 is the first after the header. */
export type FileChunk = { firstRow: number; rows: FileRow[]; bytesRead: number };

/** The rows of a file in chunks of exactly `chunkRows`, the last one shorter: the same file always gives the same chunks. */
export async function* inChunks(file: TableFile, chunkRows: number): AsyncGenerator<FileChunk> {
  let rows: FileRow[] = [];
  let firstRow = 0;
  let bytes = 0;
  for await (const piece of file.rows()) {
    bytes = piece.bytesRead;
    for (const row of piece.rows) {
      rows.push(row);
      if (rows.length < chunkRows) continue;
      yield { firstRow, rows, bytesRead: bytes };
      firstRow += rows.length;
      rows = [];
    }
  }
  if (rows.length > 0) yield { firstRow, rows, bytesRead: bytes };
}
