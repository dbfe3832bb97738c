"""Why two briefs differ, cause by cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fitintel.core.compared import Cause
from fitintel.core.errors import UnknownName
from fitintel.views.language import _, counted

CAUSES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "day": lambda v: (
        counted("{n} day passed.", "{n} days passed.", v["after"] - v["before"]) if v["after"] > v["before"]
        else _("It is the brief of an earlier day.")
    ),
    "new_workouts": lambda v: counted("{n} new workout.", "{n} new workouts.", v["n"]),
    "late_workouts": lambda v: counted(
        "{n} workout of earlier days arrived late.", "{n} workouts of earlier days arrived late.", v["n"]
    ),
    "changed_workouts": lambda v: counted(
        "{n} workout changed: corrected, or newly flagged.", "{n} workouts changed: corrected, or newly flagged.",
        v["n"],
    ),
    "gone_workouts": lambda v: counted(
        "{n} workout no longer counts: removed, or held to be one with another.",
        "{n} workouts no longer count: removed, or held to be one with another.", v["n"],
    ),
    "input": lambda v: _("Other {name} than before.", name=v["input"]),
    "parameter": lambda v: _("Other {name} than before.", name=v["parameter"]),
    "algorithm": lambda v: _("{name} is version {after}; it was {before}.", name=v["algorithm"], after=v["after"],
                             before=v["before"]),
    "brief_version": lambda v: _("The brief is version {after}; it was {before}.", after=v["after"],
                                 before=v["before"]),
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
