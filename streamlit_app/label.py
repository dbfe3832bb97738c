"""What a workout is taken for, and the athlete's own word on it, which wins over every algorithm."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.taken import taken_lines
from fitintel.views.app.workouts import LEVELS, held, label_word
from streamlit_app import draw
from streamlit_app.session import Here, fragment, seen


def label(here: Here, workout_id: str, sport: str) -> None:
    """What the brief takes it for, and the form, which is drawn again on its own: what is said changes nothing else."""
    say, bench, mine = here.words, here.bench, here.athlete.id
    st.header(draw.plain(say.label))
    for one in taken_lines(bench.taken_for(workout_id, mine, here.brief()), sport):
        draw.said(one.text)
        draw.small(one.badge)

    @fragment(here)
    def form() -> None:
        said = held(bench.labels(mine), workout_id)
        with st.form("label", border=True):
            given = {
                level: st.selectbox(say.label if level == "activity" else say.session, choices, key=f"is-{level}",
                                    index=choices.index(said[level]) if level in said else None,
                                    format_func=label_word, placeholder=say.choose)
                for level, choices in LEVELS
            }  # fmt: skip
            why = st.text_input(say.why)
            sent = st.form_submit_button(draw.plain(say.keep_label), type="primary")
        if sent:
            bench.label(workout_id, why=why, athlete_id=mine,
                        **{level: value for level, value in given.items() if value})  # fmt: skip
            seen(here)
            st.success(draw.plain(say.labelled))
            said = held(bench.labels(mine), workout_id)
        if said and st.button(draw.plain(say.take_back), type="tertiary"):
            bench.unlabel(workout_id, athlete_id=mine)
            seen(here)
            st.rerun(scope="fragment")

    form()
