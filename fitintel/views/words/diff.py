"""Why two briefs differ, cause by cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fitintel.core.compared import Cause
from fitintel.core.errors import UnknownName
from fitintel.views import numbers

CAUSES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "day": lambda v: (
        f"{numbers.count(v['after'] - v['before'], 'day')} passed." if v["after"] > v["before"]
        else "It is the brief of an earlier day."
    ),
    "new_workouts": lambda v: f"{numbers.count(v['n'], 'new workout')}.",
    "late_workouts": lambda v: f"{numbers.count(v['n'], 'workout')} of earlier days arrived late.",
    "changed_workouts": lambda v: f"{numbers.count(v['n'], 'workout')} changed: corrected, or newly flagged.",
    "gone_workouts": lambda v: (
        f"{numbers.count(v['n'], 'workout')} no longer {'counts' if v['n'] == 1 else 'count'}: removed, or held to be "
        "one with another."
    ),
    "input": lambda v: f"Other {v['input']} than before.",
    "parameter": lambda v: f"Other {v['parameter']} than before.",
    "algorithm": lambda v: f"{v['algorithm']} is version {v['after']}; it was {v['before']}.",
    "brief_version": lambda v: f"The brief is version {v['after']}; it was {v['before']}.",
}  # fmt: skip
"""kind of cause -> its words"""


def because(cause: Cause) -> str:
    """The sentence of a cause.

    >>> because(Cause("new_workouts", {"n": 2}))
    '2 new workouts.'
    """
    if cause.kind not in CAUSES:
        raise UnknownName("cause", cause.kind, CAUSES)
    return CAUSES[cause.kind](cause.values)
