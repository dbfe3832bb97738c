"""How right a classification is, and how well it knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.registry import get

Numbers = NDArray[np.float64]
Texts = NDArray[np.object_]

UNSURE = "unsure"
NULL_DRAWS, NULL_SEED, NULL_LEVEL = 200, 5, 0.95
"""Resamples of perfectly calibrated answers, their seed, and the quantile of their calibration error that is told."""


def scores(truth: Texts, label: Texts, probability: Numbers, classes: Sequence[str]) -> dict[str, Any]:
    """Accuracy, macro-F1, Brier, calibration error and share of abstentions of one set of answers.

    `label` is what was said, `unsure` where it abstained; `probability` [n, k] over `classes`, adding up to 1.
    `accuracy` and `macro_f1` are of the answers given (None without one), `_all` counts an abstention as wrong; the
    mean of F1 is over the classes that occur in truth. Brier: mean squared distance to the truth over all classes, 0 to
    2. `ece` and `ece_mass` in 10 bins of equal width and of equal mass, of the likeliest class, answered or not;
    `ece_null`: what 95 % of perfectly calibrated answers of that number stay below.

    >>> found = scores(np.array(["a", "b"]), np.array(["a", "unsure"]), np.array([[1.0, 0.0], [0.5, 0.5]]), ("a", "b"))
    >>> found["accuracy"], found["accuracy_all"], found["abstained"], found["brier"]
    (1.0, 0.5, 0.5, 0.25)
    """
    n = len(truth)
    if not n:
        return {"n": 0}
    answered = label != UNSURE
    best, guess = probability.max(axis=1), np.array(classes, dtype=object)[probability.argmax(axis=1)]
    right = (guess == truth).astype(float)
    actual = np.array([[float(name == one) for name in classes] for one in truth.tolist()])
    by_class = {name: _f1(truth[answered], label[answered], name) for name in classes if (truth == name).any()}
    harsh = [_f1(truth, label, name) for name in by_class]
    width = get("ece_equal_width")
    null = np.random.default_rng(NULL_SEED)
    drawn = [width((null.random(n) < best).astype(float), best) for _ in range(NULL_DRAWS)]
    return {
        "n": n, "abstained": float(1 - answered.mean()),
        "accuracy": float((label == truth)[answered].mean()) if answered.any() else None,
        "macro_f1": float(np.mean([*by_class.values()])) if answered.any() else None,
        "accuracy_all": float((label == truth).mean()),
        "macro_f1_all": float(np.mean(harsh)), "brier": float(((probability - actual) ** 2).sum(axis=1).mean()),
        "ece": float(width(right, best)), "ece_mass": _equal_mass(right, best),
        "ece_null": float(np.quantile(drawn, NULL_LEVEL)), "f1": by_class,
        "counts": {name: int((truth == name).sum()) for name in by_class},
    }  # fmt: skip


def _f1(truth: Texts, label: Texts, name: str) -> float:
    said, is_ = label == name, truth == name
    both = int((said & is_).sum())
    return 2 * both / max(1, int(said.sum()) + int(is_.sum()))


def _equal_mass(right: Numbers, best: Numbers, bins: int = 10) -> float:
    order = np.argsort(best, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(abs(float((right[part] - best[part]).sum())) for part in parts) / len(right))
