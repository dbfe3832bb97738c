"""Classifications against labels: earlier labels teach, later ones test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.answers import LEVELS
from fitintel.intelligence.class_scores import UNSURE
from fitintel.intelligence.classification import classify
from fitintel.intelligence.registry import get
from fitintel.workbench.classified_squad import Labelled
from fitintel.workbench.evaluate_classification import GIVEN, said_by, split, taught_labels
from fitintel.workbench.outcomes import Case, Judged
from fitintel.workbench.policy import Contest


def judge(case: Case, algorithm: str, versions: tuple[str, str], contest: Contest) -> tuple[Judged, Judged] | None:
    """Both versions taught by the same earlier labels and tested on the later ones.

    The level is the one that the algorithm is about: kinds of session by name, else activities.
    """
    level = "session" if algorithm.startswith("session") else "activity"
    labels = {each: dict(case.labels.get(each, {})) for each in LEVELS}
    one = Labelled(case.athlete_id, case.workouts, dict(case.given), labels,
                   frozenset(map(str, case.given.get("laps", {"id": ()})["id"])))  # fmt: skip
    if not split(one, level)[1]:
        return None
    fixed = classify(_with(algorithm, versions[0]), one.workouts, {}, **one.given)
    taught = {each: taught_labels(one, fixed, each, GIVEN) for each in LEVELS}
    made = []
    for version in versions:
        moved = classify(_with(algorithm, version), one.workouts, taught, **one.given)
        said = said_by(one, level, fixed, moved, taught[level])["after"]
        made.append(_judged(said.truth, said.label, said.probability, LEVELS[level], contest.metric))
    return made[0], made[1]


def _with(algorithm: str, version: str) -> Any:
    """Runs algorithms, this one in that version."""

    def run(name: str, *inputs: Any, **parameters: Any) -> Any:
        return get(name, version if name == algorithm else None)(*inputs, **parameters)

    return run


def _judged(truth: Any, label: Any, probability: Any, classes: tuple[str, ...], metric: str) -> Judged:
    actual = np.array([[float(name == one) for name in classes] for one in truth.tolist()])
    brier = ((np.asarray(probability, dtype=float) - actual) ** 2).sum(axis=1)
    counts: Mapping[str, list[float]] = {
        "hits": [float(((label == name) & (truth == name)).sum()) for name in classes],
        "false": [float(((label == name) & (truth != name)).sum()) for name in classes],
        "missed": [float(((label != name) & (truth == name)).sum()) for name in classes],
    }
    parts = [brier.sum(), len(brier)] if metric == "brier" else [one for part in counts.values() for one in part]
    sums = tuple(float(part) for part in parts)
    return Judged(len(truth), sums, error=float((label != truth).mean()), abstain=float((label == UNSURE).mean()))
