"""AthleteView: one athlete for a coach: the brief, load with its forecast, plan, changes, records, workouts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitintel.core import days
from fitintel.core.comments import Comment
from fitintel.core.records import Athlete, OpenBrief
from fitintel.core.standing import Standing
from fitintel.core.units import UnitSystem
from fitintel.views.brief import BriefView, SectionView
from fitintel.views.charts.plane import PlaneChart
from fitintel.views.charts.spec import Table, TimeChart
from fitintel.views.coach import curves
from fitintel.views.coach import days as calendar
from fitintel.views.coach.address import Address
from fitintel.views.coach.alerts import AlertLine, CommentLine, alert_line, comment_lines
from fitintel.views.coach.cells import is_stale, status
from fitintel.views.coach.efforts import EffortsView, efforts
from fitintel.views.coach.sessions import SessionForm, session_form
from fitintel.views.coach.workout import OpenedWorkout, WorkoutRow
from fitintel.views.diff import DiffView
from fitintel.views.history import change_lines, regime_rows
from fitintel.views.language import spoken
from fitintel.views.opened import view_of

BESIDE = ("recommendations", "week", "goals", "consistency")
"""sections beside the others"""
FIRST = ("readiness", "today", "yesterday")
LATER = ("trends", "forecast", "missing")


@dataclass(frozen=True, slots=True)
class AthleteView:
    """The page."""

    title: str
    address: Address
    language: str
    day: str
    before: str
    after: str
    athletes: tuple[tuple[str, str], ...]
    """(id, name) of everybody who can be chosen"""
    chosen: str
    header: Any
    stale: bool
    status: str
    focus: SectionView
    first: tuple[SectionView, ...]
    beside: tuple[SectionView, ...]
    later: tuple[SectionView, ...]
    alerts: tuple[AlertLine, ...]
    comments: tuple[CommentLine, ...]
    load: SectionView
    load_chart: TimeChart | None
    heads: tuple[str, ...]
    weeks: tuple[calendar.WeekRow, ...]
    session: SessionForm | None
    """None: who reads may not plan for this athlete"""
    replanned: DiffView | None
    """what changing the plan has changed in the brief"""
    changes: tuple[Any, ...]
    regimes: Table
    records: PlaneChart | None
    records_table: Table
    efforts: EffortsView
    workouts: tuple[WorkoutRow, ...]
    opened: OpenedWorkout | None
    effect: DiffView | None
    notice: str = ""


def athlete_view(
    opened: OpenBrief, standing: Standing, address: Address, *, athletes: Sequence[Athlete],
    comments: Sequence[Comment], around: Sequence[Mapping[str, Any]], history: Mapping[str, Any],
    records: Mapping[str, Any], curve: Mapping[str, Any] | None, workouts: tuple[WorkoutRow, ...],
    workout: OpenedWorkout | None = None, effect: DiffView | None = None, plans: bool = False,
    replanned: DiffView | None = None, units: str | None = None, notice: str = "",
) -> AthleteView:  # fmt: skip
    """What a coach sees of one athlete; `plans`: they may change what is planned."""
    view: BriefView = view_of(opened, units, spoken()).on_page()
    chosen = UnitSystem(units or opened.athlete.units)
    day = opened.brief.day
    here = address.but(athlete=opened.athlete.id)
    drawn, table = curves.records(records, chosen)
    header, regimes = regime_rows(history, chosen)
    return AthleteView(
        f"{opened.athlete.name}, {view.header.day_said}", here, spoken(), days.iso(day),
        here.link("athlete", day=days.iso(day - 1)), here.link("athlete", day=days.iso(day + 1)),
        tuple((one.id, one.name) for one in athletes), opened.athlete.id, view.header, is_stale(standing),
        status(standing.excused), view.section("focus"), _sections(view, FIRST), _sections(view, BESIDE),
        _sections(view, LATER), tuple(alert_line(one, day, chosen) for one in standing.alerts),
        comment_lines(comments), view.section("load"), curves.load(opened.brief, chosen), calendar.heads(),
        calendar.weeks(around, day, chosen), session_form(around, address.planned, day, chosen) if plans else None,
        replanned, change_lines(history, chosen), Table(header, tuple(regimes)), drawn, table,
        efforts(curve, chosen), workouts, workout, effect, notice,
    )  # fmt: skip


def _sections(view: BriefView, names: Sequence[str]) -> tuple[SectionView, ...]:
    return tuple(view.section(name) for name in names)
