"""What to do next: an action, its reason, and the least that still counts. Never medical advice."""

from __future__ import annotations

from fitintel.core import days
from fitintel.views import numbers
from fitintel.views.words.said import Facts, Said, Sentence, workout_field

UNKNOWN = "Not known: there is too little like it in your own past."
LEAST = "Ten minutes make a training day."
"""The definition of a training day (consistency score)."""


def _effect(facts: Facts, text: str, digits: int) -> str:
    """What followed in the athlete's own past, with its interval and the number of cases."""
    effect = facts.values.get("effect")
    if not effect:
        return UNKNOWN
    signed = digits == 1
    value, low, high = (numbers.plain(effect[name], digits, signed=signed) for name in ("value", "low", "high"))
    return text.format(value=value, low=low, high=high, n=effect["n"])


def _until(facts: Facts) -> tuple[str, ...]:
    return (f"Meant until {numbers.date(facts['until'])}.",) if facts.has("until") else ()


def restart(facts: Facts) -> Said:
    """After a gap."""
    return Said(f"Do one easy session of about {numbers.count(facts['minutes'], 'minute')}.",
                reason=f"{numbers.count(facts['gap_days'], 'day')} without training, longer than is usual for you.",
                minimum=LEAST, notes=_until(facts), avoid="The full amount of the weeks before the gap at once.",
                effect=_effect(facts, "After {n} earlier gaps of yours the usual amount was back within {value} weeks "
                               "(80 % of them {low} to {high}).", 0))  # fmt: skip


def ease(facts: Facts) -> Said:
    """After a heavy week."""
    return Said("Keep the sessions of this week, but make them shorter and easier.",
                reason=f"Last week held {facts.show('value', 'duration')} of training; "
                       f"{facts.show('expected', 'duration')} would be usual. The load balance is low.",
                minimum="One session less than last week.", notes=_until(facts),
                avoid="Adding sessions to make up for the easier ones.",
                effect=_effect(facts, "Over {n} easier weeks of yours the load balance (TSB) changed by {value} "
                               "(80 % of them {low} to {high}).", 0))  # fmt: skip


def anchor_days(facts: Facts) -> Said:
    """Regular weekdays."""
    names = [f"{days.WEEKDAYS[weekday]}s" for weekday in facts["weekdays"]]
    if not names:
        return Said(
            "Choose fixed weekdays for training.", reason="Consistency has most to gain from them.", minimum=LEAST
        )
    return Said(f"Keep {numbers.listed(names)} for training.",
                reason="They are your most frequent training days of the last 26 weeks; regular days are what "
                       "consistency has most to gain from.", minimum=LEAST, notes=_until(facts),
                avoid="A long session on another day in place of two short ones on these.",
                effect=_effect(facts, "After {n} weeks of yours in which most of these days were kept, the next held "
                               "{value} training days beside other weeks (80 % interval {low} to {high}). What goes "
                               "together is not shown to cause.", 1))  # fmt: skip


def fix_entry(facts: Facts) -> Said:
    """A number that looks wrong."""
    name, _ = workout_field(facts["field"])
    return Said(f"Check the {name} of the workout of {numbers.date(facts['day'])}; correct it at its source and "
                "import again.",
                reason="It looks wrong, and other figures stand on it.",
                minimum="Say that it is right: dismiss the alert.",
                effect="The figures that stand on it change; fitintel brief --diff says which.")  # fmt: skip


def keep(facts: Facts) -> Said:
    """All is well."""
    return Said(f"Keep to {numbers.count(facts['sessions'], 'training day')} a week.",
                reason="No part of consistency is weak.", minimum=LEAST, notes=_until(facts),
                effect="The habit stays as it is; what more of it would bring is not known.",
                avoid="More days than that only to raise the score: they earn nothing in it.")  # fmt: skip


def log_effort(facts: Facts) -> Said:
    """Load stands on a rough estimate."""
    return Said("Rate the effort of each session from 0 to 10.",
                reason="Load is only a rough estimate as long as it is made from time and speed alone.",
                minimum="The hardest session of the week.",
                effect="Load is made from ratings once nine of ten sessions of a year have one.")  # fmt: skip


def collect(facts: Facts) -> Said:
    """Too little data."""
    return Said("Keep recording every workout.",
                reason=f"A first look needs {numbers.count(facts['needed'], 'workout')} over two full weeks.",
                minimum="Day and time of each.", effect="A first look at habit, then trend and forecast.")  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "recommend_restart": restart, "recommend_ease": ease, "recommend_anchor_days": anchor_days,
    "recommend_fix_entry": fix_entry, "recommend_keep": keep, "recommend_rate_effort": log_effort,
    "recommend_collect": collect,
}  # fmt: skip
