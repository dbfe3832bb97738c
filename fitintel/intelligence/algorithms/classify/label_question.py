"""Which workouts to ask about: the least certain ones, of different doubts, at most two a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fitintel.core.answers import LEVELS
from fitintel.core.card import Validity
from fitintel.intelligence.entropy import nats
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="label_question",
    version="1.1.0",
    changed="a workout's turn goes by its day, where 1.0.0 went by its id, which another time zone changes",
    inputs={"day": "d", "types": "activity_type", "sessions": "session_kind", "labelled": "workout ids", "week": "d"},
    output=("workouts to ask about, with level, the two likeliest labels and entropy", "nat"),
    source="Uncertainty sampling within groups of like cases: Settles 2009, Active Learning Literature Survey, 3.1 and "
    "5.2",
    validity=Validity.USEFUL,
    limits=(
        "a group is the pair of labels between which it is undecided, no finer",
        "a badly calibrated model is sure of what it gets wrong, and does not ask",
        "workouts of the last half year only: people do not remember older ones",
    ),
)
def label_question(
    day: Any, types: Mapping[str, Any], sessions: Mapping[str, Any], labelled: Sequence[str], week: int, *,
    most: int = 2, apart: int = 8, back: int = 182, least: float = 0.5,
) -> dict[str, Any]:  # fmt: skip
    """Questions of a week.

    Asked are workouts before the Monday `week` [day number] whose turn it is: each has one week in `apart`, by its day,
    so that none is asked again sooner, whoever looks and however often. Of these the one of highest entropy in each
    group, the highest of all groups first; activities go before kinds of session, for these depend on them.

    Parameters: `most` [1] questions a week; `apart` [weeks] between two turns of a workout; `back` [d] how old a
    workout may be; `least` [nat] entropy worth a question.
    Returns lists: `id`, `level`, `likely` (two labels), `probability` (of the two), `entropy` [nat].

    >>> types = {"id": ["a"], "probability": np.array([[0.5, 0.5] + [0.0] * 7]), "label": ["unsure"]}
    >>> sessions = {"id": ["a"], "probability": np.zeros((1, 6)), "label": [""]}
    >>> label_question([19993], types, sessions, [], 19999, apart=1)["likely"]
    [['run', 'walk']]
    """
    days = np.asarray(day, dtype=np.int64)
    ids = np.asarray(types["id"], dtype=object).tolist()
    taken = set(labelled)
    open_ = [place for place in np.flatnonzero((days < week) & (days >= week - back)).tolist()
             if ids[place] not in taken and int(days[place]) % apart == week // 7 % apart]  # fmt: skip
    chosen: list[tuple[str, str, list[str], list[float], float]] = []
    for level, result in (("activity", types), ("session", sessions)):
        chance = np.asarray(result["probability"], dtype=np.float64).reshape(len(ids), len(LEVELS[level]))[open_]
        doubt = nats(chance) if len(open_) else np.empty(0)
        found: dict[tuple[str, ...], tuple[float, int]] = {}
        for row, place in enumerate(open_):
            two = np.argsort(-chance[row], kind="stable")[:2]
            if doubt[row] < least or result["label"][place] in ("outlier", ""):
                continue
            group = tuple(sorted(LEVELS[level][k] for k in two))
            found[group] = max(found.get(group, (-1.0, -1)), (float(doubt[row]), place))
        for entropy, place in sorted(found.values(), reverse=True):
            given = np.asarray(result["probability"], dtype=np.float64)[place]
            two = np.argsort(-given, kind="stable")[:2]
            if ids[place] not in [one[0] for one in chosen]:
                likely = [LEVELS[level][k] for k in two]
                chosen.append((ids[place], level, likely, [float(given[k]) for k in two], entropy))
    names = ("id", "level", "likely", "probability", "entropy")
    return {name: [one[k] for one in chosen[:most]] for k, name in enumerate(names)}
