"""Trends: where weeks, load and performance go, with intervals; and what changed over the years."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.trends import trends_view, years_view
from streamlit_app import draw
from streamlit_app.card import card
from streamlit_app.session import visit

with visit("trends") as here:
    say = here.words
    opened = here.brief(st.query_params.get("day"))
    st.title(draw.plain(say.title))
    shown = trends_view(opened, here.units, here.bench.answers(here.athlete.id))
    if not shown:
        draw.empty(say.empty)
    for number, part in enumerate(shown):
        st.header(draw.plain(part.title))
        for one in part.charts:
            draw.chart(one, f"{part.name}-{one.name}")
        with st.expander(draw.plain(part.summary)):
            for place, told in enumerate(part.cards):
                card(here, told, f"t{number}-{place}")
    st.header(draw.plain(say.history))
    years = years_view(here.bench.history(here.athlete.id).as_dict(), here.units)
    for change in years.changes:
        with st.container(border=True):
            draw.said(change.title, strong=True)
            draw.small(f"{change.before} → {change.after}")
            draw.small(change.segment)
    if not years.changes:
        draw.small(say.no_changes)
    draw.rows(*years.table, key="years")
