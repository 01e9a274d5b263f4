/**
 * Definitions of metrics whose function computes a family of them, so that its docstring has no room for each one;
 * a test forbids an entry here once the docstring itself holds a definition.
 */
export const definitionsBeside: Readonly<Record<string, string>> = {
  precision_macro:
    'plain mean over the classes of TP/(TP + FP), each class against the rest; a class that was never predicted counts 0 and is named.',
  precision_micro: 'ΣTP/Σ(TP + FP) over the classes; every row is one decision, so it equals accuracy.',
  precision_weighted:
    'mean over the classes of TP/(TP + FP), weighed by the labelled rows of the class; a class that was never predicted counts 0.',
  recall_macro:
    'plain mean over the classes of TP/(TP + FN), each class against the rest; a class that never occurred counts 0 and is named.',
  recall_micro: 'ΣTP/Σ(TP + FN) over the classes; every row is one decision, so it equals accuracy.',
  recall_weighted: 'mean over the classes of TP/(TP + FN), weighed by the labelled rows of the class; equals accuracy.',
  f1_macro:
    'plain mean over the classes of 2TP/(2TP + FP + FN), each class against the rest: the mean of the class F1s, not the F1 of the means.',
  f1_micro: 'F1 of the pooled counts; every row is one decision, so it equals accuracy.',
  f1_weighted: 'mean over the classes of 2TP/(2TP + FP + FN), weighed by the labelled rows of the class.',
  equalized_odds_ratio:
    'the smaller of the true positive rate ratio and the false positive rate ratio, each min/max over the groups. Interval Katz of the extreme pair of that rate, Bonferroni over the pairs.',
  maximum_calibration_error:
    'max over the bins of |mean y − mean p|, with the B = 10 equal-mass bins of the expected calibration error: rows by ascending score, cuts at ⌊i·n/B⌋, tied scores all carry their mean label.',
  wasserstein_distance_normed:
    '∫|F − G|dx divided by the standard deviation of the reference (ddof 0), F and G the empirical cdfs. From counts the cdfs are straight lines inside a bin. p by permutation, interval by bootstrap of rows, both only when asked for.',
  true_positive_rate:
    'TP/(TP + FN) of the group; interval Wilson. A group below the minimum says so and shows no rate.',
};
