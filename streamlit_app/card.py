"""Cards: what each says, why, how it was computed, and what the athlete answers.

One script in the page draws them all (drawn/cards.js): beside dozens of Streamlit's elements it is there sooner, and a
tap is answered without drawing anything else again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from fitintel.core.answers import Answer
from fitintel.core.errors import FitintelError
from streamlit_app import draw
from streamlit_app.drawn import script
from streamlit_app.session import Here, fragment, seen

mount = script("cards")
Answers = Iterable[Answer]


def cards(here: Here, key: str, shown: Callable[[Answers, str], dict[str, Any]]) -> None:
    """Draw the cards that `shown` gives, below what it draws itself.

    It is called with the answers so far and the run that was just replayed, and again after each tap.
    """
    state = st.session_state.setdefault(f"{key}-state", {})

    def tapped() -> None:
        try:
            respond(here, st.session_state[key].tapped, state)
        except FitintelError as error:
            state["error"] = error

    @fragment(here)
    def drawn() -> None:
        if "workout" in state:
            st.session_state["workout"] = state.pop("workout")
            st.switch_page("screens/workouts.py")
        if "error" in state:
            draw.failure(state.pop("error"))
        mount(data=shown(here.bench.answers(here.athlete.id), state.pop("same", "")), key=key,
              on_tapped_change=tapped)  # fmt: skip

    drawn()


def respond(here: Here, tap: dict[str, str], state: dict[str, Any]) -> None:
    """Do what was tapped; `state` keeps what the next drawing has to say."""
    does = tap["do"]
    if does == "answer":
        here.bench.answer(tap["key"], tap["action"], athlete_id=here.athlete.id)
    elif does == "snooze":
        here.bench.answer(tap["key"], does, until=tap["until"], athlete_id=here.athlete.id)
    elif does == "again":
        here.bench.replay(tap["run"])
        state["same"] = tap["run"]
    elif does == "open":
        state["workout"] = tap["workout"]
    seen(here)
