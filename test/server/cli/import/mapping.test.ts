import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exactNumber, labelText } from '../../../../server/cli/import/exact-number.ts';
import { featureKind } from '../../../../server/cli/import/describe-model.ts';
import { readMappingFile, writeMappingFile } from '../../../../server/cli/import/mapping-file.ts';
import { proposeMapping } from '../../../../server/cli/import/propose-mapping.ts';
import { resolveMapping } from '../../../../server/cli/import/resolve-mapping.ts';

test('the header proposes what NannyML files mean', () => {
  const columns = ['id', 'MedInc', 'timestamp', 'clf_target', 'y_pred_proba', 'y_pred'];
  expect(proposeMapping(columns, {})).toEqual({
    id: 'id',
    time: 'timestamp',
    score: 'y_pred_proba',
    label: 'y_pred',
    actual: 'clf_target',
    features: ['MedInc'],
  });
});

test('records of Plumbline itself propose themselves', () => {
  const columns = ['id', 'model', 'time', 'features.income', 'prediction.score', 'segments.channel', 'sensitive.sex'];
  const proposed = proposeMapping(columns, {});
  expect(proposed).toMatchObject({
    score: 'prediction.score',
    segments: ['segments.channel'],
    features: ['features.income'],
  });
  expect(resolveMapping(columns, proposed).features).toEqual([{ name: 'income', column: 'features.income' }]);
});

test('a chosen column has no second meaning, excluded and sensitive columns are no features', () => {
  const columns = ['id', 'label', 'score', 'sex', 'leak', 'age'];
  const chosen = { label: 'label', sensitive: ['sex'], exclude: ['leak'] };
  const proposed = proposeMapping(columns, chosen);
  expect(proposed).toEqual({ id: 'id', score: 'score', features: ['age'] });
});

test('a column that does not exist is named with the nearest one', () => {
  expect(() => resolveMapping(['Score', 'id'], { score: 'score' })).toThrow(/Did you mean "Score"/);
});

test('a file without a prediction is refused', () => {
  expect(() => resolveMapping(['id', 'x'], { id: 'id' })).toThrow(/--score, --label or --value/);
});

test('a version is a column when there is one of that name, else itself', () => {
  const base = { score: 's' };
  expect(resolveMapping(['s', 'v'], { ...base, version: 'v' }).version).toEqual({ column: 'v' });
  expect(resolveMapping(['s', 'v'], { ...base, version: '3.2.0' }).version).toEqual({ constant: '3.2.0' });
});

test('numbers are exact: digits that a double cannot hold leave as they came', () => {
  const wire = (cell: string): string => JSON.stringify(exactNumber(cell));
  expect(wire('0.1')).toBe('0.1');
  expect(wire('-1e3')).toBe('-1000');
  expect(wire('9007199254740991')).toBe('9007199254740991');
  expect(wire('9007199254740993')).toBe('9007199254740993');
  expect(wire('nan')).toBe('"NaN"');
  expect(wire('-inf')).toBe('"-Infinity"');
  expect(wire('12 km')).toBe('"12 km"');
});

test('1.0 is the label 1', () => {
  expect([labelText('1.0'), labelText(1), labelText(true), labelText('v1.0'), labelText(null)]).toEqual([
    '1',
    '1',
    'true',
    'v1.0',
    null,
  ]);
});

test.each([
  [['1', null, '2.5'], 'numeric'],
  [['true', 'False', null], 'boolean'],
  [['1', 'x'], 'categorical'],
  [[null, null], 'categorical'],
] as const)('%j is %s', (cells, kind) => {
  expect(featureKind(cells)).toBe(kind);
});

test('a saved mapping reads back as it was, and an unknown key is refused', () => {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-mapping-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'mapping.yaml');
  const choices = { id: 'id', score: 's', positiveAt: 5, sensitive: ['race', 'sex'], labelDelay: '730d' };
  writeMappingFile(path, { ...choices, label: undefined });
  expect(readMappingFile(path)).toEqual(choices);
  writeFileSync(path, `${readFileSync(path, 'utf8')}scoer: x\n`);
  expect(() => readMappingFile(path)).toThrow(/does not fit/);
});
