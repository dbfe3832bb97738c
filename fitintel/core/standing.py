"""How an athlete stands: the few lines of a brief that a squad's page shows, so that the page need not open the brief.

Plain values, kept beside the digest of all that they depend on and made again when that changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from fitintel.core.comments import Comment
from fitintel.core.records import Athlete, Insight, Level, Section


@dataclass(frozen=True, slots=True)
class Stated:
    """An insight, and the parameters of the runs behind it, which its words may need."""

    insight: Insight
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert as it was last told, since when, and what somebody did with it."""

    stated: Stated
    key: str
    state: str
    """open, acknowledged, snoozed"""
    first_day: int
    by: str = ""
    why: str = ""
    answered_day: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One athlete on one day."""

    athlete: Athlete
    day: int
    brief_id: str
    last_day: int | None
    """day of the latest workout"""
    score: int
    """how much it needs a look; of use for the order alone"""
    reasons: tuple[Stated, ...]
    """at most two, the weightiest first"""
    lines: Mapping[str, Stated]
    """code -> what the brief says, of the lines that a squad's page shows"""
    alerts: tuple[Raised, ...]
    subject: str
    """what the weeks are of: distance or duration"""
    weeks: tuple[int, ...]
    """Mondays of the latest complete weeks, as day numbers"""
    values: tuple[float | None, ...]
    """m or s in each of them"""
    sport: str
    """the most frequent of the last weeks; empty: nothing was done"""
    excused: str
    """why the day is excused; empty: it is not"""
    versions: Mapping[str, str]
    """algorithm -> version, of all that the brief was made with"""
    current: bool = True
    """False: something has changed since, and the brief is to be made again"""


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody on a day, who needs a look first, with what was said of them and the squads that they are in."""

    standings: tuple[Standing, ...]
    comments: Mapping[str, tuple[Comment, ...]]
    """by athlete id, oldest first"""
    squads: Mapping[str, tuple[str, ...]]
    """names by athlete id"""
    coaches: Mapping[str, tuple[str, ...]]
    """accounts of the coaches of those squads, by athlete id"""


def plain(one: Standing) -> dict[str, Any]:
    """As it is kept."""
    return {
        "day": one.day, "brief_id": one.brief_id, "last_day": one.last_day, "score": one.score,
        "reasons": [_plain(each) for each in one.reasons],
        "lines": {code: _plain(each) for code, each in one.lines.items()},
        "alerts": [{**{field.name: getattr(each, field.name) for field in fields(Raised) if field.name != "stated"},
                    "stated": _plain(each.stated)} for each in one.alerts],
        "subject": one.subject, "weeks": list(one.weeks), "values": list(one.values), "sport": one.sport,
        "excused": one.excused, "versions": dict(one.versions),
    }  # fmt: skip


def of_plain(athlete: Athlete, kept: Mapping[str, Any], *, current: bool) -> Standing:
    """From what was kept."""
    return Standing(**{
        **kept, "athlete": athlete, "current": current,
        "reasons": tuple(map(_stated, kept["reasons"])),
        "lines": {code: _stated(each) for code, each in kept["lines"].items()},
        "alerts": tuple(Raised(**{**each, "stated": _stated(each["stated"])}) for each in kept["alerts"]),
        "weeks": tuple(kept["weeks"]), "values": tuple(kept["values"]),
    })  # fmt: skip


def _plain(one: Stated) -> dict[str, Any]:
    said = one.insight
    return {"section": said.section.value, "code": said.code, "values": dict(said.values), "runs": list(said.run_ids),
            "level": said.level.value, "subject": said.subject, "workouts": list(said.workout_ids),
            "parameters": dict(one.parameters)}  # fmt: skip


def _stated(kept: Mapping[str, Any]) -> Stated:
    insight = Insight(Section(kept["section"]), kept["code"], kept["values"], tuple(kept["runs"]),
                      Level(kept["level"]), kept["subject"], tuple(kept["workouts"]))  # fmt: skip
    return Stated(insight, kept["parameters"])
