"""A week that is over, as it is seen: sentences of the brief of its Sunday, and what became of what was told."""

from __future__ import annotations

from dataclasses import replace

from fitintel.core.answers import Told
from fitintel.core.records import Level
from fitintel.core.squad import Review
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.brief import BriefView, LineView, SectionView
from fitintel.views.language import _, marked, speaking
from fitintel.views.opened import view_of
from fitintel.views.sections import NOTHING
from fitintel.views.words import say
from fitintel.views.words.goals import KINDS
from fitintel.views.words.said import Said

WEEK = ("week_so_far", "week_plan", "week_streak", "load_week")
KEPT = ("alerts", "trends", "forecast", "goals", "consistency", "load", "recommendations")
"""sections of the brief that follow"""
SIGNS = {"done": "✓", "came true": "✓", "partly done": "→", "not done": "○", "above": "↗", "below": "↘",
         "confirmed": "✓", "dismissed": "○"}  # fmt: skip


OUTCOMES = {
    "done": marked("done"), "came true": marked("came true"), "partly done": marked("partly done"),
    "not done": marked("not done"), "above": marked("above"), "below": marked("below"),
    "confirmed": marked("confirmed"), "dismissed": marked("dismissed"),
}  # fmt: skip
"""outcome of what was told -> its words"""


def outcome(name: str) -> str:
    """What became of something that was told, in words."""
    return _(OUTCOMES[name]) if name in OUTCOMES else name


def weekly_view(review: Review, units: str | None = None, language: str | None = None) -> BriefView:
    """What is seen of a week, in `units` (default: the athlete's own) and `language`."""
    with speaking(language) as spoken:
        return _view(review, view_of(review.opened, units, spoken))


def _view(review: Review, seen: BriefView) -> BriefView:
    language = seen.header.language
    lines = {line.code: line for section in seen.sections for line in section.lines}
    first = numbers.date_range(review.week, review.week + 6)
    header = replace(seen.header, title=_("Weekly review"), day_said=_("Week of {week}", week=first))
    whole = SectionView("week", _("The week"), tuple(lines[code] for code in WEEK if code in lines), (), _(NOTHING),
                        language)  # fmt: skip
    became = SectionView("became", _("What became of it"), tuple(_became(one, seen.units) for one in review.became), (),
                         _("Nothing that was told this week has come to an end yet."), language)  # fmt: skip
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
    words = (_("Goal of {goal} a week: {so_far}, reached.", goal=goal, so_far=so_far) if reached else
             _("Goal of {goal} a week: {so_far}, not reached.", goal=goal, so_far=so_far))  # fmt: skip
    said = Said(words, sign="✓" if reached else "○")
    return replace(line, said=said)


def _became(one: Told, units: UnitSystem) -> LineView:
    text = say(one.code, one.detail or {}, units).text
    became = _("Became: {outcome}.", outcome=outcome(one.outcome))
    said = Said(text, (became,), lead=numbers.date(one.day), sign=SIGNS.get(one.outcome, ""))
    return LineView(one.code, "", Level.INFO, said, (), one.workout_ids, one.detail or {})
