import type { ModelDefinition } from '../domain/model.ts';
import type { CodeList, PredictionFrame } from './decode-segment.ts';
import { type Grouping, groupKey, groupingsOf } from './group-key.ts';
import type { Place } from './outcome-cells.ts';

/** Dictionary codes fit below this; a place key is (dimension, code + 1) in one number. */
const codesMax = 16_777_216;

/** Key of everybody. */
export const everybodyKey = 0;

/** Numbers for the places that a row belongs to, within one segment's dictionary: cheap to compare, named only at the end. */
export class PlaceKeys {
  private readonly model: ModelDefinition;
  private readonly dictionary: readonly string[];
  private readonly groupings: Grouping[];
  private readonly crossed = new Map<string, number>();
  private readonly crossedPlaces: Place[] = [];

  constructor(model: ModelDefinition, dictionary: readonly string[]) {
    this.model = model;
    this.dictionary = dictionary;
    this.groupings = groupingsOf(model);
  }

  /** Writes the keys of a row's segment values and groups, and returns how many there are. */
  keysOf(frame: PredictionFrame, row: number, keys: number[]): number {
    let n = 0;
    const { segments } = frame;
    const start = segments.offsets[row];
    for (let at = start; at < segments.offsets[row + 1]; at++) {
      if (segments.codes[at] >= 0) keys[n++] = segmentKey(at - start, segments.codes[at]);
    }
    for (let g = 0; g < this.groupings.length; g++) keys[n++] = this.groupKeyOf(g, frame.groups, row);
    return n;
  }

  readonly placeOf = (key: number): Place => {
    if (key === everybodyKey) return { segment: '', group: '' };
    const dimension = Math.floor(key / codesMax);
    const code = (key % codesMax) - 1;
    const segmentCount = this.model.segments.length;
    if (dimension <= segmentCount) return { segment: this.segmentOf(key), group: '' };
    const grouping = this.groupings[dimension - segmentCount - 1];
    if (grouping.positions.length > 1) return this.crossedPlaces[code];
    return { segment: '', group: groupKey([[grouping.names[0], code < 0 ? null : this.dictionary[code]]]) };
  };

  /** Text key of a segment value, by its number. */
  segmentOf(key: number): string {
    const name = this.model.segments[Math.floor(key / codesMax) - 1];
    return groupKey([[name, this.dictionary[(key % codesMax) - 1]]]);
  }

  private groupKeyOf(g: number, groups: CodeList, row: number): number {
    const dimension = this.model.segments.length + 1 + g;
    const { positions } = this.groupings[g];
    const code = positions.length === 1 ? codeAt(groups, row, positions[0]) : this.crossedCode(g, groups, row);
    return dimension * codesMax + code + 1;
  }

  private crossedCode(g: number, groups: CodeList, row: number): number {
    const { names, positions } = this.groupings[g];
    const codes = positions.map((position) => codeAt(groups, row, position));
    const text = `${g} ${codes.join(' ')}`;
    let code = this.crossed.get(text);
    if (code === undefined) {
      code = this.crossedPlaces.length;
      const parts = names.map((name, k) => [name, codes[k] < 0 ? null : this.dictionary[codes[k]]] as const);
      this.crossedPlaces.push({ segment: '', group: groupKey(parts) });
      this.crossed.set(text, code);
    }
    return code;
  }
}

export function segmentKey(position: number, code: number): number {
  return (position + 1) * codesMax + code + 1;
}

function codeAt(list: CodeList, row: number, position: number): number {
  const at = list.offsets[row] + position;
  return at < list.offsets[row + 1] ? list.codes[at] : -1;
}
