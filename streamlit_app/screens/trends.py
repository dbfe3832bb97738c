"""Trends: where weeks, load and performance go, with intervals; and what changed over the years."""

from __future__ import annotations

from functools import partial

import streamlit as st

from fitintel.views.app.drawn import drawn
from fitintel.views.app.trends import trends_view, years_view
from streamlit_app import draw
from streamlit_app.card import cards
from streamlit_app.efforts import best
from streamlit_app.session import visit

with visit("trends") as here:
    say = here.words
    opened = here.brief(st.query_params.get("day"))
    st.title(draw.plain(say.title))
    shown = trends_view(opened, here.units)
    if not shown:
        draw.empty(say.empty)

    def answered(number, answers, same):
        """The cards of a part as they stand with these answers."""
        part = trends_view(opened, here.units, answers)[number]
        return drawn((), ((part.summary, part.cards),), same=same)

    for number, part in enumerate(shown):
        st.header(draw.plain(part.title))
        for one in part.charts:
            draw.chart(one, f"{part.name}-{one.name}")
        cards(here, f"trend-{part.name}-{here.athlete.id}", partial(answered, number))
    best(here, opened.brief.day)
    st.header(draw.plain(say.history))
    years = years_view(here.kept(("history",), lambda: here.bench.history(here.athlete.id)).as_dict(), here.units)
    for change in years.changes:
        with st.container(border=True):
            draw.said(change.title, strong=True)
            draw.small(f"{change.before} → {change.after}")
            draw.small(change.segment)
    if not years.changes:
        draw.small(say.no_changes)
    draw.rows(*years.table, key="years")
