"""Second by second: samples of one workout as recorded and repaired, its mean-maximal curve, laps and repairs."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.workouts import WorkoutView
from fitintel.views.charts.stream import Stream, stream_alt, stream_figure, streams
from fitintel.views.workout_curve import workout_curves
from streamlit_app import draw
from streamlit_app.session import Here


def over_time(here: Here, shown: WorkoutView) -> None:
    """What was recorded over time; what was repaired and noted."""
    say = here.words
    st.header(draw.plain(say.stream))
    found = here.kept(("streams", shown.id, here.units), lambda: _streams(here, shown.id))
    if found:
        draw.plot(stream_figure(found, dark=draw.dark()), stream_alt(found), "stream")
        curve = here.kept(("curve", shown.id), lambda: here.bench.workout_curve(here.athlete.id, shown.id))
        for one in workout_curves(curve, here.units):
            draw.chart(one, one.name)
    else:
        draw.small(say.no_stream)
    if shown.laps:
        with st.expander(draw.plain(say.laps)):
            draw.rows(shown.lap_header, shown.laps)
    for word, texts in ((say.repairs, shown.repairs), (say.problems, shown.problems)):
        if texts:
            with st.expander(draw.plain(word)):
                for text in texts:
                    draw.small(text)


def _streams(here: Here, workout_id: str) -> tuple[Stream, ...]:
    repaired, recorded = (here.bench.samples(here.athlete.id, workout_id, repaired=done) for done in (True, False))
    return streams(repaired, recorded, here.units)
