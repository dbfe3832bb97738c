"""Query: the athlete's own data in SQL, to be read only."""

from __future__ import annotations

import streamlit as st

from fitintel.views.app.query import cell, csv_text, examples, summary, table_rows
from streamlit_app import draw
from streamlit_app.session import visit

with visit("query") as here:
    say = here.words
    st.title(draw.plain(say.title))
    draw.small(say.intro)
    saved = examples()
    example = st.selectbox(say.examples, list(saved))
    sql = st.text_area(say.sql, value=saved[example], height=200, key=f"sql-{example}")
    with st.expander(draw.plain(say.tables)):
        draw.rows(*table_rows(here.bench.query_tables()))
        draw.small(say.times)
    if st.button(draw.plain(say.run), type="primary", icon=":material/play_arrow:"):
        found = here.bench.query(sql, here.athlete.id)
        draw.small(summary(len(found.rows), found.more))
        if not found.rows:
            draw.empty(say.empty)
        draw.rows(found.columns, [[cell(one) for one in row] for row in found.rows], key="answer")
        st.download_button(draw.plain(say.download), csv_text(found.columns, found.rows), "answer.csv", "text/csv",
                           icon=":material/download:")  # fmt: skip
