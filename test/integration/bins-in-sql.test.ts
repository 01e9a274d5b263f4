import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBinningSet } from '../../server/counting/build-binning-set.ts';
import { countLayout } from '../../server/counting/count-layout.ts';
import { decodePredictions } from '../../server/counting/decode-segment.ts';
import { mergeFeatureRows } from '../../server/counting/merge-tallies.ts';
import { foldPredictions } from '../../server/counting/prediction-fold.ts';
import type { CategoricalBinning, NumericBinning } from '../../server/domain/binning.ts';
import type { BinningSet } from '../../server/domain/reference.ts';
import { openStorage, type Storage } from '../../server/wiring/open-storage.ts';
import { loadConfig } from '../../server/config.ts';
import { insertToken } from '../../server/stores/click-house.ts';
import { clickHouseReferenceStore } from '../../server/stores/reference-store.ts';
import { quiet, temporaryDirectory } from '../helpers/core-on-disk.ts';
import { anyPrediction, watchedModel } from '../helpers/prediction-arbitrary.ts';
import { type PlainPrediction, predictionSegment } from '../helpers/prediction-segment.ts';

const rows = fc
  .sample(anyPrediction, { numRuns: 4_000, seed: 11 })
  .map((row, i): PlainPrediction => ({ ...row, model: 'm', id: `p${i}` }));
const frozen: BinningSet = buildBinningSet(
  'ref',
  watchedModel,
  decodePredictions(predictionSegment([rows.slice(0, 300)])),
);
const batchId = 'a'.repeat(32);

/** A double or a text as a literal that means the same to the engine, bit by bit. */
function float(x: number): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  return `reinterpretAsFloat64(toUInt64(${bits.getBigUint64(0)}))`;
}
const text = (value: string): string => `unhex('${Buffer.from(value).toString('hex')}')`;

function numericCounts(feature: string, { edges }: NumericBinning): string[] {
  const definition = watchedModel.features.find((f) => f.name === feature);
  const at = (definition?.position ?? 0) + 1;
  const has = definition === undefined ? '1' : `length(numeric) >= ${at}`;
  const x = definition === undefined ? feature.slice(1) : `if(${has}, numeric[${at}], nan)`;
  const isLogged = definition === undefined ? '0' : `has(non_finite, ${definition.ordinal})`;
  const isMismatched = definition === undefined ? '0' : `has(mismatched, ${definition.ordinal})`;
  const last = edges.length - 1;
  const bins = edges.slice(0, -1).map((edge, i) => {
    const end = i === last - 1 ? '<=' : '<';
    return `isFinite(${x}) AND ${x} >= ${float(edge)} AND ${x} ${end} ${float(edges[i + 1])}`;
  });
  const nonFinite = `isInfinite(${x}) OR (isNaN(${x}) AND ${isLogged})`;
  return [
    ...bins,
    `isFinite(${x}) AND ${x} < ${float(edges[0])}`,
    `isFinite(${x}) AND ${x} > ${float(edges[last])}`,
    `isNaN(${x}) AND NOT ${isLogged}`,
    nonFinite,
    `isNaN(${x}) AND NOT ${isLogged} AND ${isMismatched}`,
  ];
}

function categoricalCounts(feature: string, { categories, known }: CategoricalBinning): string[] {
  const definition = watchedModel.features.find((f) => f.name === feature);
  const at = (definition?.position ?? 0) + 1;
  const value = definition === undefined ? 'label' : `if(length(categorical) >= ${at}, categorical[${at}], NULL)`;
  const isMismatched = definition === undefined ? '0' : `has(mismatched, ${definition.ordinal})`;
  const among = (list: readonly string[]): string =>
    `ifNull(${value}, '') IN (${list.map(text).join(', ') || "'\\0never'"})`;
  const isThere = `isNotNull(${value})`;
  return [
    ...categories.map((category) => `${isThere} AND ${value} = ${text(category)}`),
    `${isThere} AND NOT ${among(categories)}`,
    `NOT ${isThere}`,
    `${isThere} AND NOT ${among(categories)} AND NOT ${among(known)}`,
    `NOT ${isThere} AND ${isMismatched}`,
  ];
}

describe('bins in TypeScript and bins in SQL', () => {
  const directory = temporaryDirectory();
  let storage: Storage;

  beforeAll(async () => {
    storage = await openStorage(loadConfig({ flags: { dataDir: directory.path }, environment: {} }).config, quiet);
    const body = predictionSegment([rows.slice(0, 1_500), rows.slice(1_500)], batchId);
    await storage.clickHouse.insertArrow('predictions', body, insertToken(batchId, 'predictions'));
  });
  afterAll(async () => {
    await storage.close();
    directory.remove();
  });

  const folded = (body: Uint8Array): number[] => {
    const model = { definition: { ...watchedModel, id: 'm' }, binnings: [frozen], scoreBinnings: [] };
    const { features } = foldPredictions(decodePredictions(body), new Map([['m', model]]), new Set());
    return mergeFeatureRows(features.filter(({ segment }) => segment === ''))?.counts ?? [];
  };

  it('the sample holds what is hard: infinities, logged and missing NaN, mistyped, unseen and short rows', () => {
    const counts = folded(predictionSegment([rows]));
    const { offsets } = countLayout(frozen);
    frozen.features.forEach(({ binning, feature }, i) => {
      if (feature.startsWith('$')) return;
      const own = counts.slice(offsets[i], offsets[i + 1]);
      const special =
        binning.kind === 'numeric' ? own.slice(binning.edges.length + 1) : own.slice(binning.categories.length);
      expect(
        special.every((n) => n > 0),
        `${feature} ${special.join(' ')}`,
      ).toBe(true);
    });
  });

  for (const { feature, binning } of frozen.features) {
    it(`${feature}: every bin and counter has the same count by countIf over the stored rows`, async () => {
      const { offsets } = countLayout(frozen);
      const i = frozen.features.findIndex((f) => f.feature === feature);
      const conditions =
        binning.kind === 'numeric' ? numericCounts(feature, binning) : categoricalCounts(feature, binning);
      const counts = conditions.map((condition) => `countIf(${condition})`).join(', ');
      const answer = await storage.clickHouse.text(`SELECT ${counts} FROM predictions FINAL WHERE model_id = 'm'`);
      const mine = folded(predictionSegment([rows])).slice(offsets[i], offsets[i + 1]);
      expect(answer.split('\t').map(Number)).toEqual(mine);
    });
  }

  it('rows that went through the store and came back are counted as those of the segment', async () => {
    const references = clickHouseReferenceStore(storage.clickHouse);
    const scope = { model: 'm', batchesBefore: 'f'.repeat(32), excludedBatches: [] };
    const window = { from: 0, to: Date.UTC(2100, 0, 1) };
    expect(folded(await references.historyRows(scope, window))).toEqual(folded(predictionSegment([rows])));
  });

  it('history by hour is counted by key, so that a merge of repeats does not change it', async () => {
    const references = clickHouseReferenceStore(storage.clickHouse);
    const again = predictionSegment([rows.slice(0, 700)], 'b'.repeat(32));
    await storage.clickHouse.insertArrow('predictions', again, insertToken('b'.repeat(32), 'predictions'));
    const scope = { model: 'm', batchesBefore: 'f'.repeat(32), excludedBatches: [] };
    const before = await references.historyByHour(scope);
    await storage.clickHouse.command('OPTIMIZE TABLE predictions FINAL');
    expect(await references.historyByHour(scope)).toEqual(before);
    expect(before.reduce((sum, { n }) => sum + n, 0)).toBe(4_000);
  });
});
