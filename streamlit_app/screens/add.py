"""Add: files with a plain report of each, typed workouts, wellness and thresholds, connected accounts."""

from __future__ import annotations

import streamlit as st

from streamlit_app import accounts, draw, typed, upload
from streamlit_app.session import visit

with visit("add", alone=True) as here:
    say = here.words
    st.title(draw.plain(say.title))
    if here.athlete.simulated:
        draw.small(say.simulated)
    owner = "me" if here.athlete.simulated else here.athlete.id
    parts = (
        (say.files, upload.files), (say.workout, typed.workout), (say.wellness, typed.wellness),
        (say.threshold, typed.threshold), (say.account, accounts.account),
    )  # fmt: skip
    tabs = st.tabs([draw.plain(name) for name, _ in parts])
    for tab, (_name, drawn) in zip(tabs, parts, strict=True):
        with tab, draw.said_errors():
            drawn(here, owner)
