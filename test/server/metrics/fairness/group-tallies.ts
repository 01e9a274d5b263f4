import type { BinaryTally } from '../../../../server/domain/outcome-tally.ts';
import { binaryTallyOfCells, emptyBinaryTally } from '../performance/tally-of-rows.ts';
import type { Cells } from '../performance/tally-of-rows.ts';

export type Groups = { groups: Map<string, BinaryTally>; overall: BinaryTally };

/** Tallies per group and the tally of all of them. */
export function groupsOfCells(cells: Record<string, Cells>): Groups {
  const all: Cells = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const one of Object.values(cells)) {
    for (const cell of ['tp', 'fp', 'fn', 'tn'] as const) all[cell] += one[cell];
  }
  return {
    groups: new Map(Object.entries(cells).map(([group, one]) => [group, binaryTallyOfCells(one)])),
    overall: binaryTallyOfCells(all),
  };
}

export function groupsOfRows(rows: { labels: number[]; predictions: number[]; groups: string[] }): Groups {
  const cells: Record<string, Cells> = {};
  rows.groups.forEach((group, i) => {
    cells[group] ??= { tp: 0, fp: 0, fn: 0, tn: 0 };
    const isHit = rows.labels[i] === 1;
    cells[group][rows.predictions[i] === 1 ? (isHit ? 'tp' : 'fp') : isHit ? 'fn' : 'tn'] += 1;
  });
  return groupsOfCells(cells);
}

/** Groups of decisions whose truth is not known. */
export function groupsOfSelected(counts: Record<string, { n: number; favourable: number }>): Groups {
  const tallyOf = (n: number, favourable: number): BinaryTally => ({
    ...emptyBinaryTally(),
    total: n,
    decided: n,
    decidedPositive: favourable,
    predictions: Float64Array.of(n - favourable, favourable),
  });
  const entries = Object.entries(counts);
  const sum = (of: (one: { n: number; favourable: number }) => number): number =>
    entries.reduce((total, [, one]) => total + of(one), 0);
  return {
    groups: new Map(entries.map(([group, one]) => [group, tallyOf(one.n, one.favourable)])),
    overall: tallyOf(
      sum((one) => one.n),
      sum((one) => one.favourable),
    ),
  };
}
