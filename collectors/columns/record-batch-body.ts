import { BufferRegion, FieldNode, Message, RecordBatch } from 'apache-arrow/ipc/metadata/message';

type WriteBuffer = (target: Uint8Array) => void;

const alignUp = (bytes: number) => (bytes + 7) & ~7;

/**
 * Collects the buffers of one record batch in schema order and writes them straight into the journal frame: each column
 * is copied once, and no value passes through an object.
 */
export class RecordBatchBody {
  private readonly nodes: FieldNode[] = [];
  private readonly regions: BufferRegion[] = [];
  private readonly writes: WriteBuffer[] = [];
  private bodyBytes = 0;

  /** Begins a column; its validity is left out when nothing is null. */
  node(length: number, validity: Uint8Array | null = null, nullCount = 0): void {
    this.nodes.push(new FieldNode(length, nullCount));
    if (nullCount > 0 && validity) this.bytes(validity);
    else this.buffer(0, () => {});
  }

  /** Adds a buffer of the current column; `write` gets exactly that many bytes, on a multiple of eight. */
  buffer(byteLength: number, write: WriteBuffer): void {
    this.regions.push(new BufferRegion(this.bodyBytes, byteLength));
    this.writes.push(write);
    this.bodyBytes += alignUp(byteLength);
  }

  bytes(view: ArrayBufferView): void {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    this.buffer(bytes.byteLength, (target) => target.set(bytes));
  }

  /** The message: its size and a writer, for `encodeFrame`. */
  message(rows: number): { byteLength: number; write: WriteBuffer } {
    const header = new RecordBatch(rows, this.nodes, this.regions, null);
    const metadata = Message.encode(Message.from(header, this.bodyBytes));
    const metadataBytes = alignUp(metadata.byteLength);
    const bodyStart = 8 + metadataBytes;
    const write = (target: Uint8Array) => {
      const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
      view.setInt32(0, -1, true);
      view.setInt32(4, metadataBytes, true);
      target.set(metadata, 8);
      this.regions.forEach(({ offset, length }, i) => {
        if (length > 0) this.writes[i](target.subarray(bodyStart + offset, bodyStart + offset + length));
      });
    };
    return { byteLength: bodyStart + this.bodyBytes, write };
  }
}
