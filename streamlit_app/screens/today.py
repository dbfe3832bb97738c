"""Today: on one phone screen what matters, why, and what may be answered."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.cards import today_view
from streamlit_app import draw
from streamlit_app.card import card
from streamlit_app.session import visit

with visit("today") as here:
    answers = here.bench.answers(here.athlete.id)
    shown = today_view(here.brief(st.query_params.get("day")), here.units, answers)
    st.title(draw.plain(shown.day_said))
    draw.small(f"{shown.athlete} · {shown.cutoff}")
    if shown.simulated:
        st.badge(draw.plain(here.words.simulated), icon=":material/science:", color="gray")
    for place, one in enumerate(shown.cards):
        card(here, one, f"c{place}")
    for number, (title, more) in enumerate(shown.more):
        with st.expander(draw.plain(title)):
            for place, one in enumerate(more):
                card(here, one, f"m{number}-{place}")
    draw.small(here.words.version.format(brief=shown.brief_id, version=shown.version))
