"""SquadView: one row an athlete, who needs a look first, with the two reasons in the words of their brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitintel.core import days
from fitintel.core.records import Brief, Level, Section
from fitintel.core.squad import SquadRow
from fitintel.views import numbers
from fitintel.views.brief import BriefView
from fitintel.views.headings import page_words
from fitintel.views.language import SOURCE, _, counted, marked, speaking
from fitintel.views.opened import view_of
from fitintel.views.words.readiness import named

EVENTS = ("goal_event", "goal_race", "goal_race_insufficient")
"""codes that tell of an event"""
UNKNOWN = marked("not known")
LEAD = marked("Who needs a look first; each against their own past, nobody against another.")
CALM = marked("Nothing that needs a look.")


@dataclass(frozen=True, slots=True)
class AthleteRow:
    """One athlete."""

    athlete: str
    athlete_id: str
    simulated: bool
    brief_id: str
    cutoff: str
    stale: bool
    """nothing recorded for more than three days"""
    reasons: tuple[str, ...]
    loud: bool
    """an alert is among them"""
    cells: tuple[tuple[str, str], ...]
    """(what, value)"""
    runs: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "athlete": self.athlete_id, "name": self.athlete, "simulated": self.simulated, "brief": self.brief_id,
            "cutoff": self.cutoff, "stale": self.stale, "reasons": list(self.reasons), "alert": self.loud,
            "figures": dict(self.cells), "runs": list(self.runs),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class SquadView:
    """The squad's day."""

    day: str
    day_said: str
    rows: tuple[AthleteRow, ...]
    rate: str
    language: str = SOURCE

    @property
    def lead(self) -> str:
        """How the board is to be read, in the language that is spoken."""
        return f"{self.rate} {_(LEAD)}"

    def as_dict(self) -> dict[str, Any]:
        """Plain values that any JSON reader takes."""
        return {"day": self.day, "language": self.language, "false_alerts": self.rate,
                "athletes": [row.as_dict() for row in self.rows]}  # fmt: skip

    def text(self, width: int = 88) -> str:
        """Plain text, `width` characters wide."""
        from fitintel.views.text import lines_text

        def lines() -> Any:
            yield "title", _("Squad, {day}", day=self.day_said)
            yield "quiet", self.lead
            for row in self.rows:
                yield "", ""
                yield "name", f"{row.athlete} ({row.athlete_id})" + (_(", simulated") if row.simulated else "")
                for reason in row.reasons:
                    yield "alert" if row.loud else "notice", f"! {reason}" if row.loud else f"· {reason}"
                if not row.reasons:
                    yield "info", f"· {_(CALM)}"
                yield "quiet", f"  {row.cutoff}. " + "; ".join(f"{name} {value}" for name, value in row.cells) + "."

        with speaking(self.language):
            return lines_text(lines(), width)

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from fitintel.views.page import squad_html

        return squad_html(self)

    def _repr_mimebundle_(self, **wanted: Any) -> tuple[dict[str, str], dict[str, Any]]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}, page_words(self.language)


def squad_view(rows: Sequence[SquadRow], units: str | None = None, language: str | None = None) -> SquadView:
    """What is seen of a squad; `units` for everyone, default each athlete's own."""
    with speaking(language) as spoken:
        seen = [(row, view_of(row.opened, units, spoken)) for row in rows]
        day = rows[0].opened.brief.day if rows else days.today()
        told = tuple(_row(row, view) for row, view in seen)
        return SquadView(days.iso(day), numbers.full_date(day), told, _rate(seen), spoken)


def _row(row: SquadRow, view: BriefView) -> AthleteRow:
    brief = row.opened.brief
    told = [(insight, line) for section in view.sections
            for insight, line in zip((one for one in brief.insights if one.section.value == section.name),
                                     section.lines, strict=True)]  # fmt: skip
    said = {id(insight): f"{line.text} {line.said.reason}".strip() for insight, line in told}
    values: dict[str, Mapping[str, Any]] = {insight.code: insight.values for insight, _ in told}
    late = None if brief.last_day is None else brief.day - brief.last_day
    return AthleteRow(
        row.opened.athlete.name, row.opened.athlete.id, row.opened.athlete.simulated, brief.id, view.header.cutoff,
        late is None or late > 3, tuple(said[id(one)] for one in row.reasons),
        any(one.level is Level.ALERT for one in row.reasons), (*_cells(values, view), *_next_event(brief)),
        tuple(dict.fromkeys(run for one in row.reasons for run in one.run_ids[:1])),
    )  # fmt: skip


def _cells(values: Mapping[str, Mapping[str, Any]], view: BriefView) -> tuple[tuple[str, str], ...]:
    """The figures that a coach scans, each as the brief has it."""
    ready = values.get("readiness_verdict")
    load, week, plan = values.get("load_state"), values.get("week_so_far"), values.get("week_plan")
    score = values.get("consistency_score")
    found = [(_("readiness"), named(ready) if ready else _(UNKNOWN))]
    if week and week["n"]:
        subject = week["subject"]
        value, before = (numbers.quantity(week[name], subject, view.units)
                         for name in (subject, f"same_days_{subject}"))  # fmt: skip
        found.append((_("week so far"), _("{value} ({before} by now before)", value=value, before=before)))
    if plan and plan["due"]:
        found.append((_("plan"), _("{n} of {due} done", n=plan["met"], due=plan["due"])))
    if load:
        found.append(("CTL, ATL, TSB", ", ".join(numbers.plain(load[name]) for name in ("ctl", "atl", "tsb"))))
    if score:
        found.append((_("consistency"), _("{score} of 100", score=numbers.plain(score["score"]))))
    return tuple(found)


def _next_event(brief: Brief) -> tuple[tuple[str, str], ...]:
    """The soonest event that is aimed at, and the days to it."""
    ahead = [one.values for one in brief.of(Section.GOALS) if one.code in EVENTS]
    if not ahead:
        return ()
    soonest = min(ahead, key=lambda values: int(values["ahead"]))
    said = counted("{event} in {n} day", "{event} in {n} days", int(soonest["ahead"]), event=soonest["name"])
    return ((_("next event"), said),)


def _rate(seen: Sequence[tuple[SquadRow, BriefView]]) -> str:
    """False alerts, where they were measured."""
    rates = [one.values["rate"] for row, _ in seen for one in row.opened.brief.insights if one.code == "alerts_rate"]
    if not rates:
        return _("The rate of false alerts was not measured for this squad.")
    return _("False alerts, measured on shuffled histories: {rate} a month each.",
             rate=numbers.plain(sum(rates) / len(rates), 2))  # fmt: skip
