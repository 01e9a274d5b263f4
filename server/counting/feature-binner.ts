import type { ModelDefinition } from '../domain/model.ts';
import { type BinningSet, labelFeature, scoreFeature, valueFeature } from '../domain/reference.ts';
import type { CategoricalBinning, NumericBinning } from '../domain/binning.ts';
import { numericBin } from '../metrics/support/binning/bin-index.ts';
import { categoricalLayout, numericLayout } from '../metrics/support/binning/bin-layout.ts';
import { type CountLayout, countLayout } from './count-layout.ts';
import type { PredictionFrame } from './decode-segment.ts';

/** Where the values of a binned feature stand in a row. */
type Column =
  { kind: 'numeric' | 'categorical'; position: number; ordinal: number } | { kind: 'score' | 'label' | 'value' };

type NumericPlan = { edges: Float64Array; missing: number; nonFinite: number; mismatch: number };
type CategoricalPlan = {
  /** Bin by dictionary code, −2 not looked up yet; unseen categories are `other` plus the counter. */
  binOfCode: Int32Array;
  unseenCodes: Set<number>;
  bins: Map<string, number>;
  known: Set<string>;
  missing: number;
  other: number;
  unseen: number;
  mismatch: number;
};

/**
 * Bins one row of a model under one reference. `indices[i]` is the place of feature i in the flat count vector;
 * `extra` lists further counters of the row (unseen, type mismatch); `values[slot]` holds the finite numbers, else NaN.
 */
export class FeatureBinner {
  readonly set: BinningSet;
  readonly layout: CountLayout;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  /** By slot: the constants that moments are kept around. */
  readonly centers: Float64Array;
  readonly extra: number[] = [];
  private readonly columns: Column[];
  private readonly numericPlans: (NumericPlan | null)[];
  private readonly categoricalPlans: (CategoricalPlan | null)[];
  private readonly dictionary: readonly string[];

  constructor(set: BinningSet, model: ModelDefinition, dictionary: readonly string[]) {
    this.set = set;
    this.layout = countLayout(set);
    this.indices = new Int32Array(set.features.length);
    this.values = new Float64Array(this.layout.momentCount);
    this.centers = Float64Array.from(
      set.features.flatMap((f) => (f.binning.kind === 'numeric' ? [f.binning.center] : [])),
    );
    this.dictionary = dictionary;
    this.columns = set.features.map(({ feature }) => columnOf(feature, model));
    this.numericPlans = set.features.map(({ binning }) => (binning.kind === 'numeric' ? numericPlan(binning) : null));
    this.categoricalPlans = set.features.map(({ binning }) =>
      binning.kind === 'categorical' ? categoricalPlan(binning, dictionary.length) : null,
    );
  }

  bin(frame: PredictionFrame, row: number): void {
    this.extra.length = 0;
    const flagged = hasFlags(frame, row);
    for (let i = 0; i < this.columns.length; i++) {
      const numeric = this.numericPlans[i];
      if (numeric === null) this.binCategorical(frame, row, i, flagged);
      else this.binNumeric(frame, row, i, flagged, numeric);
    }
  }

  private binNumeric(frame: PredictionFrame, row: number, i: number, flagged: boolean, plan: NumericPlan): void {
    const offset = this.layout.offsets[i];
    const column = this.columns[i];
    const x = numericAt(frame, row, column);
    if (x - x === 0) {
      this.values[this.layout.momentSlots[i]] = x;
      this.indices[i] = offset + numericBin(plan.edges, x);
      return;
    }
    this.values[this.layout.momentSlots[i]] = Number.NaN;
    const ordinal = 'ordinal' in column ? column.ordinal : -1;
    const wasLogged = x === Infinity || x === -Infinity || (flagged && lists(frame.nonFinite, row, ordinal));
    this.indices[i] = offset + (wasLogged ? plan.nonFinite : plan.missing);
    if (flagged && !wasLogged && lists(frame.mismatched, row, ordinal)) this.extra.push(offset + plan.mismatch);
  }

  private binCategorical(frame: PredictionFrame, row: number, i: number, flagged: boolean): void {
    const offset = this.layout.offsets[i];
    const plan = this.categoricalPlans[i];
    if (plan === null) return;
    const column = this.columns[i];
    const code = codeAt(frame, row, column);
    if (code < 0) {
      this.indices[i] = offset + plan.missing;
      if (flagged && 'ordinal' in column && lists(frame.mismatched, row, column.ordinal))
        this.extra.push(offset + plan.mismatch);
      return;
    }
    let bin = plan.binOfCode[code];
    if (bin === -2) bin = this.lookUp(plan, code);
    this.indices[i] = offset + bin;
    if (bin === plan.other && plan.unseenCodes.has(code)) this.extra.push(offset + plan.unseen);
  }

  private lookUp(plan: CategoricalPlan, code: number): number {
    const text = this.dictionary[code];
    const bin = plan.bins.get(text) ?? plan.other;
    if (bin === plan.other && !plan.known.has(text)) plan.unseenCodes.add(code);
    plan.binOfCode[code] = bin;
    return bin;
  }
}

function columnOf(feature: string, model: ModelDefinition): Column {
  if (feature === scoreFeature) return { kind: 'score' };
  if (feature === labelFeature) return { kind: 'label' };
  if (feature === valueFeature) return { kind: 'value' };
  const definition = model.features.find((f) => f.name === feature);
  if (definition === undefined)
    throw new Error(`binning names the feature ${feature}, which ${model.id} does not have`);
  const kind = definition.kind === 'numeric' ? 'numeric' : 'categorical';
  return { kind, position: definition.position, ordinal: definition.ordinal };
}

function numericPlan(binning: NumericBinning): NumericPlan {
  const { missing, nonFinite, typeMismatch } = numericLayout(binning);
  return { edges: Float64Array.from(binning.edges), missing, nonFinite, mismatch: typeMismatch };
}

function categoricalPlan(binning: CategoricalBinning, codes: number): CategoricalPlan {
  const { missing, other, unseen, typeMismatch } = categoricalLayout(binning);
  return {
    binOfCode: new Int32Array(codes).fill(-2),
    unseenCodes: new Set(),
    bins: new Map(binning.categories.map((category, i) => [category, i])),
    known: new Set(binning.known),
    missing,
    other,
    unseen,
    mismatch: typeMismatch,
  };
}

function numericAt(frame: PredictionFrame, row: number, column: Column): number {
  if (column.kind === 'numeric') {
    const at = frame.numeric.offsets[row] + column.position;
    return at < frame.numeric.offsets[row + 1] ? frame.numeric.values[at] : Number.NaN;
  }
  return column.kind === 'score' ? frame.score[row] : frame.value[row];
}

function codeAt(frame: PredictionFrame, row: number, column: Column): number {
  if (column.kind === 'categorical') {
    const at = frame.categorical.offsets[row] + column.position;
    return at < frame.categorical.offsets[row + 1] ? frame.categorical.codes[at] : -1;
  }
  return frame.label[row];
}

function hasFlags(frame: PredictionFrame, row: number): boolean {
  return (
    frame.nonFinite.offsets[row] !== frame.nonFinite.offsets[row + 1] ||
    frame.mismatched.offsets[row] !== frame.mismatched.offsets[row + 1]
  );
}

function lists(list: PredictionFrame['nonFinite'], row: number, ordinal: number): boolean {
  for (let at = list.offsets[row]; at < list.offsets[row + 1]; at++) if (list.values[at] === ordinal) return true;
  return false;
}
