"""Today: on one phone screen what matters, why, and what may be answered."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.cards import today_view
from fitintel.views.app.drawn import drawn
from streamlit_app import draw
from streamlit_app.card import cards
from streamlit_app.session import visit

with visit("today") as here:
    opened = here.brief(st.query_params.get("day"))

    def shown(answers, same):
        """The head of the day, and the cards as they stand with these answers."""
        today = today_view(opened, here.units, answers)
        st.title(draw.plain(today.day_said))
        draw.small(f"{today.athlete} · {today.cutoff}")
        if today.simulated:
            st.badge(draw.plain(here.words.simulated), icon=":material/science:", color="gray")
        footer = here.words.version.format(brief=today.brief_id, version=today.version)
        return drawn(today.cards, today.more, footer=footer, same=same)

    cards(here, f"today-{here.athlete.id}", shown)
