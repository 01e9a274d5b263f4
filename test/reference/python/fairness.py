"""Fairness from Fairlearn; signed forms and entropies, which it lacks, by the textbook line in NumPy."""
import fairlearn.metrics as f
import numpy as np
from sklearn import metrics as m


def frame(metric, data):
    y, d, g = (np.asarray(data[name]) for name in ("labels", "decisions", "groups"))
    return f.MetricFrame(metrics=metric, y_true=y, y_pred=d, sensitive_features=g)


def pair(metric):
    """[difference, ratio, difference to overall, ratio to overall] of a rate."""

    def values(data):
        one = frame(metric, data)
        return [one.difference(), one.ratio(), one.difference(method="to_overall"), one.ratio(method="to_overall")]

    return values


def named(difference, ratio):
    def values(data):
        y, d, g = (np.asarray(data[name]) for name in ("labels", "decisions", "groups"))
        out = []
        for method in ("between_groups", "to_overall"):
            out += [function(y, d, sensitive_features=g, method=method) for function in (difference, ratio)]
        return out

    return values


def false_omission(y, d):
    return 1 - m.precision_score(y, d, pos_label=0)


def false_discovery(y, d):
    return 1 - m.precision_score(y, d)


def rate(metric, data, group):
    return frame(metric, data).by_group[group]


def signed(data):
    metrics = {"a": f.selection_rate, "b": f.true_positive_rate, "c": f.false_positive_rate, "d": m.precision_score, "e": false_omission}
    by = {name: frame(metric, data).by_group for name, metric in metrics.items()}
    gap = {name: values["b"] - values["a"] for name, values in by.items()}
    return [gap["a"], by["a"]["b"] / by["a"]["a"], (gap["b"] + gap["c"]) / 2, (gap["d"] + gap["e"]) / 2]


def entropy(alpha):
    def index(data):
        b = np.asarray(data["decisions"]) - np.asarray(data["labels"]) + 1.0
        x = b / b.mean()
        if alpha == 1:
            return np.mean(np.where(x > 0, x * np.log(np.where(x > 0, x, 1)), 0))
        return np.mean(x**alpha - 1) / (alpha * (alpha - 1))

    return index


def treatment(data):
    def fn_over_fp(y, d):
        return ((y == 1) & (d == 0)).sum() / ((y == 0) & (d == 1)).sum()

    return frame(fn_over_fp, data).difference()


def positive_share(data):
    d, g = np.asarray(data["decisions"]), np.asarray(data["groups"])
    return [d[g == group].sum() / d.sum() for group in sorted(set(g))]


def impact_ratio(data):
    by = frame(f.selection_rate, data).by_group.sort_index()
    return list(by / by.max())


measures = {
    "groups": {
        "selection_rate": lambda d: list(frame(f.selection_rate, d).by_group.sort_index()),
        "true_positive_rate": lambda d: list(frame(f.true_positive_rate, d).by_group.sort_index()),
        "demographic_parity": named(f.demographic_parity_difference, f.demographic_parity_ratio),
        "equalized_odds": named(f.equalized_odds_difference, f.equalized_odds_ratio),
        "equal_opportunity": named(f.equal_opportunity_difference, f.equal_opportunity_ratio),
        "false_positive_rate": pair(f.false_positive_rate),
        "false_negative_rate": pair(f.false_negative_rate),
        "predictive_parity": pair(m.precision_score),
        "accuracy": pair(m.accuracy_score),
        "false_omission_rate": pair(false_omission),
        "false_discovery_rate": pair(false_discovery),
        "signed": signed,
        "disparity": lambda d: rate(f.false_positive_rate, d, "b") / rate(f.false_positive_rate, d, "a"),
        "treatment_equality": treatment,
        "predicted_positive_share": positive_share,
        "impact_ratio": impact_ratio,
        "generalized_entropy_index": entropy(2),
        "theil_index": entropy(1),
    },
}
