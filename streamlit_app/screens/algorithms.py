"""Algorithms: the card of each, how it fared, and its formula with the athlete's own numbers."""

from __future__ import annotations

import streamlit as st

from fitintel.views.algorithm import algorithm_view
from fitintel.views.app.algorithms import families, listed, with_numbers
from streamlit_app import draw
from streamlit_app.session import visit

with visit("algorithms") as here:
    say = here.words
    st.title(draw.plain(say.title))
    cards = here.bench.cards()
    runs = here.brief(st.query_params.get("day")).runs
    text = st.text_input(say.search)
    family = st.selectbox(say.family, ["", *families(cards)], format_func=lambda name: name or say.every_family)
    yours = st.toggle(draw.plain(say.yours), value=True)
    found = listed(cards, text, family, {run.algorithm for run in runs.values()} if yours else None)
    if not found:
        draw.empty(say.none)
        st.stop()
    wanted = st.query_params.get("algorithm")
    names = list(found)
    chosen = st.selectbox(say.open, names, index=names.index(wanted) if wanted in names else 0, format_func=found.get)
    st.query_params["algorithm"] = chosen
    shown = algorithm_view(here.bench.open_algorithm(chosen)).on_page()
    st.header(draw.plain(f"{shown.title} {shown.version}"))
    draw.said(shown.lead)
    mine = [run.id for run in runs.values() if run.algorithm == chosen]
    if mine:
        with st.expander(draw.plain(say.with_numbers), on_change="rerun", key=f"numbers-{chosen}") as numbers:
            if numbers.open:
                for line in with_numbers(here.bench.explain(mine[0], here.athlete.id)):
                    draw.small(line)
    for part in shown.parts:
        with st.expander(draw.plain(part.title)):
            if part.code:
                st.code("\n".join(part.lines), language=None, wrap_lines=True)
            else:
                for line in part.lines:
                    draw.small(line)
            if part.rows:
                draw.rows(part.header, part.rows, key=f"{chosen}-{part.title}")
