"""The week so far: against the last four weeks, against the plan, and the streak of weeks that reached the goal."""

from __future__ import annotations

from fitintel.core import days
from fitintel.views import numbers
from fitintel.views.words.said import Facts, Figure, Said, Sentence


def so_far(facts: Facts) -> Said:
    """Totals since Monday beside what is usual by now."""
    main = facts["subject"]
    upto = days.WEEKDAYS[facts["days"] - 1]
    parts = [facts.show("sessions", "sessions"), facts.show("duration", "duration")]
    if facts["distance"] > 0 or main == "distance":
        parts.append(facts.show("distance", "distance"))
    text = f"Monday{numbers.TO}{upto}" if facts["days"] > 1 else "Monday"
    said = f"{text}: {numbers.listed(parts)}."
    if not facts["n"]:
        return Said(said, ("There is no earlier week to compare with.",))
    weeks = "week" if facts["n"] == 1 else f"mean of the last {facts['n']} weeks"
    over = facts["days"] == 7
    same = "in whole weeks before" if over else "by this day before"
    usual = facts.show(f"whole_{main}", main)
    notes = (f"By this day: {facts.show(f'same_days_{main}', main)} in the {weeks}; whole weeks hold {usual}.",)
    if over:
        notes = (f"{usual} in the {weeks}.",)
    figures = tuple(
        Figure(*_split(facts.show(name, name)), label,
               f"{facts.show(f'same_days_{name}', name)} {same}")
        for name, label in ((main, "this week" if over else "this week so far"), ("sessions", "sessions"))
    )  # fmt: skip
    return Said(said, notes, figures)


def _split(shown: str) -> tuple[str, str]:
    value, _, unit = shown.partition(" ")
    return value, unit


def plan(facts: Facts) -> Said:
    """How much of the plan was done."""
    text = f"Plan of the week: {facts['met']} of {numbers.count(facts['due'], 'workout')} due so far done"
    if not facts["due"]:
        text = "Plan of the week: nothing was due so far"
    extra = [f"{facts[name]} {words}" for name, words in (("partly", "in part"), ("replaced", "by another sport"),
                                                            ("missed", "not done")) if facts[name]]  # fmt: skip
    if extra:
        text += f" ({', '.join(extra)})"
    notes = [f"{numbers.count(facts['left'], 'workout')} to come." if facts["left"] else "Nothing is left to do of it."]
    if facts.has("planned"):
        notes.append(f"{facts.show('duration', 'duration')} of {facts.show('planned', 'duration')} planned for the "
                     "whole week.")  # fmt: skip
    if facts["rest_days"]:
        notes.append(f"{numbers.count(facts['rest_days'], 'day')} of rest so far, as planned.")
    return Said(f"{text}.", tuple(notes))


def streak(facts: Facts) -> Said:
    """Weeks in a row with the training days aimed at; rest days are part of it."""
    goal = numbers.quantity(facts["goal"], "training days", facts.units)
    still = facts["goal"] - facts["training"]
    now = "this week has them already" if still <= 0 else (
        f"this week has {numbers.quantity(facts['training'], 'training days', facts.units)} with "
        f"{numbers.count(facts['left'], 'day')} left"
    )  # fmt: skip
    if not facts["streak"]:
        return Said(f"Last week had fewer than {goal}; {now}.", ("Days of rest between them are part of the week.",))
    return Said(f"{numbers.count(facts['streak'], 'week')} in a row with at least {goal}; {now}.",
                ("Days of rest between them are part of the week.",), sign="✓")  # fmt: skip


SENTENCES: dict[str, Sentence] = {"week_so_far": so_far, "week_plan": plan, "week_streak": streak}
