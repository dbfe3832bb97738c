"""JSON is read by its standard and within limits; what is refused is named with its place."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core.errors import FitintelError, UnreadableFile
from fitintel.ingest.json import documents
from fitintel.ingest.json.document import MAX_VALUES
from fitintel.ingest.sources.json import read

SURROGATES = st.characters(exclude_categories=("Cs",))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(SURROGATES),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(SURROGATES), inner),
)  # fmt: skip


@given(VALUES)
def test_every_value_of_the_standard_is_read_as_it_is(value: Any) -> None:
    assert documents(json.dumps(value).encode()) == [value]
    assert documents(json.dumps(value, ensure_ascii=False).encode("utf-8-sig")) == [value]


@pytest.mark.parametrize(
    ("data", "rule", "where"),
    [
        (b'{"hr": NaN}', "json_syntax", "line 1, column 8"),
        (b'{"NaN": 1,\n "x": -Infinity}', "json_syntax", "line 2, column 7"),
        (b'[1, 1e999]', "json_number", "line 1, column 5"),
        (b'{"a": ' + b"9" * 5000 + b"}", "json_number", "line 1, column 7"),
        (b'{"b": {"id": 1},\n "id": 1, "id": 2}', "json_syntax", "line 2, column 11"),
        (b"[" * 100_000, "json_limit", None),
        (b"[" * 65 + b"]" * 65, "json_limit", None),
        (b'{"a": "\\ud800"}', "json_encoding", "line 1, column 8"),
        (b'{"a": "\xff"}', "json_encoding", "line 1, byte 7"),
        (b'{"a": [1, 2', "json_truncated", "line 1, column 12"),
        (b'{"a": "tex', "json_truncated", "line 1, column 7"),
        (b'{"a": 1,}', "json_syntax", "line 1, column 9"),
        (b"{'a': 1}", "json_syntax", "line 1, column 2"),
        (b'{"a": 1} // more', "json_syntax", "line 1, column 10"),
        (b'{"a": 1}\n{"a": }\n', "json_syntax", "line 2, column 7"),
        (b"[" + b"1," * MAX_VALUES + b"1]", "json_limit", None),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else str(value),
)  # fmt: skip
def test_what_python_would_take_or_stumble_over_is_refused_with_its_place(data: bytes, rule: str, where: Any) -> None:
    with pytest.raises(UnreadableFile) as caught:
        documents(data)
    assert (caught.value.rule, caught.value.where) == (rule, where)


def test_a_pair_of_halves_and_an_escaped_backslash_are_text() -> None:
    assert documents(b'["\\ud83c\\udfc3", "\\\\ud800"]') == [["\U0001f3c3", "\\ud800"]]


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.text('{}[]",:0123456789.eE+-truefalsn\\u \n').map(str.encode))
def test_no_bytes_make_the_reader_fail_otherwise_than_by_its_own_errors(data: bytes) -> None:
    with contextlib.suppress(FitintelError):
        read(data, salvage=False)
