"""What stands around every screen: whom one looks at, and word of what is new."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.news import news
from fitintel.views.app.sizes import CHOICE
from fitintel.workbench.freshness import fingerprint
from fitintel.workbench.happening import since
from streamlit_app.drawn import script
from streamlit_app.session import Here, fragment, seen

# the list is the browser's own: Streamlit's takes a dozen more scripts before the screen is there
mount = script("frame")
EVERY = 10
"""s between two looks at whether something is new"""


def who(here: Here) -> None:
    """The athlete who is looked at, a choice where there are several; in the colours that the reader chose."""
    everyone = {one.id: one for one in here.bench.athletes()}
    ids = sorted(everyone, key=lambda name: (everyone[name].simulated, name)) if len(everyone) > 1 else []
    people = [[name, f"{everyone[name].name} ({name})"] for name in ids]
    found = mount(data={"label": here.words.athlete, "people": people, "chosen": here.athlete.id,
                        "theme": here.prefers.theme}, key="who", on_tapped_change=lambda: None,
                  height=CHOICE if people else "content")  # fmt: skip
    if found.tapped in everyone and found.tapped != here.athlete.id:
        st.session_state["athlete"] = found.tapped
        st.query_params["athlete"] = found.tapped
        st.rerun()


def told() -> None:
    """Word of what the reader has just done, where the screen was drawn again since."""
    if text := st.session_state.pop("told", ""):
        # not Streamlit's toast: it is a dialog without a name to a screen reader
        mount(data={"lines": [text]}, key="told", on_tapped_change=lambda: None, height=1)


def watch(here: Here) -> None:
    """Look now and then whether something has happened, and say so; what is read does not move meanwhile."""
    place = f"seen-{here.athlete.id}"
    if place not in st.session_state:
        seen(here)
    # this run draws what stands in the store now; what has happened stays news until it was shown
    st.session_state[place] = fingerprint(here.bench, here.athlete.id), st.session_state[place][1]

    @fragment(here, run_every=EVERY)
    def look() -> None:
        known, last = st.session_state[place]
        now = news(since(here.bench, here.athlete.id, last), fingerprint(here.bench, here.athlete.id) != known)
        found = mount(data={"lines": list(now.lines), "show": here.words.show if now.show else ""}, key="news",
                      on_tapped_change=lambda: None, height=1)  # fmt: skip
        if found.tapped:
            seen(here)
            if now.alerts:
                st.switch_page("screens/today.py")
            st.rerun()

    look()
