import { binIndex } from '../../support/binning/bin-index.ts';

/** `bins` equal widths from min to max; where they are equal half a unit is added on both sides, as NumPy does. */
export function equalWidthEdges(min: number, max: number, bins: number): number[] {
  const [lower, upper] = min === max ? [min - 0.5, max + 0.5] : [min, max];
  const step = (upper - lower) / bins;
  return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? upper : lower + i * step));
}

/** Bins by Sturges' rule: ⌈log2(n) + 1⌉. */
export function sturgesBins(n: number): number {
  return Math.max(1, Math.ceil(Math.log2(n) + 1));
}

/** Counts per bin of the values inside the edges, and how many are outside. */
export function countWithin(
  edges: readonly number[],
  values: ArrayLike<number>,
): { counts: number[]; outside: number } {
  const counts = Array.from({ length: edges.length - 1 }, () => 0);
  let outside = 0;
  for (let i = 0; i < values.length; i += 1) {
    const bin = binIndex(edges, values[i]);
    if (bin < 0 || bin >= counts.length) outside += 1;
    else counts[bin] += 1;
  }
  return { counts, outside };
}
