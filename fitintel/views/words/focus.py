"""The one thing that matters most today."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.language import _, chosen, counted, marked
from fitintel.views.words import readiness
from fitintel.views.words.said import Facts, Said, Sentence

WEAKEST = {
    "F": marked("fewer training days a week than the goal"),
    "R": marked("training on changing weekdays"),
    "G": marked("a long gap between training days"),
    "P": marked("planned sessions that were missed"),
}
"""Part of the consistency score -> what is wrong when it is the weakest."""


def ready(facts: Facts) -> Said:
    """The signs of readiness are down."""
    said = readiness.verdict(facts)
    clash = (_("The signs disagree: see readiness."),) if facts["conflict"] else ()
    return Said(said.text, (f"{said.reason} {said.notes[0]}", *clash))


def restart(facts: Facts) -> Said:
    """After a long gap."""
    return Said(_("Get going again with one easy session."),
                (counted("The last training day was {n} day ago.", "The last training day was {n} days ago.",
                         facts["gap_days"]),))  # fmt: skip


def ease(facts: Facts) -> Said:
    """After much more than usual."""
    return Said(
        _("Take the next days easier."),
        (_("The last complete week held {value} of training; {expected} would be usual. The load balance (TSB) is "
           "{balance}.", value=facts.show("week", "duration"), expected=facts.show("expected", "duration"),
           balance=numbers.plain(facts["tsb"])),),
    )  # fmt: skip


def consistency(facts: Facts) -> Said:
    """Habit has the most to gain."""
    return Said(_("Make training more regular."),
                (_("Consistency is {score} of 100. What costs most: {weakest}.", score=numbers.plain(facts["score"]),
                   weakest=_(WEAKEST[facts["weakest"]])),))  # fmt: skip


def check_data(facts: Facts) -> Said:
    """Entries that look wrong come first: every figure stands on them."""
    return Said(_("Check the data first."),
                (counted("{n} recent workout looks wrong; see the alerts.",
                         "{n} recent workouts look wrong; see the alerts.", facts["n"]),))  # fmt: skip


def steady(facts: Facts) -> Said:
    """Nothing calls for a change."""
    return Said(_("Keep going as you are."),
                (_("Consistency is {score} of 100, and no part of it is weak.", score=numbers.plain(facts["score"])),),
                )  # fmt: skip


def collect(facts: Facts) -> Said:
    """Too little data for anything else."""
    n, needed = facts["n"], facts["needed"]
    said = counted("{n} workout so far; habits can be judged after two full weeks.",
                   "{n} workouts so far; habits can be judged after two full weeks.", n)  # fmt: skip
    if n < needed:
        said = chosen("{n} of {needed} workout that a first look needs.",
                      "{n} of {needed} workouts that a first look needs.", needed, n=numbers.plain(n),
                      needed=numbers.plain(needed))  # fmt: skip
    return Said(_("Record your next workouts."), (said,))


SENTENCES: dict[str, Sentence] = {
    "focus_readiness": ready,
    "focus_restart": restart, "focus_ease": ease, "focus_consistency": consistency, "focus_check_data": check_data,
    "focus_steady": steady, "focus_collect": collect,
}  # fmt: skip
