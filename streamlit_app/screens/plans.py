"""Goals and plans: what is aimed at, planned and excused; and two plans side by side."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.plans import excuse_lines, goal_lines, plan_lines, weekly_plan
from fitintel.views.brief import LineView
from fitintel.views.opened import view_of
from fitintel.views.what_if import outlook_notes, outlook_rows
from streamlit_app import draw, stated
from streamlit_app.session import visit


def what_if(here: object) -> None:
    """Two plans with their intervals, from the athlete's own load."""
    say = here.words
    plans, weeks = [], st.slider(say.weeks, 2, 26, 8, key="weeks")
    for name, word, usual in (("A", say.plan_a, 4), ("B", say.plan_b, 5)):
        st.subheader(draw.plain(word))
        with st.container(horizontal=True):
            chosen = [
                st.slider(say.sessions, 0, 14, usual, key=f"sessions-{name}"),
                st.slider(say.ramp, -20, 20, 0, key=f"ramp-{name}"),
                st.slider(say.taper, 0, 21, 0, key=f"taper-{name}"),
                st.slider(say.miss, 0, weeks, 0, key=f"miss-{name}"),
            ]
        plans.append(weekly_plan(name, *chosen))
    if st.button(draw.plain(say.compare), type="primary", icon=":material/compare_arrows:"):
        outlook = here.bench.what_if(plans, here.athlete.id, weeks=weeks)
        if "session" in outlook.value:
            draw.rows(*outlook_rows(outlook), key="outlook")
        for note in outlook_notes(outlook):
            draw.small(note)


with visit("plans") as here:
    say, bench, mine = here.words, here.bench, here.athlete.id
    st.title(draw.plain(say.title))
    lines: tuple[LineView, ...] = view_of(here.brief(), here.units).section("goals").lines
    for line in lines:
        draw.said(f"{line.said.sign} {line.text}")
    goals = goal_lines(bench.stated("goal", mine), here.units)
    plans = plan_lines(bench.stated("plan", mine), here.prefers.today(), here.units)
    excused = excuse_lines(bench.stated("excuse", mine))
    parts = (
        (say.goals, lambda: stated.part(here, "goal", goals, say.no_goals, stated.goal)),
        (say.planned, lambda: stated.part(here, "plan", plans, say.no_plans, stated.plan)),
        (say.excused, lambda: stated.part(here, "excuse", excused, say.no_excuses, stated.excuse)),
        (say.what_if, lambda: what_if(here)),
    )
    for tab, (_name, drawn) in zip(st.tabs([draw.plain(name) for name, _ in parts]), parts, strict=True):
        with tab, draw.said_errors():
            drawn()
