"""With whom the athlete shares what: squads joined and left, categories opened and taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from fitintel.views.app.sharing import CATEGORIES, PURPOSES, category_word, shared, squad_lines
from fitintel.views.language import _
from streamlit_app import draw
from streamlit_app.session import Here, tell


def sharing(here: Here) -> None:
    """Squads, and what their coaches and researchers see."""
    say, bench, mine, now = here.words, here.bench, here.athlete.id, datetime.now(UTC)
    draw.small(say.shared_says)
    lines = squad_lines(((one.squad, one.members) for one in bench.squads()), mine, now)
    for one in lines:
        with st.container(border=True):
            draw.said(one.text, strong=True)
            draw.small(one.coaches)
            with st.container(horizontal=True):
                if one.invited and st.button(draw.plain(say.join), key=f"join-{one.membership}", type="primary"):
                    bench.join_squad(one.membership)
                    st.rerun()
                if st.button(draw.plain(say.refuse if one.invited else say.leave), key=f"leave-{one.membership}"):
                    bench.leave_squad(one.membership)
                    st.rerun()
    if not lines:
        draw.empty(say.no_squad)
    consents = bench.consents(mine)
    with st.form("sharing"):
        before = {purpose: shared(consents, purpose, now) for purpose in PURPOSES}
        chosen = {
            purpose: st.multiselect(_(words), CATEGORIES, default=before[purpose], format_func=category_word,
                                    placeholder=say.nothing_shared, key=f"share-{purpose}")
            for purpose, words in PURPOSES.items()
        }  # fmt: skip
        sent = st.form_submit_button(draw.plain(say.save), type="primary")
    if sent:
        for purpose, wanted in chosen.items():
            if given := [one for one in wanted if one not in before[purpose]]:
                bench.give_consent(given, purpose, athlete_id=mine)
            if taken := [one for one in before[purpose] if one not in wanted]:
                bench.withdraw_consent(taken, purpose, athlete_id=mine)
        tell(say.saved)
        st.rerun()
