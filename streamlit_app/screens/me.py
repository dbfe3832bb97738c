"""Me: how one reads, thresholds, who saw one's data, taking them along, erasing them."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.me import threshold_rows
from streamlit_app import draw, privacy
from streamlit_app.reading import reading
from streamlit_app.session import visit
from streamlit_app.sharing import sharing

with visit("me") as here:
    say = here.words
    st.title(draw.plain(here.athlete.name))
    st.header(draw.plain(say.reading))
    reading(here)
    st.header(draw.plain(say.thresholds))
    held = here.bench.stated("threshold", here.athlete.id)
    if held:
        draw.rows(*threshold_rows(held, here.units), key="thresholds")
    else:
        draw.empty(say.no_thresholds)
    st.header(draw.plain(say.privacy))
    parts = (
        (say.shared, sharing), (say.seen, privacy.seen), (say.take, privacy.take), (say.erase, privacy.erase)
    )  # fmt: skip
    for word, drawn in parts:
        with st.expander(draw.plain(word), on_change="rerun", key=f"part-{word}") as part:
            if part.open:
                with draw.said_errors():
                    drawn(here)
