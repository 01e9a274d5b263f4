import { RecordBatchStreamWriter, type Schema } from 'apache-arrow';
import { feedbackArrowSchema, predictionsArrowSchema } from './arrow-schemas.ts';

/** The marker that ends an Arrow IPC stream. */
export const endOfStream = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

/** The messages that begin a stream: constant per kind, so that frames need to hold record batches only. */
export const schemaMessages = {
  predictions: schemaMessage(predictionsArrowSchema),
  feedback: schemaMessage(feedbackArrowSchema),
};

function schemaMessage(schema: Schema): Uint8Array {
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  const stream = writer.finish().toUint8Array(true);
  return stream.slice(0, stream.byteLength - endOfStream.byteLength);
}
