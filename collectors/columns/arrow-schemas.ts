import {
  Field,
  Float64,
  Int64,
  List,
  Map_,
  Schema,
  Struct,
  Timestamp,
  TimeUnit,
  Uint16,
  Uint64,
  Utf8,
} from 'apache-arrow';
import type { DataType } from 'apache-arrow';

const text = () => new Utf8();
const time = () => new Timestamp(TimeUnit.MILLISECOND, 'UTC');
const list = (type: DataType, isNullable = false) => new List(new Field('item', type, isNullable));
const column = (name: string, type: DataType, isNullable = false) => new Field(name, type, isNullable);
const textMap = () =>
  new Map_(
    new Field(
      'entries',
      new Struct<{ key: Utf8; value: Utf8 }>([new Field('key', text(), false), new Field('value', text(), false)]),
      false,
    ),
  );

/** Column names are those of the tables in `sql/migrations`: the frozen bytes are the insert body. */
export const predictionsArrowSchema = new Schema([
  column('model_id', text()),
  column('model_version', text()),
  column('prediction_id', text()),
  column('occurred_at', time()),
  column('received_at', time()),
  column('precedence', new Uint64()),
  column('batch_id', text()),
  column('source', text()),
  column('numeric', list(new Float64())),
  column('categorical', list(text(), true)),
  column('non_finite', list(new Uint16())),
  column('mismatched', list(new Uint16())),
  column('extra', textMap()),
  column('score', new Float64()),
  column('scores', list(new Float64())),
  column('label', text(), true),
  column('value', new Float64()),
  column('latency_ms', new Float64()),
  column('segments', list(text(), true)),
  column('groups', list(text(), true)),
  column('explanations', list(new Float64())),
  column('trace_id', text()),
]);

export const feedbackArrowSchema = new Schema([
  column('model_id', text()),
  column('prediction_id', text()),
  column('revision', new Int64()),
  column('observed_at', time()),
  column('label', text(), true),
  column('value', new Float64()),
  column('received_at', time()),
  column('precedence', new Uint64()),
  column('batch_id', text()),
  column('source', text()),
]);
