"""What the name of a workout says of its structure: devices write the names of structured workouts, people some."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fitintel.core.answers import SESSIONS

SAYS: tuple[tuple[str, str], ...] = (
    ("race", r"\b(race|wettkampf|parkrun)\b"),
    ("recovery", r"\b(recovery|regeneration)\b"),
    ("tempo", r"\b(tempo|threshold|cruise|schwelle)\b"),
    ("interval", r"\b(intervals?|repeats?|fartlek|vo2 ?max)\b|\b\d{1,2} ?[x×] ?\d+"),
    ("long", r"\b(long run|long ride|langer lauf)\b"),
)
"""kind -> words that name it; the first that is found holds: `2 x 8 min tempo` is a tempo session"""
BELIEVED = 3.0
"""Log odds that a name adds to its kind: 20 to 1, so that figures and labels can still outweigh it. Assumed."""


def stated(ids: Sequence[str], names: Mapping[str, str]) -> NDArray[np.float64]:
    """What names add to the score of each kind [n, 6]; zeros for a workout without a name, or one that says nothing.

    >>> stated(["a", "b", "c"], {"a": "8 x 1000 m", "b": "Zurich Running"}).argmax(axis=1), BELIEVED
    (array([3, 0, 0]), 3.0)
    """
    found = np.zeros((len(ids), len(SESSIONS)))
    for place, name in enumerate(ids):
        kind = _kind(names[name]) if name in names else None
        if kind is not None:
            found[place, SESSIONS.index(kind)] = BELIEVED
    return found


def _kind(name: str) -> str | None:
    lower = name.lower()
    return next((kind for kind, words in SAYS if re.search(words, lower)), None)
