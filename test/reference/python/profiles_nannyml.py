"""Univariate drift, estimated performance and sampling errors of NannyML."""
import numpy as np
import pandas as pd
from nannyml.chunk import SizeBasedChunker
from nannyml.drift.univariate.methods import FeatureType, MethodFactory
from nannyml.performance_estimation.confidence_based import metrics as cbpe
from nannyml.sampling_error import binary_classification as sampling
from nannyml.thresholds import StandardDeviationThreshold
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score


def drift(key, feature_type):
    def value(data):
        reference, current = pd.Series(data["reference"], name="x"), pd.Series(data["current"], name="x")
        chunker = SizeBasedChunker(chunk_size=len(reference))
        method = MethodFactory.create(
            key=key, feature_type=feature_type, chunker=chunker, threshold=StandardDeviationThreshold()
        )
        method.fit(reference)
        return method.calculate(current)

    return value


def scored(data):
    return pd.Series(data["labels"]), pd.Series(data["decisions"]), pd.Series(data["scores"])


def components(data):
    y, d, s = scored(data)
    n = pd.DataFrame({"y": y})
    auc = sampling.auroc_sampling_error(sampling.auroc_sampling_error_components(y, s), n)
    accuracy = sampling.accuracy_sampling_error(sampling.accuracy_sampling_error_components(y, d), n)
    precision = sampling.precision_sampling_error(sampling.precision_sampling_error_components(y, d), n)
    recall = sampling.recall_sampling_error(sampling.recall_sampling_error_components(y, d), n)
    specificity = sampling.specificity_sampling_error(sampling.specificity_sampling_error_components(y, d), n)
    f1 = sampling.f1_sampling_error(sampling.f1_sampling_error_components(y, d), n)
    return [accuracy, precision, recall, specificity, f1, auc]


def estimated(data):
    _, d, s = scored(data)
    return [
        cbpe.estimate_accuracy(d, s),
        cbpe.estimate_precision(d, s),
        cbpe.estimate_recall(d, s),
        cbpe.estimate_specificity(d, s),
        cbpe.estimate_f1(d, s),
    ]


def isotonic(data):
    fit = IsotonicRegression(out_of_bounds="clip").fit(data["scores"], data["labels"])
    return fit.predict(np.linspace(0, 1, 41))


def ridge(data):
    codes, target = np.asarray(data["codes"]), np.asarray(data["target"], float)
    x = np.hstack([np.eye(column.max() + 1)[column] for column in codes])
    return Ridge(alpha=1.0, solver="cholesky").fit(x, target).predict(x)[:50]


measures = {
    "samples": {
        "nannyml_js": drift("jensen_shannon", FeatureType.CONTINUOUS),
        "nannyml_ks": drift("kolmogorov_smirnov", FeatureType.CONTINUOUS),
        "nannyml_wasserstein": drift("wasserstein", FeatureType.CONTINUOUS),
        "nannyml_hellinger": drift("hellinger", FeatureType.CONTINUOUS),
    },
    "categories": {
        "nannyml_js_categories": drift("jensen_shannon", FeatureType.CATEGORICAL),
        "nannyml_hellinger_categories": drift("hellinger", FeatureType.CATEGORICAL),
        "nannyml_l_infinity": drift("l_infinity", FeatureType.CATEGORICAL),
        "nannyml_chi_square": drift("chi2", FeatureType.CATEGORICAL),
    },
    "scored": {
        "sampling_errors": components,
        "estimated": estimated,
        "estimated_auc": lambda d: cbpe.estimate_roc_auc(pd.Series(d["scores"]), pd.Series(d["scores"])),
        "estimated_ap": lambda d: cbpe.estimate_ap(pd.Series(d["scores"]), pd.Series(d["scores"])),
        "isotonic": isotonic,
    },
    "binned_losses": {"ridge": ridge},
}
