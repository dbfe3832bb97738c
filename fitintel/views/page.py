"""A view as HTML: parts that stand alone in a notebook cell and together make the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.views import theme
from fitintel.views.language import _, speaking
from fitintel.views.svg import svg
from fitintel.views.templates import environment

if TYPE_CHECKING:
    from fitintel.views.algorithm import AlgorithmView
    from fitintel.views.brief import BriefView, SectionView
    from fitintel.views.header import HeaderView
    from fitintel.views.squad import SquadView


def _render(template: str, language: str | None = None, **values: Any) -> str:
    from markupsafe import Markup

    # the only two kinds of ready markup: the style sheet and drawings, both made here from escaped values
    with speaking(language) as spoken:
        return (
            environment()
            .get_template(template)
            .render(
                **values,
                _=_,
                lang=spoken,
                css=Markup(theme.css()),
                draw=lambda chart, narrow: Markup(svg(chart, narrow=narrow)),
            )
        )


def header_html(header: HeaderView) -> str:
    """The head of the brief; it brings the style sheet for everything after it."""
    return _render("header.html.j2", header.language, header=header)


def section_html(section: SectionView) -> str:
    """One section, without its title: the notebook or the page writes that."""
    return _render("section.html.j2", section.language, section=section)


def brief_html(view: BriefView) -> str:
    """The whole brief as one block."""
    return _render("brief.html.j2", view.header.language, view=view)


def brief_page(view: BriefView) -> str:
    """The whole brief as one self-contained page: nothing is fetched, no script runs."""
    with speaking(view.header.language):
        return document(f"{view.header.title}: {view.header.athlete}, {view.header.day_said}", brief_html(view))


def document(title: str, body: str) -> str:
    """A page around a block that was made here."""
    from markupsafe import Markup

    return _render("document.html.j2", title=title, body=Markup(body))


def squad_html(view: SquadView) -> str:
    """The squad's day as one block."""
    return _render("squad.html.j2", view.language, view=view)


def algorithm_html(view: AlgorithmView) -> str:
    """An algorithm's page as one block."""
    return _render("algorithm.html.j2", view=view)
