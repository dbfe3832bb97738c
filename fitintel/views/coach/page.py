"""The pages of coaches as HTML: what is painted first, and what takes its place when something was answered."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from fitintel.core.errors import FitintelError
from fitintel.views import theme
from fitintel.views.charts.figure import config, figure, template
from fitintel.views.charts.plane import PlaneChart
from fitintel.views.charts.plane import figure as plane_figure
from fitintel.views.charts.spec import Chart
from fitintel.views.coach.address import Address
from fitintel.views.coach.colours import chosen
from fitintel.views.icons import icon
from fitintel.views.language import _, spoken
from fitintel.views.svg import NARROW, WIDE, plane, svg
from fitintel.views.templates import environment

COMMAND = "fitintel "
"""how a command of the terminal begins"""


def squad_html(view: Any) -> str:
    """The squad."""
    return _page("coach/squad.html.j2", view.title, view=view)


def squad_parts(view: Any) -> dict[str, str]:
    """The parts of the squad's page that change: the rows, how many are shown, and the counts above them."""
    return {name: _render(f"coach/{name}.html.j2", view=view) for name in ("rows", "counts", "shown")}


def squad_row(view: Any, athlete_id: str) -> dict[str, str]:
    """One row and the counts."""
    found = {f"row-{row.athlete_id}": _render("coach/row.html.j2", row=row, view=view) for row in view.rows
             if row.athlete_id == athlete_id}  # fmt: skip
    return {**found, "counts": _render("coach/counts.html.j2", view=view)}


def athlete_html(view: Any) -> str:
    """One athlete."""
    return _page("coach/athlete.html.j2", view.title, view=view, explore=partial(view.address.link, "algorithms"))


def athlete_parts(view: Any) -> dict[str, str]:
    """The parts of an athlete's page that change when an alert is answered or something is said."""
    return {name: _render(f"coach/{name}.html.j2", view=view) for name in ("alerts", "workouts")}


def athlete_efforts(efforts: Any) -> dict[str, str]:
    """The mean-maximal curves, as more recordings are read."""
    return {"efforts": _render("coach/efforts.html.j2", efforts=efforts)}


def plans_html(view: Any) -> str:
    """Two plans of one athlete."""
    return _page("coach/plans.html.j2", view.title, view=view)


def plans_outcome(view: Any) -> str:
    """What the plans come to: the part that changes when a slider is moved."""
    return _render("coach/outcome.html.j2", view=view)


def explorer_html(view: Any) -> str:
    """One algorithm."""
    return _page("coach/explorer.html.j2", view.title, view=view)


def on_page(error: FitintelError) -> FitintelError:
    """The error as a page says it: who reads it has no terminal, so that a command is for those who have one."""
    if COMMAND not in (error.next or ""):
        return error
    return FitintelError(error.what, where=error.where, why=error.why, next=_("ask those who run this installation"))


def error_html(error: FitintelError, address: Address) -> str:
    """What could not be shown, why, and what to do: a page like the others."""
    error = on_page(error)
    return _page("coach/error.html.j2", error.what, address=address, what=error.what, why=error.why or "",
                 next=error.next or "")  # fmt: skip


@cache
def css() -> str:
    """The style sheet of every page of coaches."""
    return theme.css() + environment().get_template("coach/style.css.j2").render()


def _page(template: str, title: str, **values: Any) -> str:
    from markupsafe import Markup

    content = Markup(_render(template, **values))
    return (
        environment()
        .get_template("coach/page.html.j2")
        .render(content=content, title=title, language=spoken(), colours=chosen(), theme=_theme())
    )


def _render(template: str, **values: Any) -> str:
    from markupsafe import Markup

    # ready markup is only what is drawn here from escaped values: icons, drawings, figures as JSON
    found = environment().get_template(template)
    return found.render(**values, _=_, lang=spoken(), icon=icon, ready=Markup, draw=_draw, plot=_plot)


def _draw(chart: Chart | PlaneChart, narrow: bool) -> Any:
    from markupsafe import Markup

    if isinstance(chart, PlaneChart):
        return Markup(plane.draw(chart, NARROW if narrow else WIDE))
    return Markup(svg(chart, narrow=narrow))


def _plot(chart: Chart | PlaneChart) -> dict[str, Any]:
    """The chart's figure, for the browser to draw over the drawing that is there; the template is on the page once."""
    made = plane_figure(chart) if isinstance(chart, PlaneChart) else figure(chart)
    return {"data": made["data"], "layout": {name: each for name, each in made["layout"].items() if name != "template"}}


def _theme() -> dict[str, Any]:
    """What all figures of a page share: template, configuration, and each light colour with the dark one."""
    light, dark = theme.variables(theme.LIGHT), theme.variables(theme.DARK)
    pairs = {light[name]: dark[name] for name in light}
    thin = {_rgb(one): _rgb(other) for one, other in pairs.items()}
    return {"template": template(), "config": config(), "dark": pairs | thin}


def _rgb(colour: str) -> str:
    """As half-transparent colours are written: `rgba(` and these."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))


def warm() -> None:
    """Load every template, so that the first page need not."""
    for name in environment().list_templates(filter_func=lambda name: name.endswith(".html.j2")):
        environment().get_template(name)


def opening() -> str:
    """The style sheet, and what is seen of a page until it is there."""
    from markupsafe import Markup

    return environment().get_template("coach/opening.html.j2").render(css=Markup(css()))


CLOSED = "<style>#fi-waiting{display:none}</style>"
"""takes the skeleton away"""


def document(title: str, content: str) -> str:
    """A page as a document of its own: for a printer, and for a file that needs nothing else."""
    from markupsafe import escape

    return (
        f'<!doctype html><html lang="{spoken()}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>body{{margin:0}}{css()}</style></head><body>{content}</body></html>"
    )
