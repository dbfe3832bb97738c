"""What to do next: an action, its reason, and the least that still counts. Never medical advice."""

from __future__ import annotations

from fitintel.core import days
from fitintel.views import numbers
from fitintel.views.words.said import Facts, Said, Sentence, workout_field

LEAST = "Ten minutes make a training day."
"""The definition of a training day (consistency score)."""


def restart(facts: Facts) -> Said:
    """After a gap."""
    return Said(f"Do one easy session of about {numbers.count(facts['minutes'], 'minute')}.",
                reason=f"{numbers.count(facts['gap_days'], 'day')} without training, longer than is usual for you.",
                minimum=LEAST)  # fmt: skip


def ease(facts: Facts) -> Said:
    """After a heavy week."""
    return Said("Keep the sessions of this week, but make them shorter and easier.",
                reason=f"Last week held {facts.show('value', 'duration')} of training; "
                       f"{facts.show('expected', 'duration')} would be usual. Form is low.")  # fmt: skip


def anchor_days(facts: Facts) -> Said:
    """Regular weekdays."""
    names = [f"{days.WEEKDAYS[weekday]}s" for weekday in facts["weekdays"]]
    if not names:
        return Said(
            "Choose fixed weekdays for training.", reason="Consistency has most to gain from them.", minimum=LEAST
        )
    return Said(f"Keep {numbers.listed(names)} for training.",
                reason="They are your most frequent training days of the last 26 weeks; regular days are what "
                       "consistency has most to gain from.", minimum=LEAST)  # fmt: skip


def fix_entry(facts: Facts) -> Said:
    """A number that looks wrong."""
    name, _ = workout_field(facts["field"])
    return Said(f"Check the {name} of the workout of {numbers.date(facts['day'])}; correct it at its source and "
                "import again.",
                reason="It looks wrong, and other figures stand on it.")  # fmt: skip


def keep(facts: Facts) -> Said:
    """All is well."""
    return Said(f"Keep to {numbers.count(facts['sessions'], 'training day')} a week.",
                reason="No part of consistency is weak.", minimum=LEAST)  # fmt: skip


def log_effort(facts: Facts) -> Said:
    """Load stands on a rough estimate."""
    return Said("Rate the effort of each session from 0 to 10.",
                reason="Load is only a rough estimate as long as it is made from time and speed alone.")  # fmt: skip


def collect(facts: Facts) -> Said:
    """Too little data."""
    return Said("Keep recording every workout.",
                reason=f"A first look needs {numbers.count(facts['needed'], 'workout')} over two full weeks.",
                )  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "recommend_restart": restart, "recommend_ease": ease, "recommend_anchor_days": anchor_days,
    "recommend_fix_entry": fix_entry, "recommend_keep": keep, "recommend_rate_effort": log_effort,
    "recommend_collect": collect,
}  # fmt: skip
