"""How the app draws: text of data is never markup, and every chart has its words and its table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import streamlit as st

from fitintel.core.errors import FitintelError, NotAllowed
from fitintel.core.records import Level
from fitintel.views.app.sizes import MOST_ROWS, table_height
from fitintel.views.app.words import words
from fitintel.views.charts import plane
from fitintel.views.charts.figure import config, figure
from fitintel.views.charts.plane import PlaneChart
from fitintel.views.charts.spec import Chart, Table
from fitintel.views.dates import day_format

if TYPE_CHECKING:
    import pandas as pd

MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&@=/\"'^%])")
"""characters that Markdown, its directives and its links are made of"""


def plain(text: object) -> str:
    """Text for a place that reads Markdown, so that it shows as it is."""
    return MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def said(text: object, *, strong: bool = False) -> None:
    """A sentence."""
    shown = plain(text)
    st.markdown(f"**{shown}**" if strong and shown else shown)


def small(text: object) -> None:
    """A remark."""
    quiet(plain(text))


def quiet(markup: str) -> None:
    """Small and grey, in the grey of the theme: that of captions is too pale to be read."""
    st.markdown(f":small[:gray[{markup}]]")


def empty(what: str, then: str = "") -> None:
    """There is nothing here yet, and what to do about it."""
    st.info(plain(what), icon=":material/inbox:")
    if then:
        small(then)


def failure(error: FitintelError) -> None:
    """What went wrong, why, and what to do; never a traceback."""
    say = words("every")
    refused = isinstance(error, NotAllowed)
    st.error(plain(f"{say.refused if refused else say.failed} {error.what}"),
             icon=":material/lock:" if refused else ":material/error:")  # fmt: skip
    for name, text in ((say.why, error.why), (say.next, error.next)):
        if text:
            small(f"{name}: {text}")


@contextmanager
def said_errors() -> Iterator[None]:
    """An error is said where it happened; the rest of the screen stays."""
    try:
        yield
    except FitintelError as error:
        failure(error)


def level(kind: Level, word: str) -> None:
    """The word for a level beside its colour."""
    if word:
        st.badge(plain(word), color={Level.ALERT: "red", Level.NOTICE: "orange"}.get(kind, "gray"))


def rows(
    header: Sequence[str], cells: Iterable[Sequence[object]], *, key: str | None = None, whole: bool = False
) -> None:
    """A table whose cells are text; `whole`: no part of it is scrolled to."""
    shown = _frame(header, cells)
    st.dataframe(shown, hide_index=True, key=key,
                 height=table_height(len(shown), len(shown) if whole else MOST_ROWS))  # fmt: skip


def picked(header: Sequence[str], cells: Iterable[Sequence[object]], key: str) -> int | None:
    """The same, of which a row can be picked, by ISO days in the first column; the row's place."""
    shown = _frame(header, cells)
    day = {header[0]: st.column_config.DateColumn(format=day_format())}  # a text of the day would sort by its letters
    chosen = st.dataframe(shown, hide_index=True, key=key, on_select="rerun", selection_mode="single-row",
                          column_config=day, height=table_height(len(shown)))  # fmt: skip
    return next(iter(chosen.selection.rows), None)


def _frame(header: Sequence[str], cells: Iterable[Sequence[object]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([[str(cell) for cell in row] for row in cells], columns=list(_distinct(header)))


def _distinct(header: Sequence[str]) -> Iterable[str]:
    seen: dict[str, int] = {}
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        yield name + " " * seen[name] if seen[name] > 1 or not name else name


def chart(shown: Chart | PlaneChart, key: str) -> None:
    """A chart under its title, with what it says in words and the figures behind it."""
    said(shown.title, strong=True)
    plot((plane.figure if isinstance(shown, PlaneChart) else figure)(shown, dark=dark()), shown.alt, key)
    small(shown.alt)
    table(shown.table, f"{key}-table")


def plot(made: dict[str, Any], alt: str, key: str) -> None:
    """A figure of Plotly, in room that is kept for it from the beginning; `alt` is what a screen reader says."""
    st.plotly_chart(made, theme=None, config=config(), key=key, height=made["layout"]["height"], alt=alt)


def table(behind: Table, key: str) -> None:
    """The figures behind a chart."""
    with st.expander(plain(words("every").table), icon=":material/table:"):
        rows(behind.columns, behind.rows, key=key)


def dark() -> bool:
    """Whether the page is dark."""
    return st.context.theme.type == "dark"
