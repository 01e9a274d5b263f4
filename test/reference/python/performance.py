"""Performance from scikit-learn; ranking and calibration errors, which it lacks, by the textbook line in NumPy."""
import numpy as np
from scipy import optimize, special
from sklearn import metrics as m
from sklearn.linear_model import LogisticRegression


def yd(data):
    return np.asarray(data["labels"]), np.asarray(data["decisions"])


def ys(data):
    return np.asarray(data["labels"]), np.asarray(data["scores"])


def log_loss(data):
    y, s = ys(data)
    cut = np.clip(s, 2.0**-52, 1 - 2.0**-52)
    return m.log_loss(y, np.c_[1 - cut, cut])


def calibration_bins(data, bins=10):
    y, s = ys(data)
    order = np.argsort(s, kind="stable")
    y, s = y[order].astype(float), s[order]
    for value in np.unique(s):  # tied scores all carry their mean label
        y[s == value] = y[s == value].mean()
    cuts = [len(s) * i // bins for i in range(bins + 1)]
    return [(b - a, abs(y[a:b].mean() - s[a:b].mean())) for a, b in zip(cuts, cuts[1:])]


def logits(data):
    y, s = ys(data)
    return y, special.logit(np.clip(s, 1e-6, 1 - 1e-6))


def slope(data):
    y, x = logits(data)
    return LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-13, max_iter=500).fit(x[:, None], y).coef_[0, 0]


def intercept(data):
    y, x = logits(data)
    return optimize.brentq(lambda a: (special.expit(a + x) - y).sum(), -50, 50, xtol=1e-14, rtol=1e-14)


def classes(data):
    return np.asarray(data["actual"]), np.asarray(data["predicted"])


def averaged(name, average):
    function = {"precision": m.precision_score, "recall": m.recall_score, "f1": m.f1_score}[name]
    return lambda d: function(*classes(d), average=average, zero_division=0)


def multiclass_auc(average):
    return lambda d: m.roc_auc_score(classes(d)[0], np.asarray(d["probabilities"]), multi_class="ovr", average=average)


def yp(data):
    return np.asarray(data["actual"], float), np.asarray(data["predicted"], float)


def smape(data):
    y, p = yp(data)
    size = np.abs(y) + np.abs(p)
    return np.mean(np.divide(2 * np.abs(p - y), size, out=np.zeros_like(size), where=size > 0))


def mape(data):
    y, p = yp(data)
    kept = y != 0
    return m.mean_absolute_percentage_error(y[kept], p[kept])


def msle(data):
    y, p = yp(data)
    kept = (y > -1) & (p > -1)
    return m.mean_squared_log_error(y[kept], p[kept])


def over_users(score):
    def mean(data):
        lists = [np.asarray(one, float) for one in data["lists"] if any(item > 0 for item in one)]
        return np.mean([score(one, data["k"]) for one in lists])

    return mean


def shown_scores(one):
    return np.arange(len(one), 0, -1)


def reciprocal_rank(one, k):
    hits = np.flatnonzero(one[:k] > 0)
    return 1 / (hits[0] + 1) if len(hits) else 0.0


def average_precision_at(one, k):
    hits = one[:k] > 0
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return (precision * hits).sum() / min((one > 0).sum(), k)


measures = {
    "scored": {
        "accuracy": lambda d: m.accuracy_score(*yd(d)),
        "balanced_accuracy": lambda d: m.balanced_accuracy_score(*yd(d)),
        "precision": lambda d: m.precision_score(*yd(d)),
        "recall": lambda d: m.recall_score(*yd(d)),
        "specificity": lambda d: m.recall_score(*yd(d), pos_label=0),
        "false_positive_rate": lambda d: 1 - m.recall_score(*yd(d), pos_label=0),
        "false_negative_rate": lambda d: 1 - m.recall_score(*yd(d)),
        "negative_predictive_value": lambda d: m.precision_score(*yd(d), pos_label=0),
        "false_discovery_rate": lambda d: 1 - m.precision_score(*yd(d)),
        "false_omission_rate": lambda d: 1 - m.precision_score(*yd(d), pos_label=0),
        "f1": lambda d: m.f1_score(*yd(d)),
        "f_beta": lambda d: m.fbeta_score(*yd(d), beta=2),
        "matthews_correlation": lambda d: m.matthews_corrcoef(*yd(d)),
        "business_value": lambda d: (m.confusion_matrix(*yd(d)) * np.array([[1, -4], [-20, 15]])).sum(),
        "log_loss": log_loss,
        "brier_score": lambda d: m.brier_score_loss(*ys(d)),
        "roc_auc": lambda d: m.roc_auc_score(*ys(d)),
        "average_precision": lambda d: m.average_precision_score(*ys(d)),
        "expected_calibration_error": lambda d: sum(n * gap for n, gap in calibration_bins(d)) / len(d["scores"]),
        "maximum_calibration_error": lambda d: max(gap for _, gap in calibration_bins(d)),
        "calibration_slope": slope,
        "calibration_intercept": intercept,
    },
    "classes": {
        **{f"{name}_{average}": averaged(name, average) for name in ("precision", "recall", "f1") for average in ("macro", "micro", "weighted")},
        "accuracy": lambda d: m.accuracy_score(*classes(d)),
        "balanced_accuracy": lambda d: m.balanced_accuracy_score(*classes(d)),
        "matthews_correlation": lambda d: m.matthews_corrcoef(*classes(d)),
        "log_loss": lambda d: m.log_loss(classes(d)[0], np.asarray(d["probabilities"])),
        "roc_auc_ovr_macro": multiclass_auc("macro"),
        "roc_auc_ovr_weighted": multiclass_auc("weighted"),
    },
    "values": {
        "mean_error": lambda d: np.mean(yp(d)[1] - yp(d)[0]),
        "mean_absolute_error": lambda d: m.mean_absolute_error(*yp(d)),
        "mean_squared_error": lambda d: m.mean_squared_error(*yp(d)),
        "root_mean_squared_error": lambda d: m.root_mean_squared_error(*yp(d)),
        "r_squared": lambda d: m.r2_score(*yp(d)),
        "mean_absolute_percentage_error": mape,
        "symmetric_mean_absolute_percentage_error": smape,
        "mean_squared_logarithmic_error": msle,
        "quantile_loss": lambda d: m.mean_pinball_loss(*yp(d), alpha=0.9),
        "median_absolute_error": lambda d: m.median_absolute_error(*yp(d)),
        "max_error": lambda d: m.max_error(*yp(d)),
    },
    "ranked": {
        "ndcg_at_k": over_users(lambda one, k: m.ndcg_score([one], [shown_scores(one)], k=k)),
        "mean_reciprocal_rank": over_users(reciprocal_rank),
        "mean_average_precision": over_users(average_precision_at),
        "mean_average_precision_all": over_users(lambda one, k: m.average_precision_score(one > 0, shown_scores(one))),
        "hit_rate_at_k": over_users(lambda one, k: float((one[:k] > 0).any())),
        "precision_at_k": over_users(lambda one, k: (one[:k] > 0).sum() / k),
        "recall_at_k": over_users(lambda one, k: (one[:k] > 0).sum() / (one > 0).sum()),
    },
}
