"""Workouts: the history, and one workout opened."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.workouts import header, history, sport_word, year_of, years_of
from streamlit_app import draw
from streamlit_app.session import visit
from streamlit_app.workout import opened

SHOWN = 200
"""rows before a person asks for all"""
EVERY = 100_000  # more than anybody has

with visit("workouts") as here:
    say = here.words
    wanted = st.session_state.get("workout") or st.query_params.get("workout")
    if wanted:
        opened(here, wanted)
        st.stop()
    st.title(draw.plain(say.title))
    rows = here.kept(("rows",), lambda: here.bench.latest_workouts(here.athlete.id, EVERY)[2])
    if not rows:
        draw.empty(say.empty, say.empty_next)
        st.stop()
    sports, years = sorted({row["sport"] for row in rows}), years_of(rows)
    with st.container(horizontal=True):
        sport = st.selectbox(say.sport, ["", *sports],
                             format_func=lambda name: sport_word(name) if name else say.every_sport)  # fmt: skip
        year = st.selectbox(say.year, ["", *years], format_func=lambda name: name or say.every_year)
    chosen = [row for row in rows if sport in ("", row["sport"]) and year in ("", year_of(row["day"]))]
    if not chosen:
        draw.empty(say.none_such)
        st.stop()
    everything = len(chosen) <= SHOWN or st.toggle(draw.plain(say.all_shown))
    listed = history(chosen if everything else chosen[:SHOWN], here.units)
    picked = st.selectbox(say.open, [row.id for row in listed], index=None, placeholder=say.choose,
                          format_func={row.id: row.title for row in listed}.get)  # fmt: skip
    place = draw.picked(header(), [row.cells for row in listed], "history")
    if picked or place is not None:
        st.session_state["workout"] = picked or listed[place].id
        st.rerun()
