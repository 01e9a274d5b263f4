import type { ScoreGroups } from './score-groups.ts';

/** Rows, Σ label and Σ score of one calibration bin; `slack` bounds what the inner order of a cut group may move. */
export type CalibrationBin = { n: number; labelSum: number; scoreSum: number; slack: number };

/**
 * Equal-mass cuts: half-open ranges [⌊i·n/B⌋, ⌊(i+1)·n/B⌋) of rows sorted by score.
 *
 * @example
 * equalMassCuts(10, 3); // [[0, 3], [3, 6], [6, 10]]
 */
export function equalMassCuts(n: number, bins: number): [number, number][] {
  return Array.from({ length: bins }, (_, i): [number, number] => [
    Math.floor((i * n) / bins),
    Math.floor(((i + 1) * n) / bins),
  ]);
}

/**
 * Equal-mass calibration bins: the labelled rows by ascending score, cut into bins of the same number of rows.
 *
 * Rows of one group (one score bin of a tally, or one tied score) all carry the group's mean label and mean score, so
 * that a cut through a group shares it out in proportion and the order of rows cannot matter. For a tally this makes
 * adjacent score bins merge into bins of equal mass; what the inner order of a cut score bin could change is bounded
 * by `slack`: with s of m rows and k positives, the label sum by its hypergeometric range, the score sum by
 * s·(m−s)/m times the width of the score bin.
 *
 * @param groups ascending by score
 * @param bins B, at least 1
 * @param groupWidth widest range of scores inside a group; 0 for tied rows, whose mean label is the definition
 *
 * Reference: Naeini, Cooper & Hauskrecht, AAAI 2015 (equal-frequency binning). Cost: O(groups + B).
 */
export function equalMassBins(groups: ScoreGroups, bins: number, groupWidth: number): CalibrationBin[] {
  let n = 0;
  for (let g = 0; g < groups.positives.length; g += 1) n += groups.positives[g] + groups.negatives[g];
  const cuts = equalMassCuts(n, bins);
  const result = cuts.map((): CalibrationBin => ({ n: 0, labelSum: 0, scoreSum: 0, slack: 0 }));
  let row = 0;
  let bin = 0;
  for (let g = 0; g < groups.positives.length; g += 1) {
    const size = groups.positives[g] + groups.negatives[g];
    const groupEnd = row + size;
    while (row < groupEnd) {
      while (row >= cuts[bin][1]) bin += 1;
      const piece = Math.min(groupEnd, cuts[bin][1]) - row;
      const into = result[bin];
      into.n += piece;
      into.labelSum += (piece * groups.positives[g]) / size;
      into.scoreSum += piece * groups.meanScores[g];
      if (groupWidth > 0 && piece < size) into.slack += pieceSlack(piece, size, groups.positives[g], groupWidth);
      row += piece;
    }
  }
  return result;
}

function pieceSlack(piece: number, size: number, positives: number, width: number): number {
  const expected = (piece * positives) / size;
  const most = Math.min(piece, positives);
  const fewest = Math.max(0, piece - (size - positives));
  return Math.max(most - expected, expected - fewest) + ((piece * (size - piece)) / size) * width;
}
