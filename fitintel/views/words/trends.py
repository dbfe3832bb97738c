"""Trends of weekly quantities, and their lasting changes."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.language import _, chosen, counted
from fitintel.views.words.alerts import shift
from fitintel.views.words.said import Facts, Said, Sentence, aside, capital, subject

SPAN = 4
"""Slopes are per week; people read the change over this many weeks."""


def _evidence(facts: Facts) -> tuple[str, ...]:
    what = subject(facts["subject"])
    if not facts.has("low", "high"):
        return ()
    chance = f"; {numbers.chance(facts['p'])}" if facts.has("p") else ""
    return (
        counted(
            "Change per {span} weeks, {interval}: {change}{chance}; {n} week of data.",
            "Change per {span} weeks, {interval}: {change}{chance}; {n} weeks of data.", facts["weeks"], span=SPAN,
            interval=facts.interval("confidence"), chance=chance,
            change=facts.between("low", "high", what.change, signed=True, times=SPAN),
        ),
    )  # fmt: skip


def _moving(facts: Facts, message: str, sign: str) -> Said:
    what = subject(facts["subject"])
    change = numbers.quantity(facts["slope"] * SPAN, what.change, facts.units, signed=True)
    return Said(_(message, subject=capital(what.name), change=change, n=SPAN, share=_share(facts)), _evidence(facts),
                sign=sign)  # fmt: skip


def _share(facts: Facts) -> str:
    return aside(numbers.percent(facts["relative"], signed=True) if facts.has("relative") else "")


def improving(facts: Facts) -> Said:
    """Rising, or faster."""
    return _moving(facts, subject(facts["subject"]).up, "↗")


def declining(facts: Facts) -> Said:
    """Falling, or slower."""
    return _moving(facts, subject(facts["subject"]).down, "↘")


def plateau(facts: Facts) -> Said:
    """Shown to be steady, not merely unproven."""
    return Said(_("{subject} is steady.", subject=capital(subject(facts["subject"]).name)), _evidence(facts), sign="→")


def uncertain(facts: Facts) -> Said:
    """Neither a direction nor steadiness is shown."""
    what = subject(facts["subject"])
    return Said(_("{subject} has no clear direction.", subject=capital(what.name)), _evidence(facts), sign="?")


def insufficient(facts: Facts) -> Said:
    """Too few weeks."""
    needed = facts["needed"]
    return Said(chosen("Too little data for a trend in {subject}: {n} of {needed} week.",
                       "Too little data for a trend in {subject}: {n} of {needed} weeks.", needed,
                       subject=subject(facts["subject"]).name, n=numbers.plain(facts["weeks"]),
                       needed=numbers.plain(needed)), sign="○")  # fmt: skip


def change_point_none(facts: Facts) -> Said:
    """No lasting change in the whole history, or too short a history to see one."""
    what, weeks = subject(facts["subject"]).name, facts["weeks"]
    shortest = 2 * facts.parameters.get("min_size", 1)
    if weeks < shortest:
        return Said(chosen("Too little data for a lasting change of {subject}: {n} of {needed} week.",
                           "Too little data for a lasting change of {subject}: {n} of {needed} weeks.", shortest,
                           subject=what, n=numbers.plain(weeks), needed=numbers.plain(shortest)),
                    sign="○")  # fmt: skip
    return Said(counted("{subject}: no lasting change in {n} week.", "{subject}: no lasting change in {n} weeks.",
                        weeks, subject=capital(what)), sign="→")  # fmt: skip


def change_point_possible(facts: Facts) -> Said:
    """A change that the data hint at without being sure."""
    rose = facts["after"] > facts["before"]
    said = (_("{subject} may have risen lastingly around {day}{share}; the data are not sure of it.") if rose else
            _("{subject} may have fallen lastingly around {day}{share}; the data are not sure of it."))  # fmt: skip
    return Said(said.format(subject=capital(subject(facts["subject"]).name), day=numbers.short_date(facts["day"]),
                            share=_share(facts)), shift(facts).notes, sign="?")  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "trend_improving": improving, "trend_declining": declining, "trend_plateau": plateau,
    "trend_uncertain": uncertain, "trend_insufficient": insufficient, "change_point": shift,
    "change_point_none": change_point_none, "change_point_possible": change_point_possible,
}  # fmt: skip
