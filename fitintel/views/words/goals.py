"""Goals: how likely each is reached, and how such chances fared before."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.words.said import Facts, Said, Sentence

KINDS = {"training_days": "training days", "weekly_duration": "duration", "weekly_distance": "distance"}
"""kind of goal -> kind of number"""


def _chance(p: float) -> str:
    """A chance as whole percent, never rounded to certainty."""
    if p >= 0.99:
        return "over 99 %"
    return "under 1 %" if p <= 0.01 else numbers.percent(p)


def _fared(facts: Facts) -> tuple[str, ...]:
    if not facts.has("mean_said", "came_true"):
        return ("There are too few past cases to test such a chance on.",)
    better = "" if facts["brier"] < facts["brier_base"] else " It was no better than counting how often it came true."
    return (f"In {facts['tests']:,} tests on your own past the chance averaged {numbers.percent(facts['mean_said'])}; "
            f"{numbers.percent(facts['came_true'])} came true ({numbers.percent(facts['came_low'])}{numbers.TO}"
            f"{numbers.percent(facts['came_high'])}, allowing for chance).{better}",)  # fmt: skip


def week(facts: Facts) -> Said:
    """A weekly goal."""
    kind = KINDS[facts["kind"]]
    goal, so_far = facts.show("goal", kind), facts.show("so_far", kind)
    if facts["needed"] <= 0:
        return Said(f"Goal of {goal} a week: reached, with {so_far}.", sign="✓")
    if not facts.has("p"):
        return Said(f"Goal of {goal} a week: {so_far} so far; too few weeks to say how likely it is reached, "
                    f"{facts['n']} of 8.")  # fmt: skip
    left = numbers.count(facts["days_left"], "day")
    return Said(
        f"Goal of {goal} a week: {so_far} so far, {left} left; a chance of {_chance(facts['p'])} to reach it.",
        (f"In the last {numbers.count(facts['n'], 'week')} the rest of the week was enough in about that share (80 % "
         f"interval {numbers.percent(facts['p_low'])}{numbers.TO}{numbers.percent(facts['p_high'])}).",
         *_fared(facts)),
    )  # fmt: skip


def ctl(facts: Facts) -> Said:
    """A load target on a day."""
    name = f"{facts['name']}, " if facts["name"] else ""
    text = f"CTL {numbers.plain(facts['target'])} on {name}{numbers.date(facts['day'])}"
    if not facts.has("p"):
        return Said(f"{text}: too far ahead, or too few weeks of load, to say how likely it is.")
    return Said(
        f"{text}: a chance of {_chance(facts['p'])} if the weeks to come are like the last half year.",
        (f"Expected {numbers.plain(facts['expected'])}, 80 % interval {numbers.plain(facts['low'])}{numbers.TO}"
         f"{numbers.plain(facts['high'])}; today {numbers.plain(facts['ctl'])}. CTL is smoothed load: it says nothing "
         "of a result.", *_fared(facts)),
    )  # fmt: skip


def event(facts: Facts) -> Said:
    """A day to be ready for."""
    return Said(f"{facts['name']} in {numbers.count(facts['ahead'], 'day')}, on {numbers.date(facts['day'])}.",
                ("Compare ways to get there with: fitintel what-if",))  # fmt: skip


SENTENCES: dict[str, Sentence] = {"goal_week": week, "goal_ctl": ctl, "goal_event": event}
