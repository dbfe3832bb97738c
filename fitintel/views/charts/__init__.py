"""Charts as records: what is to be seen, in the reader's units, before anything is drawn."""

from __future__ import annotations

from fitintel.core.records import Brief, Section
from fitintel.core.units import UnitSystem
from fitintel.views.charts import body, weekly
from fitintel.views.charts.spec import Chart

__all__ = ["Chart", "charts_of"]


def charts_of(brief: Brief, section: Section, units: UnitSystem) -> tuple[Chart, ...]:
    """The charts of one section; one whose data are not there is left out."""
    data = brief.charts
    main = str(data.get("subject", "distance"))
    found: list[Chart | None] = []
    if section is Section.TRENDS:
        found = [weekly.weeks(data, main, units), weekly.history(data, main, units)]
    elif section is Section.FORECAST:
        found = [weekly.days_ahead(data, main, units)]
    elif section is Section.CONSISTENCY:
        found = [*(body.parts(insight.values) for insight in brief.of(section)), body.calendar(data, units)]
    elif section is Section.LOAD:
        found = [body.load(data, units)]
    return tuple(chart for chart in found if chart is not None)
