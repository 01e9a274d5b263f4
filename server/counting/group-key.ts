import type { ModelDefinition } from '../domain/model.ts';

const reserved = /[%=|]/g;
const escapes: Record<string, string> = { '%': '%25', '=': '%3D', '|': '%7C' };
const escapeText = (text: string): string => text.replace(reserved, (c) => escapes[c]);
const unescapeText = (text: string): string => decodeURIComponent(text.replace(/%(?!25|3D|7C)/g, '%25'));

/**
 * Text key of a group or segment in the tallies: `sex=F`, or `sex=F|race=B` for an intersection; a name without a
 * value (`sex`) is the group whose attribute is unknown; the empty key is everybody.
 */
export function groupKey(parts: readonly (readonly [name: string, value: string | null])[]): string {
  return parts
    .map(([name, value]) => (value === null ? escapeText(name) : `${escapeText(name)}=${escapeText(value)}`))
    .join('|');
}

/** The inverse of `groupKey`. */
export function parseGroupKey(key: string): [name: string, value: string | null][] {
  if (key === '') return [];
  return key.split('|').map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [unescapeText(part), null] : [unescapeText(part.slice(0, at)), unescapeText(part.slice(at + 1))];
  });
}

/** One way of splitting predictions into groups: a sensitive feature or a declared intersection, by array positions. */
export type Grouping = { attribute: string; names: string[]; positions: number[] };

/** All groupings of a model: each sensitive feature, then each declared intersection. */
export function groupingsOf(model: Pick<ModelDefinition, 'sensitiveFeatures' | 'intersections'>): Grouping[] {
  const position = new Map(model.sensitiveFeatures.map((name, i) => [name, i]));
  const single = model.sensitiveFeatures.map((name, i) => ({ attribute: name, names: [name], positions: [i] }));
  const crossed = model.intersections
    .filter((names) => names.every((name) => position.has(name)))
    .map((names) => ({ attribute: names.join(' × '), names, positions: names.map((name) => position.get(name) ?? 0) }));
  return [...single, ...crossed];
}
