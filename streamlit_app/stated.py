"""What an athlete states: listed, added, withdrawn."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from fitintel.core import days
from fitintel.views.app import forms
from fitintel.views.app.plans import Line
from streamlit_app import draw
from streamlit_app.session import Here, tell

MOST = 40
"""lines that are shown"""


def part(here: Here, what: str, lines: tuple[Line, ...], none: str, form: Callable[[Here], dict[str, object] | None]
         ) -> None:  # fmt: skip
    """The statements that hold, each with a button that withdraws it; and the form for another."""
    if not lines:
        draw.empty(none)
    if here.athlete.simulated:
        draw.small(here.words.simulated_states)
    for place, one in enumerate(lines[:MOST]):
        with st.container(horizontal=True, vertical_alignment="center"):
            draw.said(one.text)
            if not here.athlete.simulated and st.button(
                draw.plain(here.words.withdraw), icon=":material/delete:", type="tertiary", key=f"{what}-{place}"
            ):
                here.bench.state(what, athlete_id=here.athlete.id, **dict(one.fields))
                tell(here.words.withdrawn)
                st.rerun()
        if one.detail:
            draw.small(one.detail)
    if here.athlete.simulated:
        return
    with st.form(f"state-{what}", clear_on_submit=True):
        fields = form(here)
    if fields is not None:
        here.bench.state(what, athlete_id=here.athlete.id, **fields)
        tell(here.words.kept)
        st.rerun()


def goal(here: Here) -> dict[str, object] | None:
    """The form of a goal; its fields once it was sent."""
    say, kinds = here.words, forms.goals()
    fields = {
        "kind": st.selectbox(say.kind, kinds, format_func=kinds.get), "value": st.text_input(say.value),
        "valid_from": _day(here, say.since), "name": st.text_input(say.name),
    }  # fmt: skip
    return fields if st.form_submit_button(draw.plain(say.add_goal), type="primary") else None


def plan(here: Here) -> dict[str, object] | None:
    """The form of a planned workout."""
    say, sports = here.words, forms.sports()
    fields = {
        "day": _day(here, say.day), "sport": st.selectbox(say.sport, sports, format_func=sports.get),
        "duration": st.text_input(say.duration), "distance": st.text_input(say.distance),
        "rpe": st.number_input(say.rpe, 0, 10, value=None), "notes": st.text_input(say.notes, max_chars=2000),
    }  # fmt: skip
    return fields if st.form_submit_button(draw.plain(say.add_plan), type="primary") else None


def excuse(here: Here) -> dict[str, object] | None:
    """The form of excused days."""
    say, reasons = here.words, forms.reasons()
    fields = {
        "first": _day(here, say.first), "last": _day(here, say.last),
        "reason": st.selectbox(say.reason, reasons, format_func=reasons.get), "notes": st.text_input(say.notes),
    }  # fmt: skip
    return fields if st.form_submit_button(draw.plain(say.add_excuse), type="primary") else None


def _day(here: Here, word: str) -> str:
    return st.date_input(word, value=days.from_number(here.prefers.today())).isoformat()
