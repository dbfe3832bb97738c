"""A week that is over, as it is seen: sentences of the brief of its Sunday, and what became of what was told."""

from __future__ import annotations

from dataclasses import replace

from fitintel.core.answers import Told
from fitintel.core.records import Level
from fitintel.core.squad import Review
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.brief import BriefView, LineView, SectionView
from fitintel.views.opened import view_of
from fitintel.views.words import say
from fitintel.views.words.goals import KINDS
from fitintel.views.words.said import Said

WEEK = ("week_so_far", "week_plan", "week_streak", "load_week")
KEPT = ("alerts", "trends", "forecast", "goals", "consistency", "load", "recommendations")
"""sections of the brief that follow"""
SIGNS = {"done": "✓", "came true": "✓", "partly done": "→", "not done": "○", "above": "↗", "below": "↘",
         "confirmed": "✓", "dismissed": "○"}  # fmt: skip


def weekly_view(review: Review, units: str | None = None) -> BriefView:
    """What is seen of a week, in `units` (default: the athlete's own)."""
    seen = view_of(review.opened, units)
    lines = {line.code: line for section in seen.sections for line in section.lines}
    first = numbers.date_range(review.week, review.week + 6)
    header = replace(seen.header, title="Weekly review", day_said=f"Week of {first}")
    whole = SectionView("week", "The week", tuple(lines[code] for code in WEEK if code in lines), ())
    became = SectionView("became", "What became of it", tuple(_became(one, seen.units) for one in review.became), (),
                         "Nothing that was told this week has come to an end yet.")  # fmt: skip
    later = [replace(seen.section(name), lines=tuple(_over(line, seen.units) for line in seen.section(name).lines
                                                     if line.code not in WEEK)) for name in KEPT]  # fmt: skip
    return BriefView(header, (whole, became, *later))


def _over(line: LineView, units: UnitSystem) -> LineView:
    """A weekly goal as it ended; any other sentence as it is."""
    if line.code != "goal_week":
        return line
    goal, so_far = (numbers.quantity(line.values[name], KINDS[line.values["kind"]], units)
                    for name in ("goal", "so_far"))  # fmt: skip
    reached = line.values["needed"] <= 0
    said = Said(f"Goal of {goal} a week: {so_far}, {'reached' if reached else 'not reached'}.",
                sign="✓" if reached else "○")  # fmt: skip
    return replace(line, said=said)


def _became(one: Told, units: UnitSystem) -> LineView:
    text = say(one.code, one.detail or {}, units).text
    said = Said(text, (f"Became: {one.outcome}.",), lead=numbers.date(one.day), sign=SIGNS.get(one.outcome, ""))
    return LineView(one.code, "", Level.INFO, said, (), one.workout_ids, one.detail or {})
