"""Accounts at other services: connected, kept in step, disconnected."""

from __future__ import annotations

import streamlit as st

from fitintel.views.accounts import TITLES, connection_rows, sync_text, title
from streamlit_app import draw
from streamlit_app.session import Here, tell

CALLED_BACK = "http://localhost:8721/"


def account(here: Here, owner: str) -> None:
    """Connected accounts, and how another is connected."""
    say, bench = here.words, here.bench
    known = {one.id for one in bench.athletes()}
    held = bench.connections(owner) if owner in known else ()
    for one, cells in zip(held, connection_rows(held), strict=True):
        with st.container(border=True):
            draw.said(title(one.provider), strong=True)
            draw.small(" · ".join(filter(None, cells[2:])))
            with st.container(horizontal=True):
                if st.button(draw.plain(say.sync), key=f"sync-{one.provider}", icon=":material/sync:"):
                    for report in bench.sync(owner, provider=one.provider):
                        for line in sync_text(report).splitlines():
                            draw.small(line)
                if st.button(draw.plain(say.disconnect), key=f"off-{one.provider}", type="tertiary"):
                    bench.disconnect(one.provider, athlete_id=owner)
                    tell(say.disconnected)
                    st.rerun()
    provider = st.selectbox(say.provider, TITLES, format_func=title, key="provider")
    with st.form("with-key", clear_on_submit=True):
        key = st.text_input(say.key, type="password")
        if st.form_submit_button(draw.plain(say.connect)):
            bench.connect_with_key(provider, key, athlete_id=owner)
            st.success(draw.plain(say.connected), icon=":material/check:")
    if st.button(draw.plain(say.begin), icon=":material/open_in_new:"):
        st.session_state["begun"] = bench.begin_connection(provider, CALLED_BACK, athlete_id=owner).url
    if address := st.session_state.get("begun"):
        draw.small(say.begun)
        st.code(address, language=None, wrap_lines=True)
        with st.form("finish"):
            back = st.text_input(say.redirected)
            if st.form_submit_button(draw.plain(say.finish)):
                bench.finish_connection(provider, back, athlete_id=owner)
                del st.session_state["begun"]
                st.success(draw.plain(say.connected), icon=":material/check:")
