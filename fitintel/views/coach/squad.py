"""BoardView: the squad on one page. Who needs a look first, why, and what is behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fitintel.core import days
from fitintel.core.comments import Comment
from fitintel.core.records import Level
from fitintel.core.standing import Standing
from fitintel.core.units import UnitSystem
from fitintel.views import dates, numbers
from fitintel.views.coach.address import Address
from fitintel.views.coach.alerts import AlertLine, CommentLine, alert_line, comment_lines, sentence
from fitintel.views.coach.cells import Cell, cells, freshness, is_stale, next_event, status, weeks_drawing
from fitintel.views.coach.choices import Choice, Place, chosen, filters
from fitintel.views.language import _, counted, spoken
from fitintel.views.words.sports import sport


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody should look, and how loudly."""

    text: str
    loud: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One athlete."""

    athlete: str
    athlete_id: str
    link: str
    simulated: bool
    about: tuple[str, ...]
    """sport, squads, their coaches, next event"""
    status: str
    """why the athlete is away; empty: in training"""
    fresh: str
    stale: bool
    reasons: tuple[Reason, ...]
    cells: tuple[Cell, ...]
    weeks: str
    """drawing of the last weeks; markup made here"""
    weeks_said: str
    alerts: tuple[AlertLine, ...]
    comments: tuple[CommentLine, ...]
    waiting: bool
    """the brief is still to be made, or to be made again"""
    empty: bool
    """nothing is known yet: the brief of the day was never made"""

    @property
    def said(self) -> tuple[str, ...]:
        """What the reasons say: an alert below them need not say it again."""
        return tuple(one.text for one in self.reasons)

    @property
    def loud(self) -> bool:
        """Whether an alert is open."""
        return any(one.loud and one.state == "open" for one in self.alerts)


@dataclass(frozen=True, slots=True)
class BoardView:
    """The page."""

    title: str
    day: str
    """ISO"""
    address: Address
    language: str
    counts: tuple[tuple[str, str], ...]
    """(how many, of what)"""
    rate: str
    rows: tuple[BoardRow, ...]
    shown: str
    filters: tuple[Choice, ...]
    before: str
    after: str
    """links to the days around"""
    waiting: int
    """briefs to be made"""
    empty: str
    notice: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether a filter is set."""
        return any(one.chosen for one in self.filters) or bool(self.address.search)


def board_view(
    standings: Sequence[Standing], address: Address, *, comments: Mapping[str, Sequence[Comment]] | None = None,
    places: Mapping[str, Place] | None = None, units: str | None = None, notice: str = "",
) -> BoardView:  # fmt: skip
    """What a coach sees of everybody; `places` says where each athlete belongs, `units` are for everyone."""
    said, groups = comments or {}, places or {}
    day = standings[0].day if standings else days.today()
    kept = chosen(standings, address, groups)
    rows = tuple(_row(one, address, said.get(one.athlete.id, ()), groups.get(one.athlete.id, Place()), units)
                 for one in kept)  # fmt: skip
    hidden = len(standings) - len(rows)
    shown = counted("{n} athlete", "{n} athletes", len(rows))
    if hidden:
        shown = counted("{n} of {all} athletes", "{n} of {all} athletes", len(rows), all=numbers.plain(len(standings)))
    empty = _("No athlete fits these filters.") if standings else _("There are no athletes yet. Import a file, or make "
                                                                   "the demo squad.")  # fmt: skip
    return BoardView(
        _("Squad, {day}", day=dates.full_date(day)), days.iso(day), address, spoken(), _counts(standings),
        _rate(standings), rows, shown, filters(standings, address, groups),
        address.link("squad", day=days.iso(day - 1)), address.link("squad", day=days.iso(day + 1)),
        sum(not one.current for one in standings), empty, notice,
    )  # fmt: skip


def _row(
    one: Standing, address: Address, said: Sequence[Comment], place: Place, units: str | None
) -> BoardRow:  # fmt: skip
    chosen_units = UnitSystem(units or one.athlete.units)
    alerts = tuple(alert_line(each, one.day, chosen_units) for each in one.alerts)
    coaches = _("coach {names}", names=", ".join(place.coaches)) if place.coaches else ""
    about = (sport(one.sport) if one.sport else "", *place.squads, coaches, next_event(one))
    drawing, told = weeks_drawing(one, chosen_units)
    return BoardRow(
        one.athlete.name, one.athlete.id, address.link("athlete", athlete=one.athlete.id), one.athlete.simulated,
        tuple(words for words in about if words), status(one.excused), freshness(one), is_stale(one),
        tuple(Reason(sentence(each, chosen_units), each.insight.level is Level.ALERT) for each in one.reasons),
        cells(one, chosen_units), drawing, told, alerts, comment_lines(said), not one.current, not one.brief_id,
    )  # fmt: skip


def _counts(standings: Sequence[Standing]) -> tuple[tuple[str, str], ...]:
    alerted = sum(any(each.state == "open" for each in one.alerts) for one in standings)
    looked = sum(bool(one.reasons) for one in standings)
    stale = sum(is_stale(one) and bool(one.brief_id) for one in standings)
    return (
        (numbers.plain(len(standings)), _("athletes")), (numbers.plain(looked), _("need a look")),
        (numbers.plain(alerted), _("with an open alert")), (numbers.plain(stale), _("without recent data")),
    )  # fmt: skip


def _rate(standings: Sequence[Standing]) -> str:
    rates = [one.lines["alerts_rate"].insight.values["rate"] for one in standings if "alerts_rate" in one.lines]
    if not rates:
        return _("The rate of false alerts was not measured for this squad.")
    return _("False alerts, measured on shuffled histories: {rate} a month each.",
             rate=numbers.plain(sum(rates) / len(rates), 2))  # fmt: skip
