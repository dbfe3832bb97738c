"""From an opened brief to what a person sees of it, in their units."""

from __future__ import annotations

from fitintel.core.errors import UsageError
from fitintel.core.records import OpenBrief
from fitintel.core.units import UnitSystem
from fitintel.views.brief import BriefView, brief_view


def view_of(opened: OpenBrief, units: str | None = None, language: str | None = None) -> BriefView:
    """What is seen of a brief.

    `units` is metric or imperial, default the athlete's own; `language` by default the one that is spoken. Raises
    UsageError for other units, UnknownName for another language.
    """
    if units and units not in list(UnitSystem):
        raise UsageError(f"{units!r} is no system of units", next="say metric or imperial")
    chosen = UnitSystem(units or opened.athlete.units)
    return brief_view(opened.brief, athlete=opened.athlete, units=chosen, runs=opened.runs, cards=opened.cards,
                      language=language)  # fmt: skip
