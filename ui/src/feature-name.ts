const PARTS: Record<string, string> = {
  $score: 'score (output)',
  $label: 'label (output)',
  $value: 'value (output)',
};

/** Names that begin with $ are parts of the prediction itself. */
export function featureName(feature: string): string {
  return PARTS[feature] ?? feature;
}
