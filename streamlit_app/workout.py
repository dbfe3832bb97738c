"""One workout: figures, samples over time, what it was, whether it counts, and whether it is one with another."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.workouts import WorkoutView, workout_view
from streamlit_app import draw
from streamlit_app.label import label
from streamlit_app.samples import over_time
from streamlit_app.session import Here, tell


def opened(here: Here, workout_id: str) -> None:
    """Draw the workout of that id."""
    say = here.words
    if st.button(draw.plain(say.back), icon=":material/arrow_back:"):
        st.session_state.pop("workout", None)
        st.query_params.pop("workout", None)
        st.rerun()
    found = here.bench.workout(workout_id, here.athlete.id)
    shown = workout_view(found.row, found.recorded, found.record, found.problems, found.links, found.trust, found.load,
                         here.bench.labels(here.athlete.id), here.units)  # fmt: skip
    st.title(draw.plain(shown.title))
    if shown.origin:
        draw.small(shown.origin)
    if shown.excluded:
        st.warning(draw.plain(say.excluded), icon=":material/visibility_off:")
    draw.said(shown.summary, strong=True)
    draw.rows(*shown.table, key="figures", whole=True)
    if shown.notes:
        draw.said(shown.notes)
    over_time(here, shown)
    label(here, shown.id, found.row["sport"])
    counts(here, shown)


def counts(here: Here, shown: WorkoutView) -> None:
    """Whether it counts, and whether it is one with another."""
    say, bench, mine = here.words, here.bench, here.athlete.id
    if st.button(draw.plain(say.include if shown.excluded else say.exclude), icon=":material/visibility_off:"):
        (bench.count_again if shown.excluded else bench.leave_out)(shown.id, athlete_id=mine)
        tell(say.included_done if shown.excluded else say.excluded_done)
        st.rerun()
    for other in shown.merged:
        draw.small(f"{say.merged_with}: {other}")
        if st.button(draw.plain(say.undo_merge), icon=":material/call_split:", key=f"split-{other}"):
            bench.decide_duplicates("split", other, athlete_id=mine)
            tell(say.split_done)
            st.rerun()
    for other, why in shown.may_be_one:
        draw.said(f"{say.same}: {other}. {why}")
        with st.container(horizontal=True):
            for word, what in ((say.one, "merge"), (say.two, "keep")):
                if st.button(draw.plain(word), key=f"{what}-{other}"):
                    bench.decide_duplicates(what, shown.id, other, athlete_id=mine)
                    st.rerun()
