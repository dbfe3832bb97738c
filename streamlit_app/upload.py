"""Files are taken in while one watches; then it is said what happened to each."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.reports import FileReport, file_reports
from fitintel.workbench.uploads import import_uploads
from streamlit_app import draw
from streamlit_app.session import Here


def files(here: Here, owner: str) -> None:
    """Choose files, take them in, and see the report."""
    say = here.words
    draw.small(say.yours.format(athlete=owner))
    chosen = st.file_uploader(say.upload, accept_multiple_files=True, key="files")
    if st.button(draw.plain(say.start), type="primary", disabled=not chosen, icon=":material/upload:"):
        with st.status(draw.plain(say.reading), expanded=True) as status:
            bar = st.progress(0.0)

            def tell(done: int, total: int, text: str) -> None:
                bar.progress(min(1.0, done / max(1, total)), text=draw.plain(text))

            found = import_uploads(here.bench, [(one.name, one.getvalue()) for one in chosen], owner, tell)
            bar.progress(1.0)
            status.update(label=draw.plain(say.finished), state="complete")
        st.session_state["reports"] = file_reports(found, here.units)
        st.session_state["athlete"] = owner
    reports: tuple[FileReport, ...] = st.session_state.get("reports", ())
    if not reports:
        return
    st.header(draw.plain(say.report))
    for one in reports:
        report(one)
    st.page_link("screens/today.py", label=draw.plain(say.see), icon=":material/today:")


def report(one: FileReport) -> None:
    """What happened to one file."""
    colour = {"success": "green", "warning": "orange", "error": "red"}.get(one.tone, "blue")
    with st.container(border=True):
        draw.said(one.name, strong=True)
        st.badge(draw.plain(one.ended), color=colour)
        draw.said(one.said)
        for remark in one.remarks:
            draw.small(remark)
