"""The week so far: against the last four weeks, against the plan, and the streak of weeks that reached the goal."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.language import _, chosen, counted
from fitintel.views.words.said import Facts, Figure, Said, Sentence, aside, capital


def so_far(facts: Facts) -> Said:
    """Totals since Monday beside what is usual by now."""
    main = facts["subject"]
    upto = numbers.weekday(facts["days"] - 1)
    monday = capital(numbers.weekday(0))
    parts = [facts.show("sessions", "sessions"), facts.show("duration", "duration")]
    if facts["distance"] > 0 or main == "distance":
        parts.append(facts.show("distance", "distance"))
    total = numbers.listed(parts)
    said = _("{day}: {total}.", day=numbers.span(monday, upto) if facts["days"] > 1 else monday, total=total)
    if not facts["n"]:
        return Said(said, (_("There is no earlier week to compare with."),))
    usual, over = facts.show(f"whole_{main}", main), facts["days"] == 7
    if over:
        note = chosen("{usual} in the week.", "{usual} in the mean of the last {n} weeks.", facts["n"], usual=usual,
                      n=facts["n"])  # fmt: skip
    else:
        note = chosen("By this day: {value} in the week; whole weeks hold {usual}.",
                      "By this day: {value} in the mean of the last {n} weeks; whole weeks hold {usual}.", facts["n"],
                      value=facts.show(f"same_days_{main}", main), usual=usual, n=facts["n"])  # fmt: skip
    label = _("this week") if over else _("this week so far")
    figures = tuple(
        Figure(*facts.show(name, name).partition(" ")[::2], words, _before(facts, name, over=over))
        for name, words in ((main, label), ("sessions", _("sessions")))
    )
    return Said(said, (note,), figures)


def _before(facts: Facts, name: str, *, over: bool) -> str:
    value = facts.show(f"same_days_{name}", name)
    return _("{value} in whole weeks before", value=value) if over else _("{value} by this day before", value=value)


def plan(facts: Facts) -> Said:
    """How much of the plan was done."""
    parts = (
        (facts["partly"], _("{n} in part", n=facts["partly"])),
        (facts["replaced"], _("{n} by another sport", n=facts["replaced"])),
        (facts["missed"], _("{n} not done", n=facts["missed"])),
    )
    extra = aside(", ".join(words for n, words in parts if n))
    text = _("Plan of the week: nothing was due so far{extra}.", extra=extra)
    if facts["due"]:
        text = counted("Plan of the week: {met} of {n} workout due so far done{extra}.",
                       "Plan of the week: {met} of {n} workouts due so far done{extra}.", facts["due"],
                       met=facts["met"], extra=extra)  # fmt: skip
    left = counted("{n} workout to come.", "{n} workouts to come.", facts["left"])
    notes = [left if facts["left"] else _("Nothing is left to do of it.")]
    if facts.has("planned"):
        notes.append(_("{value} of {planned} planned for the whole week.", value=facts.show("duration", "duration"),
                       planned=facts.show("planned", "duration")))  # fmt: skip
    if facts["rest_days"]:
        notes.append(counted("{n} day of rest so far, as planned.", "{n} days of rest so far, as planned.",
                             facts["rest_days"]))  # fmt: skip
    return Said(text, tuple(notes))


def streak(facts: Facts) -> Said:
    """Weeks in a row with the training days aimed at; rest days are part of it."""
    goal = numbers.quantity(facts["goal"], "training days", facts.units)
    now = _("this week has them already")
    if facts["goal"] > facts["training"]:
        done = numbers.quantity(facts["training"], "training days", facts.units)
        now = counted("this week has {value} with {n} day left", "this week has {value} with {n} days left",
                      facts["left"], value=done)  # fmt: skip
    rest = (_("Days of rest between them are part of the week."),)
    if not facts["streak"]:
        return Said(_("Last week had fewer than {goal}; {now}.", goal=goal, now=now), rest)
    return Said(counted("{n} week in a row with at least {goal}; {now}.",
                        "{n} weeks in a row with at least {goal}; {now}.", facts["streak"], goal=goal, now=now),
                rest, sign="✓")  # fmt: skip


SENTENCES: dict[str, Sentence] = {"week_so_far": so_far, "week_plan": plan, "week_streak": streak}
