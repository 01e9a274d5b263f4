import type { Heatmap } from '../../server/schemas/drift.schema.ts';

export type HeatRow = Heatmap['features'][number];
export type Cell = { row: number; column: number };

/** Keeps rows where the reader saw them; new names go to the end. Live updates never move a row under the cursor. */
export function keepOrder(previous: string[], names: string[]): string[] {
  const present = new Set(names);
  const kept = previous.filter((name) => present.has(name));
  const known = new Set(kept);
  return [...kept, ...names.filter((name) => !known.has(name))];
}

export function bucketSpan(heatmap: Heatmap, first: number, last: number): { from: string; to: string } {
  const [low, high] = first <= last ? [first, last] : [last, first];
  const end = Date.parse(heatmap.buckets[high]) + heatmap.stepSeconds * 1000;
  const limit = Date.parse(heatmap.window.to);
  return {
    from: new Date(heatmap.buckets[low]).toISOString(),
    to: new Date(Math.max(Date.parse(heatmap.buckets[low]) + 1000, Math.min(end, limit))).toISOString(),
  };
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(max, value));
}

/** Where a key takes the cursor; null when the key does not move it. */
export function moveCell(cell: Cell, key: string, step: number, size: { rows: number; columns: number }): Cell | null {
  const { row, column } = cell;
  const at = (r: number, c: number): Cell => ({ row: clamp(r, size.rows - 1), column: clamp(c, size.columns - 1) });
  switch (key) {
    case 'ArrowLeft':
      return at(row, column - step);
    case 'ArrowRight':
      return at(row, column + step);
    case 'ArrowUp':
      return at(row - step, column);
    case 'ArrowDown':
      return at(row + step, column);
    case 'PageUp':
      return at(row - 10, column);
    case 'PageDown':
      return at(row + 10, column);
    case 'Home':
      return at(row, 0);
    case 'End':
      return at(row, size.columns - 1);
    default:
      return null;
  }
}

/** One sentence made from the data, for those who do not see the picture. */
export function heatmapSummary(heatmap: Heatmap): string {
  const { features, threshold, buckets } = heatmap;
  if (features.length === 0) return 'No feature has been seen in this window.';
  const last = (row: HeatRow): number => row.values.findLast((value) => value !== null) ?? 0;
  const over = features.filter((row) => last(row) >= threshold.warning).map((row) => row.feature);
  const names = over.slice(0, 3).join(', ') + (over.length > 3 ? ` and ${over.length - 3} more` : '');
  const size = `${features.length} features over ${buckets.length} time steps`;
  return over.length === 0
    ? `${size}; none is far from its reference now.`
    : `${size}; far from the reference now: ${names}.`;
}
