"""Who saw my data; taking everything along; erasing it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from fitintel.views.audit import row_lines
from streamlit_app import draw
from streamlit_app.session import Here, tell

SHOWN = 200
"""rows of the audit chain that are shown"""


def seen(here: Here) -> None:
    """Every reading of the athlete's data, the newest first."""
    say = here.words
    draw.small(say.seen_says)
    rows = here.bench.who_saw(here.athlete.id, last=SHOWN)
    if rows:
        draw.rows(*row_lines(reversed(rows), here.prefers.time_zone), key="seen")
    else:
        draw.empty(say.nobody_saw)


def take(here: Here) -> None:
    """Everything as one archive."""
    say = here.words
    draw.small(say.take_says)
    if st.button(draw.plain(say.make), icon=":material/archive:"):
        with tempfile.TemporaryDirectory(prefix="fitintel-export-") as folder:
            made = here.bench.export(Path(folder, f"{here.athlete.id}.zip"), here.athlete.id)
            content = made.path.read_bytes()
        st.download_button(draw.plain(say.download), content, f"{here.athlete.id}.zip", "application/zip",
                           icon=":material/download:", type="primary")  # fmt: skip


def erase(here: Here) -> None:
    """Remove everything, once the id was typed."""
    say = here.words
    st.warning(draw.plain(say.erase_says), icon=":material/warning:")
    typed = st.text_input(say.erase_type.format(word=here.athlete.id), key="erase-typed")
    if st.button(draw.plain(say.erase_do), type="primary", icon=":material/delete_forever:",
                 disabled=typed != here.athlete.id):  # fmt: skip
        here.bench.erase(here.athlete.id, typed)
        st.session_state.clear()
        st.query_params.clear()
        tell(say.erased)
        st.switch_page("screens/today.py")
