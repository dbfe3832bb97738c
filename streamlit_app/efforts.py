"""Best efforts: the highest mean power and speed over each duration, from the samples of recordings."""

from __future__ import annotations

import streamlit as st

from fitintel.views.coach.efforts import efforts
from streamlit_app import draw
from streamlit_app.session import Here, fragment

READ = 30
"""recordings that are read at once; their curves are kept"""


def best(here: Here, day: int) -> None:
    """The curves up to a day, once they are asked for: samples are many."""

    @fragment(here)
    def drawn() -> None:
        with st.expander(draw.plain(here.words.records), on_change="rerun", key="efforts") as part:
            if not part.open:
                return
            shown = efforts(here.bench.mean_maximal(here.athlete.id, day, most=READ), here.units)
            for one in shown.charts:
                draw.chart(one, one.name)
            if shown.said:
                draw.small(shown.said)
            if shown.waiting and st.button(draw.plain(here.words.read_on), icon=":material/more_horiz:"):
                st.rerun(scope="fragment")

    drawn()
