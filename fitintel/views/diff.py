"""DiffView: what changed between two briefs, line by line, with the runs on both sides and the causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fitintel.core.answers import key_of
from fitintel.core.compared import Compared
from fitintel.core.records import Insight, Section
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.badge import badge
from fitintel.views.language import SOURCE, _, counted, speaking
from fitintel.views.sections import ORDER
from fitintel.views.words import say
from fitintel.views.words.diff import because

OF_THE_DAY = (Section.TODAY, Section.YESTERDAY)
"""Sections that speak of another day in each brief: to compare them says nothing."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One value that is otherwise; SI."""

    name: str
    before: Any
    after: Any

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {"name": self.name, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class LineChange:
    """One sentence that is new, gone, or otherwise."""

    section: str
    title: str
    kind: str
    """changed, new, gone"""
    key: str
    before: str
    after: str
    figures: tuple[FigureChange, ...]
    runs_before: tuple[str, ...]
    runs_after: tuple[str, ...]
    badge: str
    why: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "section": self.section, "kind": self.kind, "key": self.key, "before": self.before, "after": self.after,
            "figures": [figure.as_dict() for figure in self.figures], "runs_before": list(self.runs_before),
            "runs_after": list(self.runs_after), "badge": self.badge, "why": list(self.why),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class DiffView:
    """What changed between two briefs."""

    athlete: str
    athlete_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    causes: tuple[str, ...]
    lines: tuple[LineChange, ...]
    same: int
    """sentences that are the same"""
    note: str = ""
    language: str = SOURCE

    def as_dict(self) -> dict[str, Any]:
        """Plain values that any JSON reader takes."""
        return {
            "athlete": self.athlete_id, "before": dict(self.before), "after": dict(self.after), "note": self.note,
            "causes": list(self.causes), "changes": [line.as_dict() for line in self.lines], "same": self.same,
        }  # fmt: skip

    def text(self, width: int = 88) -> str:
        """Plain text, `width` characters wide."""
        from fitintel.views.text import lines_text

        with speaking(self.language):
            return lines_text(_lines(self), width)

    def __repr__(self) -> str:
        return self.text()


def diff_view(compared: Compared, units: UnitSystem | str | None = None, language: str | None = None) -> DiffView:
    """What is seen of two briefs, in `units` (default: the athlete's own) and `language`."""
    with speaking(language) as spoken:
        return _view(compared, units, spoken)


def _view(compared: Compared, units: UnitSystem | str | None, language: str) -> DiffView:
    one, other = compared.before, compared.after
    chosen = UnitSystem(units or other.athlete.units)
    same_day = one.brief.day == other.brief.day
    titles = {section.value: title for section, title in ORDER}
    changes, same = [], 0
    for before, after in _pairs(one.brief.insights, other.brief.insights, same_day=same_day):
        said = [_text(insight, opened.runs, chosen) for insight, opened in ((before, one), (after, other))]
        figures = _figures(before, after)
        if before is not None and after is not None and said[0] == said[1]:
            same += 1
            continue
        shown = after or before
        if shown is None:
            continue
        run = (other if after else one).runs.get(shown.run_ids[0]) if shown.run_ids else None
        places = {place for name in (after.run_ids if after else ()) for place in compared.reaches.get(name, ())}
        changes.append(LineChange(
            shown.section.value, _(titles[shown.section.value]),
            "changed" if before and after else "new" if after else "gone", key_of(shown), said[0], said[1], figures,
            before.run_ids if before else (), after.run_ids if after else (),
            badge((other if after else one).cards[run.algorithm], run.version).text if run else "",
            tuple(because(compared.causes[place]) for place in sorted(places)),
        ))  # fmt: skip
    order = [section.value for section, _ in ORDER]
    changes.sort(key=lambda line: order.index(line.section))
    return DiffView(
        other.athlete.name, other.athlete.id, _head(one.brief), _head(other.brief),
        tuple(because(cause) for cause in compared.causes), tuple(changes), same,
        _("The earlier brief was made just now, from what is known today.") if compared.made_now else "", language,
    )  # fmt: skip


def _head(brief: Any) -> dict[str, Any]:
    return {"brief": brief.id, "day": numbers.date(brief.day), "version": brief.version}


def _text(insight: Insight | None, runs: Mapping[str, Any], units: UnitSystem) -> str:
    if insight is None:
        return ""
    parameters: dict[str, Any] = {}
    for name in insight.run_ids:
        if name in runs:
            parameters = {**runs[name].parameters, **parameters}
    try:
        said = say(insight.code, insight.values, units, parameters)
    except KeyError as missing:  # a brief of an earlier version told less than today's words need
        return _("{code}: told without {name}.", code=insight.code, name=missing.args[0])
    return f"{said.lead}  {said.text}" if said.lead else said.text


def _figures(before: Insight | None, after: Insight | None) -> tuple[FigureChange, ...]:
    """Plain numbers that both hold and that differ."""
    if before is None or after is None:
        return ()
    there = [name for name in after.values if name in before.values]
    return tuple(
        FigureChange(name, _plain(before.values[name]), _plain(after.values[name])) for name in there
        if isinstance(after.values[name], int | float | str) and before.values[name] != after.values[name]
    )  # fmt: skip


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value


def _pairs(
    before: tuple[Insight, ...], after: tuple[Insight, ...], *, same_day: bool
) -> Iterator[tuple[Insight | None, Insight | None]]:
    """Sentences of both briefs about the same thing: equal keys first, then one code or one subject of a section."""
    left = [one for one in before if same_day or one.section not in OF_THE_DAY]
    right = [one for one in after if same_day or one.section not in OF_THE_DAY]
    # a list of the latest workouts moves on by itself
    left, right = ([one for one in side if same_day or one.code != "recent_workout"] for side in (left, right))
    for identity in (key_of, _code, _subject):
        waiting: dict[Any, list[Insight]] = {}
        for one in left:
            waiting.setdefault(identity(one), []).append(one)
        rest = []
        for one in right:
            mates = waiting.get(identity(one), []) if identity(one) is not None else []
            if mates:
                mate = mates.pop(0)
                left.remove(mate)
                yield mate, one
            else:
                rest.append(one)
        right = rest
    yield from ((one, None) for one in left)
    yield from ((None, one) for one in right)


def _code(one: Insight) -> tuple[Any, ...] | None:
    if one.workout_ids or one.section is Section.ALERTS or one.code.startswith("change_point"):
        return None
    return one.section, one.code, one.subject


def _subject(one: Insight) -> tuple[Any, ...] | None:
    # a verdict that turned is one thing that changed, not one gone and one new
    if one.section is Section.FOCUS:
        return (one.section,)
    return (one.section, one.subject) if one.section in (Section.TRENDS, Section.FORECAST) and one.subject and \
        not one.code.startswith("change_point") else None  # fmt: skip


def _lines(view: DiffView) -> Iterator[tuple[str, str]]:
    before, after = view.before, view.after
    yield "title", _("What changed for {athlete}: {before} to {after}", athlete=view.athlete, before=before["day"],
                     after=after["day"])  # fmt: skip
    yield "quiet", _("Briefs {before} (version {old}) and {after} (version {new}).", before=before["brief"],
                     old=before["version"], after=after["brief"], new=after["version"])  # fmt: skip
    if view.note:
        yield "quiet", view.note
    for cause in view.causes:
        yield "info", f"· {cause}"
    section = ""
    for line in view.lines:
        if line.title != section:
            section = line.title
            yield "", ""
            yield "name", section.upper()
        yield "info", {"changed": "~ ", "new": "+ ", "gone": "− "}[line.kind] + (line.after or line.before)
        if line.kind == "changed":
            yield "quiet", "  " + _("Was: {before}", before=line.before)
        if line.why:
            yield "quiet", "  " + _("Why: {reason}", reason="; ".join(words.rstrip(".") for words in line.why) + ".")
        runs = [names[0] for names in (line.runs_before, line.runs_after) if names]
        if runs:
            yield "quiet", f"  [{line.badge}] {numbers.span(*runs) if len(set(runs)) > 1 else runs[0]}"
    yield "", ""
    yield "quiet", counted("{n} sentence did not change.", "{n} sentences did not change.", view.same)
