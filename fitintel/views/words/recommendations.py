"""What to do next: an action, its reason, and the least that still counts. Never medical advice."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.language import _, counted, marked
from fitintel.views.words.said import Facts, Said, Sentence, Typed, workout_field

UNKNOWN = marked("Not known: there is too little like it in your own past.")
LEAST = marked("Ten minutes make a training day.")
"""The definition of a training day (consistency score)."""


GAPS = marked("After {n} earlier gaps of yours the usual amount was back within {value} weeks (80 % of them {range}).")
EASIER = marked("Over {n} easier weeks of yours the load balance (TSB) changed by {value} (80 % of them {range}).")
ANCHORED = (
    marked("After {n} weeks of yours in which most of these days were kept, the next held {value} training days beside "
           "other weeks (80 % interval {range}). What goes together is not shown to cause.")
)  # fmt: skip


def _effect(facts: Facts, message: str, digits: int) -> str:
    """What followed in the athlete's own past, with its interval and the number of cases."""
    effect = facts.values.get("effect")
    if not effect:
        return _(UNKNOWN)
    signed = digits == 1
    value, low, high = (numbers.plain(effect[name], digits, signed=signed) for name in ("value", "low", "high"))
    return _(message, value=value, range=numbers.span(low, high), n=effect["n"])


def _until(facts: Facts) -> tuple[str, ...]:
    return (_("Meant until {day}.", day=numbers.date(facts["until"])),) if facts.has("until") else ()


def restart(facts: Facts) -> Said:
    """After a gap."""
    return Said(counted("Do one easy session of about {n} minute.", "Do one easy session of about {n} minutes.",
                        facts["minutes"]),
                reason=counted("{n} day without training, longer than is usual for you.",
                               "{n} days without training, longer than is usual for you.", facts["gap_days"]),
                minimum=_(LEAST), notes=_until(facts),
                avoid=_("The full amount of the weeks before the gap at once."),
                effect=_effect(facts, GAPS, 0))  # fmt: skip


def ease(facts: Facts) -> Said:
    """After a heavy week."""
    return Said(_("Keep the sessions of this week, but make them shorter and easier."),
                reason=_("Last week held {value} of training; {expected} would be usual. The load balance is low.",
                         value=facts.show("value", "duration"), expected=facts.show("expected", "duration")),
                minimum=_("One session less than last week."), notes=_until(facts),
                avoid=_("Adding sessions to make up for the easier ones."),
                effect=_effect(facts, EASIER, 0))  # fmt: skip


WEEKDAYS = (
    marked("Mondays"), marked("Tuesdays"), marked("Wednesdays"), marked("Thursdays"), marked("Fridays"),
    marked("Saturdays"), marked("Sundays"),
)  # fmt: skip
"""every week on that day"""


def anchor_days(facts: Facts) -> Said:
    """Regular weekdays."""
    names = [_(WEEKDAYS[weekday]) for weekday in facts["weekdays"]]
    if not names:
        return Said(_("Choose fixed weekdays for training."), reason=_("Consistency has most to gain from them."),
                    minimum=_(LEAST))  # fmt: skip
    return Said(_("Keep {weekdays} for training.", weekdays=numbers.listed(names)),
                reason=_("They are your most frequent training days of the last 26 weeks; regular days are what "
                         "consistency has most to gain from."), minimum=_(LEAST), notes=_until(facts),
                avoid=_("A long session on another day in place of two short ones on these."),
                effect=_effect(facts, ANCHORED, 1))  # fmt: skip


def fix_entry(facts: Facts) -> Said:
    """A number that looks wrong."""
    name = workout_field(facts["field"])[0]
    return Said(_("Check the {name} of the workout of {day}; correct it at its source and import again.", name=name,
                  day=numbers.date(facts["day"])),
                reason=_("It looks wrong, and other figures stand on it."),
                minimum=_("Say that it is right: dismiss the alert."),
                effect=Typed(_("The figures that stand on it change; {command} says which.",
                               command="fitintel brief --diff"),
                             _("The figures that stand on it change.")))  # fmt: skip


def keep(facts: Facts) -> Said:
    """All is well."""
    return Said(counted("Keep to {n} training day a week.", "Keep to {n} training days a week.", facts["sessions"]),
                reason=_("No part of consistency is weak."), minimum=_(LEAST), notes=_until(facts),
                effect=_("The habit stays as it is; what more of it would bring is not known."),
                avoid=_("More days than that only to raise the score: they earn nothing in it."))  # fmt: skip


def log_effort(facts: Facts) -> Said:
    """Load stands on a rough estimate."""
    return Said(_("Rate the effort of each session from 0 to 10."),
                reason=_("Load is only a rough estimate as long as it is made from time and speed alone."),
                minimum=_("The hardest session of the week."),
                effect=_("Load is made from ratings once nine of ten sessions of a year have one."))  # fmt: skip


def collect(facts: Facts) -> Said:
    """Too little data."""
    return Said(_("Keep recording every workout."),
                reason=counted("A first look needs {n} workout over two full weeks.",
                               "A first look needs {n} workouts over two full weeks.", facts["needed"]),
                minimum=_("Day and time of each."),
                effect=_("A first look at habit, then trend and forecast."))  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "recommend_restart": restart, "recommend_ease": ease, "recommend_anchor_days": anchor_days,
    "recommend_fix_entry": fix_entry, "recommend_keep": keep, "recommend_rate_effort": log_effort,
    "recommend_collect": collect,
}  # fmt: skip
