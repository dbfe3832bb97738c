"""Changes of habit that the data hint at: in the total, in how often, and in how much at a time."""

from __future__ import annotations

from typing import Any

from fitintel.intelligence.registry import Journal, Result

LASTING = 13
"""weeks that a possible change must last"""
PENALTY = {"total": 1.0, "sessions": 1.0, "each": 1.5}
"""Penalty of `change_points` by series: a searched-for change costs less than a lasting one, so that more are found,
and more are wrong. Chosen on seven development squads: at most one false change per athlete-year together
(docs/decisions/change-point-accuracy.md)."""


def possible_changes(journal: Journal, daily: Any, weekly: Result, main: str) -> dict[str, Result]:
    """subject -> `change_points` of a history's complete weeks, at the lower level of certainty.

    Subjects: `main` (distance or duration), sessions, and `main`_each, that of the typical workout.
    """
    week = weekly.part("week")
    typical = journal.run("weekly_typical", daily, weekly)
    series = {main: (weekly.part(main), "total"), "sessions": (weekly.part("sessions"), "sessions"),
              f"{main}_each": (typical.part(main), "each")}  # fmt: skip
    return {
        subject: journal.run("change_points", week, values, penalty=PENALTY[kind], min_size=LASTING)
        for subject, (values, kind) in series.items()
    }
