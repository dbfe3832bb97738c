"""The one thing that matters most today."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.words import readiness
from fitintel.views.words.said import Facts, Said, Sentence

WEAKEST = {
    "F": "fewer training days a week than the goal",
    "R": "training on changing weekdays",
    "G": "a long gap between training days",
    "P": "planned sessions that were missed",
}
"""Part of the consistency score -> what is wrong when it is the weakest."""


def ready(facts: Facts) -> Said:
    """The signs of readiness are down."""
    said = readiness.verdict(facts)
    clash = ("The signs disagree: see readiness.",) if facts["conflict"] else ()
    return Said(said.text, (f"{said.reason} {said.notes[0]}", *clash))


def restart(facts: Facts) -> Said:
    """After a long gap."""
    return Said("Get going again with one easy session.",
                (f"The last training day was {numbers.count(facts['gap_days'], 'day')} ago.",))  # fmt: skip


def ease(facts: Facts) -> Said:
    """After much more than usual."""
    return Said(
        "Take the next days easier.",
        (f"The last complete week held {facts.show('week', 'duration')} of training; "
         f"{facts.show('expected', 'duration')} would be usual. "
         f"The load balance (TSB) is {numbers.plain(facts['tsb'])}.",),
    )  # fmt: skip


def consistency(facts: Facts) -> Said:
    """Habit has the most to gain."""
    return Said("Make training more regular.",
                (f"Consistency is {numbers.plain(facts['score'])} of 100. "
                 f"What costs most: {WEAKEST[facts['weakest']]}.",))  # fmt: skip


def check_data(facts: Facts) -> Said:
    """Entries that look wrong come first: every figure stands on them."""
    n = facts["n"]
    return Said("Check the data first.",
                (f"{numbers.count(n, 'recent workout')} {'looks' if n == 1 else 'look'} wrong; see the alerts.",),
                )  # fmt: skip


def steady(facts: Facts) -> Said:
    """Nothing calls for a change."""
    return Said("Keep going as you are.",
                (f"Consistency is {numbers.plain(facts['score'])} of 100, and no part of it is weak.",))  # fmt: skip


def collect(facts: Facts) -> Said:
    """Too little data for anything else."""
    n, needed = facts["n"], facts["needed"]
    if n < needed:
        return Said(
            "Record your next workouts.", (f"{n:,} of {numbers.count(needed, 'workout')} that a first look needs.",)
        )
    return Said("Record your next workouts.",
                (f"{numbers.count(n, 'workout')} so far; habits can be judged after two full weeks.",))  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "focus_readiness": ready,
    "focus_restart": restart, "focus_ease": ease, "focus_consistency": consistency, "focus_check_data": check_data,
    "focus_steady": steady, "focus_collect": collect,
}  # fmt: skip
