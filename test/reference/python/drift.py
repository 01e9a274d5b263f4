"""Drift from SciPy and scikit-learn; where neither has the measure, the textbook line in NumPy."""
import numpy as np
from scipy import stats
from scipy.spatial import distance
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import ndcg_score, roc_auc_score
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler


def sides(data):
    return np.asarray(data["reference"], float), np.asarray(data["current"], float)


def shares(data):
    r, c = sides(data)
    return r / r.sum(), c / c.sum()


def half_shares(data):
    r, c = sides(data)
    kept = (r > 0) | (c > 0)
    r, c = r[kept] + 0.5, c[kept] + 0.5
    return r / r.sum(), c / c.sum()


def psi(data):
    p, q = half_shares(data)
    return stats.entropy(p, q) + stats.entropy(q, p)


def psi_p(data):
    r, c = sides(data)
    bins = int(((r > 0) | (c > 0)).sum())
    return stats.chi2.sf(psi(data) / (1 / r.sum() + 1 / c.sum()), bins - 1)


def table(data):
    r, c = sides(data)
    kept = (r > 0) | (c > 0)
    return np.vstack([r[kept], c[kept]])


def chi_square(data):
    result = stats.chi2_contingency(table(data), correction=False)
    return [result.statistic, result.pvalue]


def cramers_v(data):
    t = table(data)
    n, k = t.sum(), t.shape[1]
    phi = max(0.0, stats.chi2_contingency(t, correction=False).statistic / n - (k - 1) / (n - 1))
    return np.sqrt(phi / min(k - (k - 1) ** 2 / (n - 1) - 1, 2 - 1 / (n - 1) - 1))


def z_of_first_bin(data):
    r, c = sides(data)
    t = [[r[0], r.sum() - r[0]], [c[0], c.sum() - c[0]]]
    result = stats.chi2_contingency(t, correction=False)
    sign = np.sign(r[0] / r.sum() - c[0] / c.sum())
    return [sign * np.sqrt(result.statistic), result.pvalue]


def ks_exact(data):
    return stats.ks_2samp(*sides(data), method="exact").pvalue


def cramer_von_mises(data):
    result = stats.cramervonmises_2samp(*sides(data), method="asymptotic")
    return result.statistic, result.pvalue


def cramer_von_mises_exact_p(data):
    r, c = sides(data)
    if max(len(r), len(c)) > 20 or len(np.unique(np.concatenate([r, c]))) < len(r) + len(c):
        return None
    return stats.cramervonmises_2samp(r, c, method="exact").pvalue


def anderson(data):
    result = stats.anderson_ksamp(list(sides(data)), midrank=True)
    return result.statistic, result.pvalue


def welch(data):
    r, c = sides(data)
    result = stats.ttest_ind(r, c, equal_var=False)
    interval = stats.ttest_ind(c, r, equal_var=False).confidence_interval(0.95)
    std = r.std(ddof=1)
    return [(c.mean() - r.mean()) / std, result.pvalue, interval.low / std, interval.high / std]


def mmd(data):
    r, c = sides(data)
    pooled = np.vstack([r, c])
    gamma = 1 / np.median(distance.pdist(pooled, "sqeuclidean"))
    kernel = rbf_kernel(pooled, gamma=gamma)
    np.fill_diagonal(kernel, 0)
    n, m = len(r), len(c)
    within = kernel[:n, :n].sum() / (n * (n - 1)) + kernel[n:, n:].sum() / (m * (m - 1))
    return within - 2 * kernel[:n, n:].mean()


def pca_error(data):
    r, c = sides(data)
    scaler = StandardScaler().fit(r)
    model = PCA(n_components=0.65, svd_solver="full").fit(scaler.transform(r))
    z = scaler.transform(c)
    back = model.inverse_transform(model.transform(z))
    return np.linalg.norm(z - back, axis=1).mean()


def classifier_auc(data):
    r, c = sides(data)
    x = StandardScaler().fit(r).transform(np.vstack([r, c]))
    y = np.r_[np.zeros(len(r)), np.ones(len(c))]
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    scores = cross_val_predict(LogisticRegression(C=1.0), x, y, cv=folds, method="decision_function")
    return roc_auc_score(y, scores)


measures = {
    "counts": {
        "psi": psi,
        "psi_p": psi_p,
        "js": lambda d: distance.jensenshannon(*shares(d), base=2),
        "kl": lambda d: stats.entropy(*half_shares(d)),
        "hellinger": lambda d: np.linalg.norm(np.sqrt(shares(d)[0]) - np.sqrt(shares(d)[1])) / np.sqrt(2),
        "tvd": lambda d: distance.cityblock(*shares(d)) / 2,
        "l_infinity": lambda d: distance.chebyshev(*shares(d)),
        "chi_square": chi_square,
        "cramers_v": cramers_v,
        "z": z_of_first_bin,
    },
    "samples": {
        "ks": lambda d: stats.ks_2samp(*sides(d), method="asymp").statistic,
        "ks_exact_p": ks_exact,
        "ks_asymptotic_p": lambda d: stats.ks_2samp(*sides(d), method="asymp").pvalue,
        "wasserstein": lambda d: stats.wasserstein_distance(*sides(d)),
        "wasserstein_normed": lambda d: stats.wasserstein_distance(*sides(d)) / sides(d)[0].std(),
        "energy": lambda d: stats.energy_distance(*sides(d)),
        "cvm": lambda d: cramer_von_mises(d)[0],
        "cvm_p": lambda d: cramer_von_mises(d)[1],
        "cvm_exact_p": cramer_von_mises_exact_p,
        "ad": lambda d: anderson(d)[0],
        "ad_p": lambda d: anderson(d)[1],
        "welch": welch,
        "student_t_p": lambda d: stats.ttest_ind(*sides(d)).pvalue,
        "mann_whitney_less": lambda d: stats.mannwhitneyu(*sides(d), alternative="less", method="asymptotic").pvalue,
        "epps_singleton": lambda d: stats.epps_singleton_2samp(*sides(d)).pvalue,
        "latency": lambda d: [np.quantile(d["reference"], q) for q in (0.5, 0.95, 0.99)],
        "mean_t": lambda d: list(stats.ttest_1samp(d["reference"], 0).confidence_interval(0.95)),
    },
    "vectors": {
        "mmd": mmd,
        "centroid": lambda d: np.linalg.norm(sides(d)[0].mean(0) - sides(d)[1].mean(0)),
        "centroid_cosine": lambda d: distance.cosine(sides(d)[0].mean(0), sides(d)[1].mean(0)),
        "pca": pca_error,
        "classifier_auc": classifier_auc,
    },
    "attributions": {"ndcg": lambda d: ndcg_score([d["reference"]], [d["current"]])},
}
