"""Workouts of the app: the history as rows, and one workout with figures, laps, repairs and what may be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fitintel.core import days
from fitintel.core.answers import ACTIVITIES, SESSIONS, Label
from fitintel.core.quality import Trust
from fitintel.core.recorded import KeptLap, LinkState
from fitintel.core.rules import RULES
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.language import _, marked
from fitintel.views.scores import Table
from fitintel.views.words.said import capital
from fitintel.views.workouts import FIGURES, LAPS_SHOWN, SAMPLED, to_the_second

if TYPE_CHECKING:
    from fitintel.core.recorded import Link, Recorded
    from fitintel.core.records import ImportRecord, Problem

IN_A_LINE = 3
"""figures that stand in a line above the others"""
EXCLUDED = "left_out_by_person"
"""the rule under which a person leaves a workout out of every figure"""
LEVELS: tuple[tuple[str, tuple[str, ...]], ...] = (("activity", ACTIVITIES), ("session", SESSIONS))
KINDS: dict[str, str] = {
    "run": marked("run"), "walk": marked("walk"), "hike": marked("hike"), "ride": marked("ride"),
    "swim": marked("swim"), "strength": marked("strength"), "mixed": marked("mixed"), "other": marked("other"),
    "outlier": marked("no usable record"), "easy": marked("easy"), "long": marked("long"), "tempo": marked("tempo"),
    "interval": marked("interval"), "race": marked("race"), "recovery": marked("recovery"),
}  # fmt: skip
"""label -> its word"""
SPORTS: dict[str, str] = {
    "running": marked("running"), "walking": marked("walking"), "hiking": marked("hiking"),
    "cycling": marked("cycling"), "swimming": marked("swimming"), "rowing": marked("rowing"),
    "skiing": marked("skiing"), "strength": marked("strength training"), "mobility": marked("mobility"),
    "machine": marked("machine"), "multisport": marked("multisport"), "other": marked("other"),
}  # fmt: skip
"""sport -> its word"""


@dataclass(frozen=True, slots=True)
class Row:
    """A workout in a list."""

    id: str
    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a workout, with its interval and how good its samples are where that is known."""

    name: str
    value: str
    interval: str = ""
    quality: str = ""


@dataclass(frozen=True, slots=True)
class WorkoutView:
    """One workout, opened."""

    id: str
    title: str
    origin: str
    summary: str
    """its first figures in a line"""
    facts: tuple[Fact, ...]
    table: Table
    """header and rows of the same"""
    notes: str
    laps: tuple[tuple[str, ...], ...]
    lap_header: tuple[str, ...]
    repairs: tuple[str, ...]
    problems: tuple[str, ...]
    labels: Mapping[str, str]
    """level -> what a person said; a level that nobody spoke of is not in it"""
    excluded: bool
    merged: tuple[str, ...]
    """ids of recordings that are held to be the same workout"""
    may_be_one: tuple[tuple[str, str], ...]
    """id of another workout, and why the two may be one"""


def sport_word(sport: str) -> str:
    """A sport in the reader's language.

    >>> sport_word("strength"), sport_word("quidditch")
    ('strength training', 'quidditch')
    """
    return _(SPORTS[sport]) if sport in SPORTS else sport


def label_word(label: str) -> str:
    """What a label says, in the reader's language."""
    return _(KINDS[label]) if label in KINDS else label


def held(labels: Iterable[Label], workout_id: str) -> dict[str, str]:
    """level -> what a person said a workout was; a level that nobody spoke of is not in it."""
    return {one.level: one.value for one in labels if one.workout_id == workout_id and one.value is not None}


def year_of(day: int) -> str:
    """The year of a day number.

    >>> year_of(20368)
    '2025'
    """
    return days.iso(day)[:4]


