"""Alerts and comments as a coach reads and answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fitintel.core import days
from fitintel.core.comments import Comment
from fitintel.core.records import Level
from fitintel.core.standing import Raised, Stated
from fitintel.core.units import UnitSystem
from fitintel.views import dates
from fitintel.views.language import _, counted
from fitintel.views.words import say

SHOWN = 20
"""newest comments that a page shows"""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert, since when it stands, and who did what with it."""

    key: str
    text: str
    loud: bool
    since: str
    state: str
    """open, acknowledged, snoozed"""
    answered: str
    """who acknowledged or snoozed it, when, why; empty while it is open"""


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment with who and when."""

    text: str
    who: str


def sentence(one: Stated, units: UnitSystem) -> str:
    """The sentence of an insight with its reason, as the brief has it."""
    said = say(one.insight.code, one.insight.values, units, one.parameters).on_page()
    return f"{said.text} {said.reason}".strip()


def alert_line(one: Raised, day: int, units: UnitSystem) -> AlertLine:
    """What is seen of an alert on a day."""
    late = day - one.first_day
    since = _("first seen {day}", day=dates.date(one.first_day))
    if late > 0:
        since = counted("first seen {day}, {n} day ago", "first seen {day}, {n} days ago", late,
                        day=dates.date(one.first_day))  # fmt: skip
    return AlertLine(one.key, sentence(one.stated, units), one.stated.insight.level is Level.ALERT, since, one.state,
                     _answered(one))  # fmt: skip


def comment_lines(said: Sequence[Comment]) -> tuple[CommentLine, ...]:
    """The newest comments, newest first."""
    return tuple(
        CommentLine(one.text, _("{who} on {day}", who=one.by, day=dates.date(days.number(one.at.date()))))
        for one in list(said)[::-1][:SHOWN]
    )


def _answered(one: Raised) -> str:
    if one.state == "open" or one.answered_day is None:
        return ""
    day = dates.date(one.answered_day)
    if one.state == "snoozed" and one.until is not None:
        told = _("Snoozed by {who} on {day} until {until}", who=one.by, day=day, until=dates.date(one.until))
    else:
        told = _("Acknowledged by {who} on {day}", who=one.by, day=day)
    return f"{told}: {one.why}" if one.why else f"{told}."
