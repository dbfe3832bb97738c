"""The athlete's app. Start it with: fitintel serve app"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # Streamlit puts only this folder on the path
    sys.path.insert(0, str(ROOT))

from fitintel.views.app.words import screens  # noqa: E402
from streamlit_app import frame  # noqa: E402
from streamlit_app.session import visit  # noqa: E402

# a file: the icon of a font would be fetched from another host as the sign of the tab
st.set_page_config(page_title="fitintel", page_icon=str(Path(__file__).with_name("icon.svg")), layout="centered")
with visit("every", alone=True) as here:
    pages = [
        st.Page(f"screens/{one.name}.py", title=one.title, icon=f":material/{one.icon}:", default=place == 0)
        for place, one in enumerate(screens())
    ]
    # above: a bar at the side would come after the page and push it away
    page = st.navigation(pages, position="top")
    frame.who(here)
    frame.told()
    if here.somebody:
        frame.watch(here)
    page.run()