def years_of(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The years in which there are workouts, the latest first."""
    return sorted({year_of(row["day"]) for row in rows}, reverse=True)


def header() -> tuple[str, ...]:
    """Header of the history."""
    return _("Day"), _("Sport"), _("Distance"), _("Time"), _("Heart rate"), _("Noted")


def history(rows: Iterable[Mapping[str, Any]], units: UnitSystem) -> tuple[Row, ...]:
    """The history, in the order given."""
    return tuple(_row(row, units) for row in rows)


def _row(row: Mapping[str, Any], units: UnitSystem) -> Row:
    figures = tuple(
        numbers.quantity(row[name], kind, units) if numbers.known(row.get(name)) else ""
        for name, kind in (("distance", "distance"), ("duration", "duration"), ("hr_mean", "heart rate"))
    )
    day, sport = numbers.date(row["day"]), sport_word(row["sport"])
    flagged = [_(RULES[flag].says) for flag in (row.get("flags") or "").split() if flag in RULES]
    title = ", ".join([day, sport, *filter(None, figures[:2])])
    return Row(row["id"], title, (days.iso(row["day"]), sport, *figures, "; ".join(flagged)))


def workout_view(
    row: Mapping[str, Any], recorded: Recorded | None, record: ImportRecord | None, problems: Sequence[Problem],
    links: Sequence[Link], trust: Mapping[str, Trust], load: Mapping[str, Any], labels: Iterable[Label],
    units: UnitSystem,
) -> WorkoutView:  # fmt: skip
    """Everything that the app shows of one workout."""
    facts = [_fact(name, row[key], kind, trust.get(key), units) for key, name, kind in FIGURES
             if numbers.known(row.get(key))]  # fmt: skip
    if "load" in trust:
        facts.append(_fact(f"{_('load')}, {load['method']}", trust["load"].value, "load", trust["load"], units))
    laps: tuple[tuple[str, ...], ...] = ()
    repairs: list[str] = []
    if recorded is not None:
        facts += [_fact(name, recorded.figures[key], kind, trust.get(key), units) for key, name, kind in SAMPLED
                  if numbers.known(recorded.figures.get(key))]  # fmt: skip
        counted = [lap for lap in recorded.laps if lap.kind == "lap"]
        laps = tuple(_lap(n, lap, units) for n, lap in enumerate(counted[:LAPS_SHOWN], 1)) if len(counted) > 1 else ()
        repairs = [_repair(one) for one in recorded.repairs if one.enabled and one.changed["samples"]]
    mine = row["id"]
    # pairs: a link holds a mapping and can be no key
    others = [(link, link.other_id if link.workout_id == mine else link.workout_id) for link in links]
    return WorkoutView(
        id=mine, title=f"{capital(sport_word(row['sport']))}, {numbers.date(row['day'])}",
        origin=record.file_name if record is not None else "", facts=tuple(facts), table=fact_table(facts),
        summary=" · ".join(f"{one.name} {one.value}" for one in facts[:IN_A_LINE]), notes=row.get("notes") or "",
        laps=laps, lap_header=(_("Lap"), _("Time"), _("Distance"), _("Heart rate"), _("Power")), repairs=tuple(repairs),
        problems=tuple(_(RULES[each.rule].says) + (f" ({each.detail})" if each.detail else "") for each in problems),
        labels=held(labels, mine),
        excluded=EXCLUDED in (row.get("flags") or "").split(),
        merged=tuple(name for link, name in others if link.state is LinkState.MERGED),
        may_be_one=tuple((name, "; ".join(says for _name, _points, says in link.reasons.get("parts", ())))
                         for link, name in others if link.state is LinkState.DOUBTFUL),
    )  # fmt: skip


def fact_table(facts: Sequence[Fact]) -> Table:
    """Figures as a table; a column in which nothing is known is left out."""
    header = (_("Figure"), _("Value"), _("Interval"), _("Quality"))
    rows = [(one.name, one.value, one.interval, one.quality) for one in facts]
    kept = [at for at in range(len(header)) if at < 2 or any(row[at] for row in rows)]
    return tuple(header[at] for at in kept), [tuple(row[at] for at in kept) for row in rows]


def _fact(name: str, value: float, kind: str, trust: Trust | None, units: UnitSystem) -> Fact:
    said = _said(value, kind, units)
    if trust is None:
        return Fact(_(name), said)
    ends = _said(trust.low, kind, units), _said(trust.high, kind, units)
    interval = "" if ends[0] == ends[1] else numbers.span(*ends)
    return Fact(_(name), said, interval, "" if trust.quality is None else f"{numbers.plain(trust.quality)} / 100")


def _said(value: Any, kind: str, units: UnitSystem) -> str:
    if kind == "clock":
        return numbers.clock(value)
    if kind == "load":
        return numbers.plain(value, 1)
    return numbers.quantity(value, "power" if kind == "W" else kind, units)


def _lap(number: int, lap: KeptLap, units: UnitSystem) -> tuple[str, ...]:
    figures = {"duration": lap.end - lap.start, **lap.device}
    cells = [to_the_second(figures["duration"])]
    for name, kind in (("distance", "distance"), ("hr_mean", "heart rate"), ("power_mean", "power")):
        cells.append(numbers.quantity(figures[name], kind, units) if numbers.known(figures.get(name)) else "")
    return (str(number), *cells)


def _repair(one: Any) -> str:
    detail = one.changed.get("detail")
    return f"{one.repair} {one.version}: {numbers.plain(one.changed['samples'])}" + (f" ({detail})" if detail else "")
