"""Today: on one phone screen what matters, why, and what may be answered."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.cards import today_view
from fitintel.views.app.drawn import today_drawn
from fitintel.views.numbers import full_date
from streamlit_app import draw
from streamlit_app.card import cards
from streamlit_app.session import visit

with visit("today") as here:
    opened = here.brief(st.query_params.get("day"))
    st.title(draw.plain(full_date(opened.brief.day)))
    # in the cards' own part is as little as can be: it is drawn again after each tap
    cards(here, f"today-{here.athlete.id}",
          lambda answers, same: today_drawn(today_view(opened, here.units, answers), same))  # fmt: skip
