"""No text cell of any file for spreadsheets begins like a formula; numbers stay numbers, and texts come back."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.spreadsheet import BLANK, TRIGGERS, cell, plain
from fitintel.core.workouts import COLUMNS, Workouts, as_column
from fitintel.views.app.query import csv_text
from fitintel.workbench.exporting import _csv

TEXTS = st.one_of(
    st.text(max_size=20),
    st.builds(lambda *parts: "".join(parts), st.text("' ", max_size=3), st.sampled_from(TRIGGERS), st.text(max_size=9)),
)


@given(TEXTS)
def test_no_text_begins_like_a_formula_and_every_text_comes_back(text: str) -> None:
    made = cell(text)
    assert not made.lstrip(BLANK).startswith(TRIGGERS)
    assert plain(made) == text


@given(st.one_of(st.none(), st.integers(), st.floats()))
def test_what_is_no_text_stays_what_it_is(value: float | None) -> None:
    assert cell(value) is value


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_workouts_of_an_export_hold_no_formula(texts: list[str]) -> None:
    texts = [text.replace("\0", "") for text in texts]
    made = {name: as_column(name, [None if column.kind != "day" else 20_000] * len(texts))
            for name, column in COLUMNS.items()}  # fmt: skip
    made |= {name: as_column(name, texts) for name in ("id", "notes", "source_sport")}
    made["hr_mean"] = as_column("hr_mean", [-2.5] * len(texts))
    rows = list(csv.DictReader(io.StringIO(_csv(Workouts(made)).decode(), newline="")))
    assert len(rows) == len(texts)
    for row, text in zip(rows, texts, strict=True):
        for name in ("id", "notes", "source_sport"):
            assert not row[name].lstrip(BLANK).startswith(TRIGGERS)
            assert plain(row[name]) == text
        assert float(row["hr_mean"]) == -2.5


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_answers_to_questions_hold_no_formula(texts: list[str]) -> None:
    for row in csv.reader(io.StringIO(csv_text([text.replace("\0", "") for text in texts], []), newline="")):
        assert not any(one.lstrip(BLANK).startswith(TRIGGERS) for one in row)
