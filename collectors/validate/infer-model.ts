import type { ModelTask, ScoreScale } from '../../server/domain/model.ts';
import type { SchemaProposal } from '../../server/ports/schema-source.ts';
import { isNoLabel, isYesLabel } from './label-text.ts';

/** What the first events of an unknown model showed. */
export type FirstEvents = {
  firstValue: number | null;
  /** Keys of the largest `scores` object. */
  scoreKeysMax: number;
  hasScore: boolean;
  scoreMin: number;
  scoreMax: number;
  /** Labels in the order seen, with the scores that came with them. */
  labels: Map<string, { scoreSum: number; scoreN: number }>;
};

/**
 * Guesses what an unknown model is, to be corrected by its owner: a value means regression; scores for more than two
 * labels, or more than two labels, several classes; anything else is binary.
 */
export function inferModel(events: FirstEvents): NonNullable<SchemaProposal['inferred']> {
  const { positiveLabel, negativeLabel } = inferLabels(events);
  return {
    task: inferTask(events),
    scoreScale: inferScale(events),
    positiveLabel,
    negativeLabel,
    valueCenter: events.firstValue ?? 0,
  };
}

const pairs = [
  ['1', '0'],
  ['true', 'false'],
  ['yes', 'no'],
  ['positive', 'negative'],
];

/** The label not seen yet of a pair such as yes and no; of a pair we do not know, the plain '0'. */
function counterpartOf(label: string): string {
  const pair = pairs.find((each) => each.includes(label.toLowerCase()));
  return pair ? pair[1 - pair.indexOf(label.toLowerCase())] : '0';
}

function inferTask({ firstValue, scoreKeysMax, hasScore, labels }: FirstEvents): ModelTask {
  if (firstValue !== null) return 'regression';
  if (scoreKeysMax > 2 || labels.size > 2) return 'multiclass';
  if (scoreKeysMax > 0 || hasScore) return 'binary';
  const areYesAndNo = [...labels.keys()].every((label) => isYesLabel(label) || isNoLabel(label));
  return areYesAndNo ? 'binary' : 'multiclass';
}

function inferScale({ hasScore, scoreMin, scoreMax }: FirstEvents): ScoreScale {
  return !hasScore || (scoreMin >= 0 && scoreMax <= 1) ? 'probability' : 'unbounded';
}

function inferLabels(events: FirstEvents): { positiveLabel: string; negativeLabel: string } {
  const labels = [...events.labels.keys()];
  const noLabel = labels.find(isNoLabel);
  const seen = labels.find(isYesLabel) ?? higherScored(events, labels);
  const positiveLabel = seen ?? (noLabel === undefined ? '1' : counterpartOf(noLabel));
  const others = labels.filter((label) => label !== positiveLabel);
  return { positiveLabel, negativeLabel: noLabel ?? others[0] ?? counterpartOf(positiveLabel) };
}

/** The label with the higher mean score; a single label with a low score is the negative one of a pair. */
function higherScored({ labels }: FirstEvents, names: string[]): string | undefined {
  const candidates = names.filter((label) => !isNoLabel(label));
  const mean = (label: string): number => {
    const seen = labels.get(label);
    return seen && seen.scoreN > 0 ? seen.scoreSum / seen.scoreN : NaN;
  };
  if (names.length === 1) return mean(names[0]) >= 0.5 ? candidates[0] : undefined;
  if (candidates.length < 2) return candidates[0];
  return mean(candidates[1]) > mean(candidates[0]) ? candidates[1] : candidates[0];
}
