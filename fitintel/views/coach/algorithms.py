"""ExplorerView: one algorithm with its card, how it fared over time, its versions, and an athlete's numbers in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fitintel.core.card import Card
from fitintel.core.explained import Explained, Step
from fitintel.core.open_algorithm import OpenAlgorithm
from fitintel.core.performance import Point
from fitintel.core.records import Athlete
from fitintel.views import numbers
from fitintel.views.algorithm import AlgorithmView, algorithm_view
from fitintel.views.charts.spec import Form, Panel, Series, Table, TimeChart
from fitintel.views.coach.address import Address
from fitintel.views.explained import formula, put_in
from fitintel.views.language import _, spoken
from fitintel.views.runs import value_lines
from fitintel.views.titles import titled

SHARES = ("coverage", "nominal", "insufficient_share", "label_agreement", "alert_precision")
"""figures of a night that lie between 0 and 1: they share one chart"""
COLOURS = ("accent", "second", "quiet", "notice", "alert")


@dataclass(frozen=True, slots=True)
class ExplorerView:
    """The page."""

    title: str
    address: Address
    language: str
    algorithms: tuple[tuple[str, str], ...]
    """(id, title), by title"""
    chosen: str
    athletes: tuple[tuple[str, str], ...]
    athlete: str
    lead: str
    view: AlgorithmView
    over_time: TimeChart | None
    formula: str
    put_in: tuple[str, ...]
    """the formula's names with this athlete's values, parameters, and what came out"""
    sentence: str
    run_id: str
    nothing: str
    """why there are no numbers of this athlete"""


def explorer_view(
    found: OpenAlgorithm, cards: Mapping[str, Card], address: Address, athletes: Sequence[Athlete], athlete: str,
    explained: Explained | None, sentence: str,
) -> ExplorerView:  # fmt: skip
    """What is seen of an algorithm; `explained` is a run of it behind the athlete's brief, and `sentence` that line."""
    step = explained.steps[0] if explained is not None else None
    listed = sorted(
        ((name, titled(card.title)) for name, card in cards.items()), key=lambda one: (one[1].casefold(), one[0])
    )
    numbers_of = _numbers(step) if step is not None else ()
    nothing = "" if step is not None else _("No figure of this athlete's brief was made by it.")
    return ExplorerView(
        titled(found.card.title), address, spoken(), tuple(listed), found.card.id, _named(athletes), athlete,
        found.card.description, algorithm_view(found).on_page(), _over_time(found.points), formula(found.doc),
        numbers_of, sentence, step.run.id if step is not None else "", nothing,
    )  # fmt: skip


def _numbers(step: Step) -> tuple[str, ...]:
    told = value_lines(step.run.parameters) | value_lines(step.result)
    return (*put_in(step), *(f"{name} = {value}" for name, value in told.items()))


def _named(athletes: Sequence[Athlete]) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, one.name) for one in athletes)


def _over_time(points: Sequence[Point]) -> TimeChart | None:
    names = [name for name in SHARES if sum(name in point.figures for point in points) > 1]
    if not names:
        return None
    series = []
    for name, colour in zip(names, COLOURS, strict=False):
        mine = [(point.day, 100 * point.figures[name]) for point in points if name in point.figures]
        series.append(Series(name.replace("_", " "), Form.LINE, colour, tuple(day for day, _value in mine),
                             tuple(value for _day, value in mine), dashed=name == "nominal"))  # fmt: skip
    told = "; ".join(f"{one.name} {numbers.plain(one.value[-1] or 0)} %" for one in series)
    rows = tuple((one.name, f"{numbers.plain(one.value[0] or 0)} %", f"{numbers.plain(one.value[-1] or 0)} %")
                 for one in series)  # fmt: skip
    return TimeChart("nights", _("How it fared, night by night"), _("Latest night: {list}.", list=told),
                     (Panel("%", tuple(series)),), Table((_("Figure"), _("First night"), _("Latest night")), rows),
                     wide=True)  # fmt: skip
