"""Reads cases from a JSON file, answers with what the libraries say, as JSON on standard output.

In: {"cases": [{"id", "kind", "input"}]}. Out: {"libraries": {name: version or why not},
"answers": {case id: {measure key: number, list of numbers or null}}, "errors": {case id: {measure key: text}}}.
"""
import importlib
import json
import math
import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")
np.seterr(all="ignore")

modules = ["drift", "profiles_evidently", "profiles_nannyml", "performance", "fairness", "change", "numbers_and_intervals"]


def plain(value):
    """Numbers for JSON; what is not finite becomes null."""
    if value is None:
        return None
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    number = float(value)
    return number if math.isfinite(number) else None


def version_of(name):
    try:
        return importlib.import_module(name).__version__
    except Exception as error:  # a library that cannot be imported is reported, the others go on
        return f"missing: {error}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        cases = json.load(file)["cases"]
    registry, missing = {}, {}
    for name in modules:
        try:
            for kind, measures in importlib.import_module(name).measures.items():
                registry.setdefault(kind, {}).update(measures)
        except Exception as error:
            missing[name] = f"{type(error).__name__}: {error}"
    answers, errors = {}, {}
    for case in cases:
        said, failed = answers.setdefault(case["id"], {}), errors.setdefault(case["id"], {})
        for key, measure in registry.get(case["kind"], {}).items():
            try:
                said[key] = plain(measure(case["input"]))
            except Exception as error:
                failed[key] = f"{type(error).__name__}: {error}"[:200]
    libraries = {name: version_of(name) for name in ["numpy", "scipy", "sklearn", "evidently", "nannyml", "fairlearn", "river"]}
    json.dump({"libraries": libraries, "missing": missing, "answers": answers, "errors": errors}, sys.stdout)


main()
