"""Trends of weekly quantities, and their lasting changes."""

from __future__ import annotations

from fitintel.core import days
from fitintel.views import numbers
from fitintel.views.words.alerts import shift
from fitintel.views.words.said import Facts, Said, Sentence, capital, subject

SPAN = 4
"""Slopes are per week; people read the change over this many weeks."""


def _evidence(facts: Facts) -> tuple[str, ...]:
    what = subject(facts["subject"])
    if not facts.has("low", "high"):
        return ()
    said = (f"Change per {SPAN} weeks, {facts.interval('confidence')}: "
            f"{facts.between('low', 'high', what.change, signed=True, times=SPAN)}")  # fmt: skip
    said += f"; {numbers.chance(facts['p'])}" if facts.has("p") else ""
    return (f"{said}; {numbers.count(facts['weeks'], 'week')} of data.",)


def _moving(facts: Facts, word: str, sign: str) -> Said:
    what = subject(facts["subject"])
    change = numbers.quantity(facts["slope"] * SPAN, what.change, facts.units, signed=True)
    share = f" ({numbers.percent(facts['relative'], signed=True)})" if facts.has("relative") else ""
    return Said(f"{capital(what.name)} is {word}: {change} per {SPAN} weeks{share}.", _evidence(facts), sign=sign)


def improving(facts: Facts) -> Said:
    """Rising, or faster."""
    return _moving(facts, subject(facts["subject"]).up, "↗")


def declining(facts: Facts) -> Said:
    """Falling, or slower."""
    return _moving(facts, subject(facts["subject"]).down, "↘")


def plateau(facts: Facts) -> Said:
    """Shown to be steady, not merely unproven."""
    return Said(f"{capital(subject(facts['subject']).name)} is steady.", _evidence(facts), sign="→")


def uncertain(facts: Facts) -> Said:
    """Neither a direction nor steadiness is shown."""
    what = subject(facts["subject"])
    return Said(f"{capital(what.name)} has no clear direction.", _evidence(facts), sign="?")


def insufficient(facts: Facts) -> Said:
    """Too few weeks."""
    return Said(f"Too little data for a trend in {subject(facts['subject']).name}: "
                f"{facts['weeks']:,} of {numbers.count(facts['needed'], 'week')}.", sign="○")  # fmt: skip


def change_point_none(facts: Facts) -> Said:
    """No lasting change in the whole history, or too short a history to see one."""
    what, weeks = subject(facts["subject"]).name, facts["weeks"]
    shortest = 2 * facts.parameters.get("min_size", 1)
    if weeks < shortest:
        return Said(f"Too little data for a lasting change of {what}: {weeks:,} of {numbers.count(shortest, 'week')}.",
                    sign="○")  # fmt: skip
    return Said(f"{capital(what)}: no lasting change in {numbers.count(weeks, 'week')}.", sign="→")


def change_point_possible(facts: Facts) -> Said:
    """A change that the data hint at without being sure."""
    what = subject(facts["subject"]).name
    went = "risen" if facts["after"] > facts["before"] else "fallen"
    size = f" ({numbers.percent(facts['relative'], signed=True)})" if facts.has("relative") else ""
    return Said(f"{capital(what)} may have {went} lastingly around {days.said(facts['day'])}{size}; the data are not "
                "sure of it.", shift(facts).notes, sign="?")  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "trend_improving": improving, "trend_declining": declining, "trend_plateau": plateau,
    "trend_uncertain": uncertain, "trend_insufficient": insufficient, "change_point": shift,
    "change_point_none": change_point_none, "change_point_possible": change_point_possible,
}  # fmt: skip
