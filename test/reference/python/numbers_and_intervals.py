"""Tails, quantiles, intervals and corrections of SciPy."""
import numpy as np
from scipy import special, stats
from scipy.stats import contingency


def wilson(data):
    interval = stats.binomtest(data["x1"], data["n1"]).proportion_ci(0.95, method="wilson")
    return [interval.low, interval.high]


def clopper_pearson(data):
    interval = stats.binomtest(data["x1"], data["n1"]).proportion_ci(0.95, method="exact")
    return [interval.low, interval.high]


def wilson_of(x, n):
    interval = stats.binomtest(x, n).proportion_ci(0.95, method="wilson")
    return x / n, interval.low, interval.high


def newcombe(data):
    (p1, l1, u1), (p2, l2, u2) = wilson_of(data["x1"], data["n1"]), wilson_of(data["x2"], data["n2"])
    return [p1 - p2 - np.hypot(p1 - l1, u2 - p2), p1 - p2 + np.hypot(u1 - p1, p2 - l2)]


def katz(data):
    interval = contingency.relative_risk(data["x1"], data["n1"], data["x2"], data["n2"]).confidence_interval(0.95)
    return [interval.low, interval.high]


def volume(data):
    history = np.asarray(data["history"], float)
    median = np.median(history)
    spread = 1.4826 * stats.median_abs_deviation(history)
    return (data["count"] - median) / max(spread, np.sqrt(median), 1)


measures = {
    "tails": {
        "chi_square_tail": lambda d: [stats.chi2.sf(x, k) for k in d["degrees"] for x in d["statistics"]],
        "normal_tail": lambda d: [stats.norm.sf(x) for x in d["z"]],
        "t_tail": lambda d: [2 * stats.t.sf(x, k) for k in d["degrees"] for x in d["z"]],
        "kolmogorov_tail": lambda d: [special.kolmogorov(x) for x in d["lambdas"]],
        "normal_quantile": lambda d: [stats.norm.ppf(x) for x in d["probabilities"]],
        "t_quantile": lambda d: [stats.t.ppf(x, k) for k in d["degrees"] for x in d["probabilities"]],
        "beta_quantile": lambda d: [stats.beta.ppf(x, a, b) for a, b in d["beta"] for x in d["probabilities"]],
        "log_gamma": lambda d: [special.gammaln(x) for x in d["statistics"]],
    },
    "proportions": {"wilson": wilson, "clopper_pearson": clopper_pearson, "newcombe": newcombe, "katz": katz},
    "p_values": {
        "benjamini_hochberg": lambda d: stats.false_discovery_control(d["p"], method="bh"),
        "benjamini_yekutieli": lambda d: stats.false_discovery_control(d["p"], method="by"),
    },
    "volumes": {"volume_anomaly": volume},
}
