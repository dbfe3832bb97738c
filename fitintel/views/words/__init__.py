"""Every sentence a person reads in a brief: a closed table from the code of an insight to its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.core.errors import UnknownName
from fitintel.core.units import UnitSystem
from fitintel.views.words import (
    consistency,
    focus,
    forecast,
    goals,
    labels,
    load,
    missing,
    readiness,
    recent,
    recommendations,
    standing,
    this_week,
    today,
    trends,
    withheld,
    yesterday,
)
from fitintel.views.words.said import Facts, Figure, Said, Sentence

SENTENCES: dict[str, Sentence] = {
    code: sentence
    for part in (
        focus,
        readiness,
        today,
        yesterday,
        this_week,
        goals,
        standing,
        trends,
        forecast,
        consistency,
        load,
        recommendations,
        recent,
        labels,
        missing,
        withheld,
    )
    for code, sentence in part.SENTENCES.items()
}
"""code of an insight -> the function that words it."""

__all__ = ["SENTENCES", "Facts", "Figure", "Said", "say"]


def say(code: str, values: Mapping[str, Any], units: UnitSystem, parameters: Mapping[str, Any] | None = None) -> Said:
    """The words of an insight: SI `values` in, a sentence in the reader's `units` out.

    `parameters` are those of the runs behind the values; they tell the level of an interval. An unknown code raises
    UnknownName.

    >>> say("alerts_none", {"checked": 5}, UnitSystem.METRIC).text
    'Nothing unusual: 5 checks made, none raised an alert.'
    """
    if code not in SENTENCES:
        raise UnknownName("sentence", code, SENTENCES)
    return SENTENCES[code](Facts(values, UnitSystem(units), parameters or {}))
