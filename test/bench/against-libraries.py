"""The libraries on the columns that the benchmark wrote: seconds and values, one JSON object on standard output.

Reading the files and making series and frames is not timed; a first call on a hundred rows warms every library up.
"""
import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
np.seterr(all="ignore")
folder, rows, numeric, categorical, with_report = sys.argv[1], *map(int, sys.argv[2:6])
answers, missing = {}, {}


def columns(side, name, kind, count):
    data = np.fromfile(f"{folder}/{side}-{name}.bin", dtype=kind)
    return data.reshape(count, rows)


def timed(name, work):
    started = time.perf_counter()
    values = work()
    answers[name] = {"seconds": time.perf_counter() - started, "values": [float(v) for v in values]}


def library(name):
    """Runs a block of measurements; what cannot be imported or fails is named, the rest goes on."""

    def run(block):
        try:
            block()
        except Exception as error:
            missing[name] = f"{type(error).__name__}: {error}"[:300]

    return run


r, c = columns("reference", "numeric", np.float64, numeric), columns("current", "numeric", np.float64, numeric)
rk, ck = columns("reference", "codes", np.int32, categorical), columns("current", "codes", np.int32, categorical)
score, label = np.fromfile(f"{folder}/score.bin"), np.fromfile(f"{folder}/label.bin", dtype=np.int32)
group = np.fromfile(f"{folder}/group.bin", dtype=np.int32)
decision = (score >= 0.5).astype(np.int32)


def quantile_shares(reference, current):
    edges = np.quantile(reference, np.linspace(0, 1, 21))

    def counts(x):
        at = np.searchsorted(edges, x, "right") - 1
        at[x == edges[-1]] = 19
        return np.bincount(at + 1, minlength=22)

    return counts(reference), counts(current)


def psi(a, b):
    kept = (a > 0) | (b > 0)
    p, q = a[kept] + 0.5, b[kept] + 0.5
    p, q = p / p.sum(), q / q.sum()
    return ((q - p) * np.log(q / p)).sum()


@library("numpy")
def _():
    timed("numpy psi", lambda: [psi(*quantile_shares(a, b)) for a, b in zip(r, c)])
    timed(
        "numpy psi categories",
        lambda: [psi(np.bincount(a, minlength=8), np.bincount(b, minlength=8)) for a, b in zip(rk, ck)],
    )


@library("scipy")
def _():
    from scipy import stats

    stats.ks_2samp(r[0][:100], c[0][:100], method="asymp")
    timed("scipy ks", lambda: [stats.ks_2samp(a, b, method="asymp").statistic for a, b in zip(r, c)])
    timed("scipy wasserstein", lambda: [stats.wasserstein_distance(a, b) for a, b in zip(r, c)])
    timed(
        "scipy chi-square",
        lambda: [
            stats.chi2_contingency(np.vstack([np.bincount(a, minlength=8), np.bincount(b, minlength=8)]), correction=False).statistic
            for a, b in zip(rk, ck)
        ],
    )


@library("scikit-learn")
def _():
    from sklearn import metrics as m

    m.roc_auc_score([0, 1], [0.1, 0.9])
    timed("sklearn roc_auc", lambda: [m.roc_auc_score(label, score)])
    timed("sklearn average_precision", lambda: [m.average_precision_score(label, score)])
    timed("sklearn log_loss and brier", lambda: [m.log_loss(label, score), m.brier_score_loss(label, score)])


@library("fairlearn")
def _():
    import fairlearn.metrics as f

    f.demographic_parity_difference([0, 1], [0, 1], sensitive_features=[0, 1])
    timed("fairlearn demographic_parity", lambda: [f.demographic_parity_difference(label, decision, sensitive_features=group)])
    timed("fairlearn equalized_odds", lambda: [f.equalized_odds_difference(label, decision, sensitive_features=group)])


@library("evidently")
def _():
    import pandas as pd
    from evidently.legacy.calculations.stattests import jensenshannon_stat_test, psi_stat_test, wasserstein_stat_test
    from evidently.legacy.core import ColumnType

    left, right = [pd.Series(a) for a in r], [pd.Series(b) for b in c]
    psi_stat_test.func(left[0][:100], right[0][:100], ColumnType.Numerical, 0.1)
    for name, test in (("psi", psi_stat_test), ("jensenshannon", jensenshannon_stat_test), ("wasserstein", wasserstein_stat_test)):
        timed(f"evidently {name}", lambda: [test.func(a, b, ColumnType.Numerical, 0.1)[0] for a, b in zip(left, right)])


@library("nannyml")
def _():
    import pandas as pd
    from nannyml.chunk import SizeBasedChunker
    from nannyml.drift.univariate.methods import FeatureType, MethodFactory
    from nannyml.thresholds import StandardDeviationThreshold

    def all_columns():
        values = []
        for a, b in zip(left, right):
            method = MethodFactory.create(
                key="jensen_shannon",
                feature_type=FeatureType.CONTINUOUS,
                chunker=SizeBasedChunker(chunk_size=rows),
                threshold=StandardDeviationThreshold(),
            )
            method.fit(a)
            values.append(method.calculate(b))
        return values

    left, right = [pd.Series(a, name="x") for a in r], [pd.Series(b, name="x") for b in c]
    timed("nannyml jensen_shannon", all_columns)


@library("evidently report")
def _():
    if not with_report:
        return
    import pandas as pd
    from evidently import DataDefinition, Dataset, Report
    from evidently.presets import DataDriftPreset

    names = [f"x{i}" for i in range(numeric)] + [f"k{i}" for i in range(categorical)]
    definition = DataDefinition(numerical_columns=names[:numeric], categorical_columns=names[numeric:])

    def frame(x, k):
        data = {f"x{i}": column for i, column in enumerate(x)} | {f"k{i}": column.astype(str) for i, column in enumerate(k)}
        return Dataset.from_pandas(pd.DataFrame(data), data_definition=definition)

    reference, current = frame(r, rk), frame(c, ck)
    timed("evidently report", lambda: [Report([DataDriftPreset()]).run(current, reference) is not None])


json.dump({"answers": answers, "missing": missing}, sys.stdout)
