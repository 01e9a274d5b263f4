import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { ScoredRows } from '../../support/intervals/auc-placements.ts';
import type { LabelCounts } from '../label-evidence.ts';
import { requireProbability } from './require-probability.ts';
import { scoreGroupsOfRows, scoreGroupsOfTally } from './score-groups.ts';
import type { ScoreGroups } from './score-groups.ts';

/** Probabilities against labels, from a tally or from rows, with what the definition must say about them. */
export type ScoreSource = {
  groups: ScoreGroups;
  counts: LabelCounts;
  /** `source=score_bins bins=200` or `source=rows`. */
  definition: string;
  /** Widest range of scores inside one group: 0 for rows, where a group is one score. */
  groupWidth: number;
};

/**
 * @throws RangeError when the tally's scores are no probabilities
 */
export function scoreSource(data: BinaryTally | ScoredRows, id: string): ScoreSource {
  if (!('kind' in data)) {
    const n = data.scores.length;
    return {
      groups: scoreGroupsOfRows(data),
      counts: { total: n, labelled: n },
      definition: 'source=rows',
      groupWidth: 0,
    };
  }
  requireProbability(data, id);
  const { scoreEdges } = data;
  let groupWidth = 0;
  for (let edge = 1; edge < scoreEdges.length; edge += 1) {
    groupWidth = Math.max(groupWidth, scoreEdges[edge] - scoreEdges[edge - 1]);
  }
  return {
    groups: scoreGroupsOfTally(data),
    counts: data,
    definition: `source=score_bins bins=${data.positives.length}`,
    groupWidth,
  };
}
