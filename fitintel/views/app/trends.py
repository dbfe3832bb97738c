"""The screen Trends: the parts of a brief that look along time, and the years behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fitintel.core.answers import Answer
from fitintel.core.records import OpenBrief, Section
from fitintel.core.units import UnitSystem
from fitintel.views.app.cards import Card, section_cards
from fitintel.views.charts.spec import Chart
from fitintel.views.history import ChangeLine, change_lines, year_rows
from fitintel.views.opened import view_of
from fitintel.views.scores import Table

ALONG = (Section.TRENDS, Section.FORECAST, Section.LOAD, Section.CONSISTENCY)
"""sections of a brief that are shown, in this order"""


@dataclass(frozen=True, slots=True)
class TrendPart:
    """A section with its charts first."""

    name: str
    title: str
    summary: str
    """the first sentence; the others stand behind it"""
    charts: tuple[Chart, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class YearsView:
    """All years."""

    changes: tuple[ChangeLine, ...]
    table: Table


def trends_view(opened: OpenBrief, units: UnitSystem, answers: Iterable[Answer] = ()) -> tuple[TrendPart, ...]:
    """The sections of the brief that look along time; one with nothing to say is left out."""
    seen = view_of(opened, units)
    cards = section_cards(opened, seen, answers)
    return tuple(
        TrendPart(section.value, part.title, cards[section][0].text, part.charts, tuple(cards[section]))
        for section in ALONG
        if cards[section]
        for part in (seen.section(section.value),)
    )


def years_view(history: Mapping[str, Any], units: UnitSystem) -> YearsView:
    """What changed over the years, newest first, and a row for each year."""
    return YearsView(change_lines(history, units), year_rows(history, units))
