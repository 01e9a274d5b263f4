"""The statistical tests of Evidently, called as its column drift calls them."""
import pandas as pd
from evidently.legacy.calculations.stattests import (
    anderson_darling_test,
    chi_stat_test,
    cramer_von_mises,
    energy_dist_test,
    hellinger_stat_test,
    jensenshannon_stat_test,
    kl_div_stat_test,
    ks_stat_test,
    mann_whitney_u_stat_test,
    psi_stat_test,
    t_test,
    wasserstein_stat_test,
    z_stat_test,
)
from evidently.legacy.core import ColumnType


def numeric(test):
    def score(data):
        reference, current = pd.Series(data["reference"], dtype=float), pd.Series(data["current"], dtype=float)
        return test.func(reference, current, ColumnType.Numerical, test.default_threshold)[0]

    return score


def categorical(test):
    def score(data):
        reference, current = pd.Series(data["reference"]), pd.Series(data["current"])
        return test.func(reference, current, ColumnType.Categorical, test.default_threshold)[0]

    return score


measures = {
    "samples": {
        "evidently_psi": numeric(psi_stat_test),
        "evidently_kl": numeric(kl_div_stat_test),
        "evidently_js": numeric(jensenshannon_stat_test),
        "evidently_hellinger": numeric(hellinger_stat_test),
        "evidently_wasserstein": numeric(wasserstein_stat_test),
        "evidently_ks": numeric(ks_stat_test),
        "evidently_t": numeric(t_test),
        "evidently_mann_whitney": numeric(mann_whitney_u_stat_test),
        "evidently_energy": numeric(energy_dist_test),
        "evidently_anderson": numeric(anderson_darling_test),
        "evidently_cvm": numeric(cramer_von_mises),
    },
    "categories": {
        "evidently_psi_categories": categorical(psi_stat_test),
        "evidently_js_categories": categorical(jensenshannon_stat_test),
        "evidently_kl_categories": categorical(kl_div_stat_test),
        "evidently_chi_square": categorical(chi_stat_test),
    },
    "two_categories": {"evidently_z": categorical(z_stat_test)},
}
