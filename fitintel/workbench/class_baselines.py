"""What a classification must beat: always the most frequent label, and a rule that a coach would write down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from fitintel.core.answers import LEVELS
from fitintel.core.workouts import Workouts
from fitintel.intelligence.classification import Classified
from fitintel.intelligence.session_features import FEATURES

BY_SPORT = {"walking": "walk", "hiking": "hike", "cycling": "ride", "swimming": "swim", "strength": "strength"}
WALKING, MIXING, RUNNING = 0.4, 1.75, 2.1
"""m/s. On foot slower than the first is no workout, up to the second it is walking, from the third on running."""


def majority(taught: Sequence[str], n: int, classes: Sequence[str]) -> tuple[Any, Any]:
    """(label, probability) of `n` workouts: the most frequent label given, with the shares of all."""
    counts = Counter(taught)
    shares = np.array([counts[name] / len(taught) if taught else 1 / len(classes) for name in classes])
    return np.full(n, classes[int(shares.argmax())], dtype=object), np.tile(shares, (n, 1))


def rule(level: str, workouts: Workouts, fixed: Classified) -> tuple[Any, Any]:
    """(label, probability) by plain thresholds; certain of everything."""
    label = _activity(workouts) if level == "activity" else _session(fixed)
    return label, np.array([[float(name == one) for name in LEVELS[level]] for one in label.tolist()])


def _activity(workouts: Workouts) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        speed = workouts["distance"] / workouts["duration"]
    steps = ((RUNNING, "run"), (MIXING, "mixed"), (WALKING, "walk"))
    return np.array(
        [
            BY_SPORT.get(sport) or ("other" if sport != "running" else
                                    next((name for least, name in steps if value >= least), "outlier"))
            for sport, value in zip(workouts["sport"].tolist(), speed.tolist(), strict=True)
        ],
        dtype=object,
    )  # fmt: skip


def _session(fixed: Classified) -> Any:
    """Race on the day of an event; intervals where laps swing; tempo, long and recovery by pace and length."""
    column = dict(zip(FEATURES, np.asarray(fixed.session_evidence["phi"]).T, strict=True))
    conditions = (
        ("race", (column["event"] > 0) | ((column["course"] > 0) & (column["pace"] > 1.5))),
        ("interval", (column["contrast"] > 0.75) & (column["swing"] > 0.6)),
        ("tempo", (column["pace"] > 1.0) | ((column["share"] > 0.3) & (column["block"] > 2.0))),
        ("long", column["long"] > 1.2), ("recovery", (column["pace"] < -0.75) & (column["long"] < -0.5)),
    )  # fmt: skip
    label = np.full(len(column["one"]), "easy", dtype=object)
    for name, holds in reversed(conditions):
        label[holds] = name
    return label
