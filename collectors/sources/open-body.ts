import type { RowContext } from '../validate/row-context.ts';
import { arrowBody } from './arrow-body.ts';
import { inflateBody } from './inflate-body.ts';
import { jsonBody } from './json-body.ts';
import { ndjsonBody } from './ndjson-body.ts';
import type { RecordSource } from './record-source.ts';
import type { Writers } from './writers.ts';

/** The events of a body; throws a `BodyRefusal` when it cannot be read at all. */
export function openBody(body: Uint8Array, writers: Writers, context: RowContext): RecordSource {
  const plain = inflateBody(body, context.limits.bodyBytesMax);
  switch (context.head.format) {
    case 'json':
      return jsonBody(plain, writers, context);
    case 'ndjson':
      return ndjsonBody(plain, writers[context.head.kind], context);
    case 'arrow':
      return arrowBody(plain, writers, context);
  }
}
