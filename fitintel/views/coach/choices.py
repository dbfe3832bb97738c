"""Filters of the squad: which there are, which is chosen, and who fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fitintel.core.standing import Standing
from fitintel.views.coach.address import Address
from fitintel.views.coach.cells import is_stale, status
from fitintel.views.language import _, marked
from fitintel.views.words.sports import sport

IN_TRAINING = "in_training"
FLAGS = {
    "look": marked("Needs a look"), "alert": marked("Open alert"), "answered": marked("Acknowledged or snoozed"),
    "stale": marked("No recent data"), "calm": marked("Nothing to look at"),
}  # fmt: skip
"""flag -> its name"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an athlete belongs: names of squads, and accounts of their coaches."""

    squads: Sequence[str] = ()
    coaches: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter: its name in the address, its label, (value, words) of each option, and the one that is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def filters(standings: Sequence[Standing], address: Address, places: Mapping[str, Place]) -> tuple[Choice, ...]:
    """The filters that make a difference here."""
    sports = sorted({one.sport for one in standings if one.sport})
    away = sorted({one.excused for one in standings if one.excused})
    names = sorted({name for each in places.values() for name in each.squads})
    coaches = sorted({name for each in places.values() for name in each.coaches})
    made = (
        Choice("flag", _("Flag"), (("", _("Everybody")), *((code, _(words)) for code, words in FLAGS.items())),
               address.flag),
        Choice("squad", _("Group"), (("", _("All groups")), *((name, name) for name in names)), address.squad),
        Choice("coach", _("Coach"), (("", _("All coaches")), *((name, name) for name in coaches)), address.coach),
        Choice("sport", _("Sport"), (("", _("All sports")), *((code, sport(code)) for code in sports)), address.sport),
        Choice("status", _("Status"), (("", _("Any status")), (IN_TRAINING, _("in training")),
                                       *((code, status(code)) for code in away)), address.status),
    )  # fmt: skip
    return tuple(one for one in made if len(one.options) > 2)


def chosen(standings: Sequence[Standing], address: Address, places: Mapping[str, Place]) -> list[Standing]:
    """Those who fit, in their order."""
    return [one for one in standings if _fits(one, address, places.get(one.athlete.id, Place()))]


def _fits(one: Standing, address: Address, place: Place) -> bool:
    wanted = address.search.strip().casefold()
    return (
        (not wanted or wanted in one.athlete.name.casefold() or wanted in one.athlete.id.casefold())
        and (not address.squad or address.squad in place.squads)
        and (not address.coach or address.coach in place.coaches)
        and (not address.sport or address.sport == one.sport)
        and (not address.status or address.status == (one.excused or IN_TRAINING))
        and (address.flag not in FLAGS or address.flag in _flags(one))
    )


def _flags(one: Standing) -> set[str]:
    open_ = any(each.state == "open" for each in one.alerts)
    found = {"look"} if one.reasons else {"calm"}
    found |= {"alert"} if open_ else set()
    found |= {"answered"} if any(each.state != "open" for each in one.alerts) else set()
    return found | ({"stale"} if is_stale(one) else set())
