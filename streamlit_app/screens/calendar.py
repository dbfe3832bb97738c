"""Calendar: a month with what was done and planned, and every month as a row."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.calendar import COLUMNS, month_of, month_rows, month_view
from streamlit_app import draw
from streamlit_app.session import visit

with visit("calendar") as here:
    say = here.words
    workouts = here.bench.workouts(here.athlete.id, columns=COLUMNS)
    plans = here.bench.stated("plan", here.athlete.id)
    brief = here.brief(st.query_params.get("day")).brief
    month = st.query_params.get("month") or month_of(brief.day)
    shown = month_view(workouts, plans, month, here.prefers.today(), here.units)
    st.title(draw.plain(shown.title))
    with st.container(horizontal=True):
        ways = (say.earlier, shown.earlier, "chevron_left"), (say.later, shown.later, "chevron_right")
        for word, other, icon in ways:
            if st.button(draw.plain(word), icon=f":material/{icon}:", key=f"go-{word}"):
                st.query_params["month"] = other
                st.rerun()
    if shown.totals:
        draw.said(shown.totals, strong=True)
    if not shown.done and not shown.planned:
        draw.empty(say.empty)
    elif shown.chart is not None:
        draw.chart(shown.chart, "month")
    for word, entries in ((say.done, shown.done), (say.planned, shown.planned)):
        if entries:
            st.subheader(draw.plain(word))
        for one in entries:
            text = draw.plain(f"{one.day_said}: {one.what}")
            if not one.workout_id:
                st.markdown(f":material/event: {text}")
            elif st.button(text, key=f"open-{one.workout_id}", type="tertiary", icon=":material/check:"):
                st.session_state["workout"] = one.workout_id
                st.switch_page("screens/workouts.py")
    with st.expander(draw.plain(say.months)):
        draw.rows(*month_rows(workouts, here.units), key="months")
