"""With whom an athlete shares what: categories of consent, and the squads whose coaches they are for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fitintel.core.people import Membership, Part
from fitintel.views import numbers
from fitintel.views.language import _, marked

if TYPE_CHECKING:
    from fitintel.core.people import Consent, Squad

PURPOSES: dict[str, str] = {
    "coaching": marked("Coaches of my squads see"), "research": marked("Researchers see, without my name"),
}  # fmt: skip
"""purpose of a consent -> the words of its choice"""
CATEGORIES: dict[str, str] = {
    "profile": marked("my name"), "training": marked("workouts, thresholds and goals"),
    "location": marked("samples and tracks"), "heart": marked("heart rate variability and resting values"),
    "sleep": marked("sleep"), "body": marked("weight, steps and energy"),
    "feeling": marked("stress, fatigue, soreness and mood"), "illness": marked("days that I excused, and why"),
    "cycle": marked("cycle"), "notes": marked("private notes"),
    "plan": marked("planned workouts, which they may change"), "brief": marked("the daily brief and its alerts"),
}  # fmt: skip
"""category of consent -> what it opens"""


@dataclass(frozen=True, slots=True)
class SquadLine:
    """A squad that the athlete is in, or is asked into."""

    membership: str
    text: str
    coaches: str
    invited: bool


def category_word(category: str) -> str:
    """What a category opens, in the reader's language."""
    return _(CATEGORIES[category])


def shared(consents: Iterable[Consent], purpose: str, now: datetime) -> list[str]:
    """The categories to which a consent for that purpose holds."""
    given = {one.category for one in consents if one.purpose == purpose and one.holds(now)}
    return [category for category in CATEGORIES if category in given]


def squad_lines(
    squads: Iterable[tuple[Squad, Sequence[Membership]]], athlete_id: str, now: datetime
) -> tuple[SquadLine, ...]:
    """The athlete's squads and invitations, each with the coaches who would see what is shared.

    `squads`: each with those of its members whom the athlete may know of.
    """
    found = []
    for squad, members in squads:
        mine = next((each for each in members if each.who == athlete_id and each.part is Part.ATHLETE
                     and each.until is None), None)  # fmt: skip
        if mine is None:
            continue
        coaches = [each.who for each in members if each.part is Part.COACH and each.holds(now)]
        said = _("Coached by {names}.", names=numbers.listed(coaches)) if coaches else _("No coach is in it.")
        found.append(SquadLine(mine.id, squad.name, said, mine.since is None))
    return tuple(found)
