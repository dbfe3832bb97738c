"""The head of a brief: who, which day, how fresh the data are, what is late, and which brief it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fitintel.core import days
from fitintel.core.records import Athlete, Brief, Section
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.headings import page_words
from fitintel.views.language import SOURCE, _, counted, marked
from fitintel.views.words import missing
from fitintel.views.words.said import Facts


@dataclass(frozen=True, slots=True, repr=False)
class HeaderView:
    """Who, which day, how fresh the data are, and which brief this is."""

    athlete: str
    athlete_id: str
    day: str
    """ISO date"""
    day_said: str
    cutoff: str
    late: tuple[str, ...]
    """what is late, and since when; each has its line in what is missing"""
    simulated: bool
    brief_id: str
    version: str
    inputs: str
    units: UnitSystem
    title: str = marked("Daily brief")
    language: str = SOURCE

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "athlete": self.athlete_id, "name": self.athlete, "day": self.day, "cutoff": self.cutoff,
            "late": list(self.late),
            "simulated": self.simulated, "brief": self.brief_id, "version": self.version, "inputs": self.inputs,
            "units": self.units.value, "language": self.language,
        }  # fmt: skip

    def __repr__(self) -> str:
        from fitintel.views.text import header_text

        return header_text(self)

    def _repr_html_(self) -> str:
        from fitintel.views.page import header_html

        return header_html(self)

    def _repr_mimebundle_(self, **wanted: Any) -> tuple[dict[str, str], dict[str, Any]]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}, page_words(self.language)


def header_view(brief: Brief, athlete: Athlete, units: UnitSystem, language: str) -> HeaderView:
    """The head of `brief`, in the language that is spoken."""
    return HeaderView(
        athlete=athlete.name, athlete_id=athlete.id, day=days.iso(brief.day), day_said=numbers.full_date(brief.day),
        cutoff=_cutoff(brief), late=_late(brief, units), simulated=brief.simulated or athlete.simulated,
        brief_id=brief.id, version=brief.version, inputs=brief.inputs, units=units, title=_("Daily brief"),
        language=language,
    )  # fmt: skip


def _cutoff(brief: Brief) -> str:
    if brief.last_day is None:
        return _("No workouts yet")
    late, last = brief.day - brief.last_day, numbers.date(brief.last_day)
    if late == 0:
        return _("Data to {day}, the same day", day=last)
    return counted("Data to {day}, {n} day earlier", "Data to {day}, {n} days earlier", late, day=last)


def _late(brief: Brief, units: UnitSystem) -> tuple[str, ...]:
    said = (missing.late(one.code, Facts(one.values, units)) for one in brief.of(Section.MISSING))
    return tuple(each for each in said if each)
