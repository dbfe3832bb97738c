"""What is typed by hand: a workout, a day's wellness, a threshold. It passes the same checks as a file."""

from __future__ import annotations

from datetime import date

import streamlit as st

from fitintel.core import days
from fitintel.views.app import forms
from fitintel.views.app.reports import file_reports
from streamlit_app import draw
from streamlit_app.session import Here
from streamlit_app.upload import report


def today(here: Here) -> date:
    """The day it is for the reader."""
    return days.from_number(here.prefers.today())


def workout(here: Here, owner: str) -> None:
    """A workout."""
    say, sports = here.words, forms.sports()
    with st.form("typed-workout", clear_on_submit=True):
        fields = {
            "date": st.date_input(say.date, value=today(here), max_value=today(here)),
            "sport": st.selectbox(say.sport, sports, format_func=sports.get),
            "duration": st.text_input(say.duration),
            "distance": st.text_input(say.distance),
            "rpe": st.number_input(say.rpe, 0, 10, value=None),
            "hr_mean": st.number_input(say.hr_mean, 25, 250, value=None),
            "notes": st.text_area(say.notes, max_chars=2000),
        }
        if st.form_submit_button(draw.plain(say.add), type="primary"):
            _kept(here, [here.bench.add(athlete_id=owner, **{k: v for k, v in fields.items() if v not in (None, "")})])


def wellness(here: Here, owner: str) -> None:
    """How a day was outside of training."""
    say = here.words
    with st.form("typed-wellness", clear_on_submit=True):
        day = st.date_input(say.date, value=today(here), max_value=today(here))
        given = {name: st.text_input(word, placeholder=may_be, key=f"w-{name}")
                 for name, (word, may_be) in forms.wellness().items()}  # fmt: skip
        if st.form_submit_button(draw.plain(say.add), type="primary"):
            typed = {name: text for name, text in given.items() if text.strip()}
            _kept(here, [here.bench.add_wellness(athlete_id=owner, date=day, **typed)])


def threshold(here: Here, owner: str) -> None:
    """A threshold with the day from which it holds."""
    say, kinds, sports = here.words, forms.thresholds(), forms.sports()
    with st.form("typed-threshold", clear_on_submit=True):
        kind = st.selectbox(say.kind, kinds, format_func=kinds.get)
        value = st.text_input(say.value_unit)
        since = st.date_input(say.since, value=today(here))
        sport = st.selectbox(say.sport, ["", *sports], format_func=lambda name: sports.get(name, say.every_sport))
        protocol = st.text_input(say.protocol)
        if st.form_submit_button(draw.plain(say.add), type="primary"):
            here.bench.state("threshold", athlete_id=owner, kind=kind, value=value, valid_from=since.isoformat(),
                             sport=sport, protocol=protocol)  # fmt: skip
            st.success(draw.plain(say.added), icon=":material/check:")


def _kept(here: Here, reports: list[object]) -> None:
    for one in file_reports(reports, here.units):
        report(one)
