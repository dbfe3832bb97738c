"""How a person reads: units, language, colours, time zone."""

from __future__ import annotations

from zoneinfo import available_timezones

import streamlit as st

from fitintel.core.preferences import LANGUAGES, THEMES
from fitintel.core.units import UnitSystem
from fitintel.views import language
from fitintel.views.app.words import words
from streamlit_app import draw
from streamlit_app.session import Here, tell


def reading(here: Here) -> None:
    """The form; what is chosen holds at once, on every page of this person."""
    say, now = here.words, here.prefers
    units = ["", *(one.value for one in UnitSystem)]
    systems = {"": say.units_auto, "metric": say.metric, "imperial": say.imperial}
    themes = {"auto": say.theme_auto, "light": say.light, "dark": say.dark}
    zones = ["", *sorted(available_timezones())]
    with st.form("reading"):
        chosen = {
            "units": st.selectbox(say.units, units, index=units.index(now.units.value if now.units else ""),
                                  format_func=systems.get),
            "language": st.selectbox(say.language, LANGUAGES, index=LANGUAGES.index(now.language),
                                     format_func=language.LANGUAGES.get),
            "theme": st.selectbox(say.theme, THEMES, index=THEMES.index(now.theme), format_func=themes.get),
            "time_zone": st.selectbox(say.zone, zones, index=zones.index(now.time_zone),
                                      format_func=lambda zone: zone or say.machine),
        }  # fmt: skip
        if st.form_submit_button(draw.plain(say.save), type="primary"):
            here.bench.prefer(**chosen)
            with language.speaking(chosen["language"]):
                tell(words("me").saved)
            st.rerun()
