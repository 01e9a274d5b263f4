import {
  Bool,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { createIngest, reject } from '../helpers/ingest.ts';

describe('Arrow columns', () => {
  const ingestArrow = async (columns: Record<string, Vector>) =>
    createIngest().prediction(tableToIPC(new Table(columns), 'stream'), { format: 'arrow' });

  it('64-bit ids keep every digit as text; 64-bit features are exact or refused', async () => {
    const ids = vectorFromArray([9007199254740993n, 2n, 3n], new Int64());
    const n = vectorFromArray([1n, 9007199254740993n, 9007199254740992n], new Int64()).data[0];
    const features = new Vector([
      makeData({ type: new Struct([new Field('n', n.type, true)]), length: 3, nullCount: 0, children: [n] }),
    ]);
    const ingested = await ingestArrow({ id: ids, score: vectorFromArray([0.1, 0.2, 0.3], new Float64()), features });
    expect(ingested.rows.map(({ prediction_id, numeric }) => [prediction_id, numeric])).toEqual([
      ['9007199254740993', [1]],
      ['3', [9007199254740992]],
    ]);
    expect(reject(ingested, 1).code).toBe('INTEGER_PRECISION');
  });

  it('NaN is a logged value, null is missing', async () => {
    const n = vectorFromArray([NaN, null, 1], new Float64()).data[0];
    const features = new Vector([
      makeData({ type: new Struct([new Field('n', n.type, true)]), length: 3, nullCount: 0, children: [n] }),
    ]);
    const { rows } = await ingestArrow({
      id: vectorFromArray(['a', 'b', 'c'], new Utf8()),
      score: vectorFromArray([0.1, 0.2, 0.3], new Float64()),
      features,
    });
    expect(rows.map(({ numeric, non_finite }) => [numeric, non_finite])).toEqual([
      [[NaN], [0]],
      [[NaN], []],
      [[1], []],
    ]);
  });

  it('dictionaries, booleans and 32-bit numbers are read', async () => {
    const region = vectorFromArray(['n', 's', 'n'], new Dictionary(new Utf8(), new Int32())).data[0];
    const flag = vectorFromArray([true, false, null], new Bool()).data[0];
    const count = vectorFromArray([1, 2, 3], new Int32()).data[0];
    const children = [region, flag, count];
    const type = new Struct(['region', 'flag', 'count'].map((name, i) => new Field(name, children[i].type, true)));
    const features = new Vector([makeData({ type, length: 3, nullCount: 0, children })]);
    const { rows } = await ingestArrow({
      id: vectorFromArray(['a', 'b', 'c'], new Utf8()),
      score: vectorFromArray([0.1, 0.2, 0.3], new Float64()),
      features,
    });
    expect(rows.map(({ numeric, categorical }) => [numeric, categorical])).toEqual([
      [[1], ['n', 'true']],
      [[2], ['s', 'false']],
      [[3], ['n', null]],
    ]);
  });

  it('a column of lists is refused by name', async () => {
    const lists = vectorFromArray([[1, 2], [3]]);
    expect((await ingestArrow({ id: vectorFromArray(['a', 'b'], new Utf8()), odd: lists })).result).toMatchObject({
      status: 400,
      code: 'COLUMN_INVALID',
      detail: expect.stringContaining('"odd"'),
    });
  });
});
