"""Calendar: a month with what was done and planned, and every month as a row."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.calendar import COLUMNS, month_asked, month_of, month_rows, month_view, months
from streamlit_app import draw
from streamlit_app.session import visit

with visit("calendar") as here:
    say = here.words
    workouts = here.bench.workouts(here.athlete.id, columns=COLUMNS)
    plans = here.bench.stated("plan", here.athlete.id)
    brief = here.brief(st.query_params.get("day")).brief
    month = month_asked(st.query_params.get("month", ""), brief.day)
    shown = month_view(workouts, plans, month, here.prefers.today(), here.units)
    st.title(draw.plain(shown.title))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ways = (say.earlier, shown.earlier, "chevron_left"), (say.later, shown.later, "chevron_right")
        wanted = next((other for word, other, icon in ways
                       if st.button(draw.plain(word), icon=f":material/{icon}:", key=f"go-{word}")), "")  # fmt: skip
        every = months(workouts, plans, month, month_of(here.prefers.today()))
        chosen = st.selectbox(say.month, list(every), index=list(every).index(month), format_func=every.get,
                              key=f"month-{month}", width=180)  # fmt: skip
    if (wanted or chosen) != month:
        st.query_params["month"] = wanted or chosen
        st.rerun()
    if shown.totals:
        draw.said(shown.totals, strong=True)
    if shown.chart is not None:
        draw.chart(shown.chart, "month")
    if not shown.days:
        draw.empty(say.empty)
    for line in shown.days:
        with st.container(border=True, gap="small"):
            draw.said(line.said, strong=True)
            for workout_id, what in line.done:
                if st.button(draw.plain(what), key=f"open-{workout_id}", type="tertiary", icon=":material/check:",
                             help=say.done):  # fmt: skip
                    st.session_state["workout"] = workout_id
                    st.switch_page("screens/workouts.py")
            for what in line.planned:
                draw.small(f"{say.planned}: {what}")
    with st.expander(draw.plain(say.months)):
        draw.rows(*month_rows(workouts, here.units), key="months")
