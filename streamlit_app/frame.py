"""What stands around every screen: whom one looks at, and word of what is new."""

from __future__ import annotations

import streamlit as st

from fitintel.core.units import UnitSystem
from fitintel.views.answers import told_text
from fitintel.workbench.freshness import fingerprint
from streamlit_app import draw
from streamlit_app.session import Here, fragment

WIDE = 320
"""px of the list of athletes"""
EVERY = 30
"""s between two looks at whether something is new"""


def who(here: Here) -> None:
    """The athlete who is looked at; a choice where there are several."""
    everyone = {one.id: one for one in here.bench.athletes()}
    if len(everyone) < 2:
        return
    ids = sorted(everyone, key=lambda name: (everyone[name].simulated, name))
    # the key names whom it stands at: an upload may have moved on to somebody else meanwhile
    chosen = st.selectbox(here.words.athlete, ids, index=ids.index(here.athlete.id), key=f"picked-{here.athlete.id}",
                          format_func=lambda name: f"{everyone[name].name} ({name})",
                          label_visibility="collapsed", width=WIDE)  # fmt: skip
    if chosen != here.athlete.id:
        st.session_state["athlete"] = chosen
        st.query_params["athlete"] = chosen
        st.rerun()


def watch(here: Here) -> None:
    """Look now and then whether something has come in; say so, with a new alert in its own words."""
    place = f"seen-{here.athlete.id}"
    st.session_state[place] = fingerprint(here.bench, here.athlete.id)

    @fragment(here, run_every=EVERY)
    def look() -> None:
        now = fingerprint(here.bench, here.athlete.id)
        if now == st.session_state.get(place):
            return
        st.session_state[place] = now
        st.session_state["news"] = True
        st.rerun()

    look()
    known = f"alerts-{here.athlete.id}"
    if st.session_state.pop("news", False) or known not in st.session_state:
        standing = {one.told.key: one.told for one in here.bench.alerts(here.athlete.id)}
        before = st.session_state.get(known)
        st.session_state[known] = set(standing)
        for key in sorted(set(standing) - (before if before is not None else set(standing))):
            text = told_text(standing[key], UnitSystem(here.units))
            st.toast(draw.plain(here.words.new_alert.format(text=text)), icon=":material/notifications:")
