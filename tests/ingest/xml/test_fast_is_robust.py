"""The fast way and the robust way are one: same columns, same recordings, on real files and on trees made at random."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.ingest.xml import XmlFile, read_gpx
from fitintel.ingest.xml.canonical import canonical
from fitintel.ingest.xml.document import PADDING, Document
from fitintel.ingest.xml.index import index
from fitintel.ingest.xml.instants import times
from fitintel.ingest.xml.numbers import floats
from fitintel.ingest.xml.safe import prepared
from tests.ingest.xml import files

TAKES_THE_ROBUST_WAY = {
    "gpx-with-node-with-comments.gpx": "CDATA",
    "unicode2.gpx": "CDATA",
    "malformed.tcx": "an undeclared prefix",
    "recover.tcx": "an undeclared prefix",
}


def same(one: Any, other: Any, where: str = "") -> None:
    """Equal to the last bit, NaN equal to NaN."""
    assert type(one) is type(other), where
    if is_dataclass(one):
        for each in fields(one):
            same(getattr(one, each.name), getattr(other, each.name), f"{where}.{each.name}")
    elif isinstance(one, np.ndarray):
        np.testing.assert_array_equal(one, other, err_msg=where)
    elif isinstance(one, dict):
        assert list(one) == list(other), where
        for key in one:
            same(one[key], other[key], f"{where}[{key}]")
    elif isinstance(one, tuple):
        assert len(one) == len(other), where
        for place, (left, right) in enumerate(zip(one, other, strict=True)):
            same(left, right, f"{where}[{place}]")
    else:
        assert one == other, where


def test_both_ways_give_the_same_of_every_real_file(real_xml: Path, read: Callable[..., XmlFile]) -> None:
    same(read(real_xml), read(real_xml, fast=False))


def test_the_fast_way_takes_every_real_file_but_those_named(real_xml: Path) -> None:
    text, _ = prepared(real_xml.read_bytes(), "XML")
    assert (index(text) is None) == (real_xml.name in TAKES_THE_ROBUST_WAY)


def local(name: str) -> str:
    return name.rpartition("}")[2]


def as_elementtree_tells(document: Document, text: bytes) -> None:
    """Names, parents, extents, texts and attributes are those of the standard library's tree."""
    root = ElementTree.fromstring(text)
    elements = list(root.iter())
    above = {child: parent for parent in elements for child in parent}
    place = {element: row for row, element in enumerate(elements)}
    assert [document.names[code] for code in document.name] == [local(element.tag) for element in elements]
    assert document.parent.tolist() == [place[above[one]] if one in above else -1 for one in elements]
    sizes = [len(list(element.iter())) for element in elements] if len(elements) < 3000 else None
    if sizes is not None:
        assert document.last.tolist() == [row + size - 1 for row, size in enumerate(sizes)]
    for row, element in enumerate(elements):
        assert document.word(row) == (element.text or "").strip(), row
        for key, value in element.attrib.items():
            assert document.attribute(row, local(key)) == value


def test_columns_are_those_of_the_standard_library_on_every_real_file(real_xml: Path) -> None:
    text, _ = prepared(real_xml.read_bytes(), "XML")
    document = index(text)
    if document is None:
        text, _ = canonical(text, "XML")
        document = index(text, plain=True)
    assert document is not None
    as_elementtree_tells(document, text)


NAMES = st.sampled_from(
    ["a", "b", "trkpt", "LatitudeDegrees", "LongitudeDegrees", "LongitudeDegreez", "Extensions-x.y"]
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("\n\t <>&\"'"))


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> str:
    name = draw(NAMES)
    keys = draw(st.lists(st.sampled_from(["lat", "lon", "x", "lat2"]), unique=True, max_size=3))
    attributes = "".join(f" {key}={quoteattr(draw(WORDS))}" for key in keys)
    if draw(st.integers(0, 5)) == 0:
        return f"<{name}{attributes}/>"
    text = escape(draw(WORDS))
    inner = [draw(trees(depth - 1)) for _ in range(draw(st.integers(0, 3)))] if depth else []
    return f"<{name}{attributes}>{text}{''.join(inner)}</{name}>"


@settings(max_examples=150, deadline=None)
@given(trees())
def test_columns_of_any_tree_are_those_of_the_standard_library(tree: str) -> None:
    text = tree.encode()
    plain, remarks = canonical(text, "XML")
    robust = index(plain, plain=True)
    assert remarks == []
    assert robust is not None
    as_elementtree_tells(robust, text)
    fast = index(text)
    if fast is not None:
        as_elementtree_tells(fast, text)


@settings(max_examples=300, deadline=None)
@given(
    trees(),
    st.integers(0, 10**6),
    st.sampled_from([b"<", b">", b"/", b'"', b"&", b" ", b"", b"</a>", b"<a>", b"<!-- -->"]),
)
def test_what_the_standard_library_refuses_the_fast_way_refuses(tree: str, at: int, put: bytes) -> None:
    text = tree.encode()
    at %= len(text)
    broken = (text[:at] + put + text[at + 1 :]).decode("utf-8", "ignore").encode()  # `prepared` lets only text through
    document = index(broken)
    if document is not None:
        as_elementtree_tells(document, broken)  # raises ParseError where it is not well-formed


@pytest.mark.parametrize(
    "text",
    [
        b"<a><b></a></b>", b"<a/><b/>", b"<a>", b"</a>", b"<a></a", b"<a x=1></a>", b'<a x="1" x="2"></a>',
        b"<a <!-- x --> ></a>", b"<a><!-- -- --></a>", b"<a>&unknown;</a>", b"<a>&amp</a>", b'<a x="<"></a>',
        b"<p:a></p:a>", b'<a p:x="1"></a>', b'<a x="1"y="2"></a>', b"<1a></1a>", b"<a>x</a>y", b"<a b></a>", b"",
        b"<!DOCTYPE a><a></a>", b"<a><![CDATA[x]]></a>", b"<a>]]></a>", b"<?xml version='1.0'?><?x?><a></a>",
    ],
)  # fmt: skip
def test_odd_text_is_left_to_the_robust_way(text: bytes) -> None:
    assert index(text) is None


def sliced(texts: list[bytes]) -> tuple[bytes, np.ndarray, np.ndarray, np.ndarray]:
    whole = b"|".join(texts)
    stops = np.cumsum([len(text) + 1 for text in texts]).astype(np.int32) - 1
    starts = stops - np.array([len(text) for text in texts], np.int32)
    return whole, np.frombuffer(whole + bytes(PADDING), np.uint8), starts.astype(np.int32), stops


PLAIN = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,4})?\s*")
NUMBERS = (
    st.floats(-1e6, 1e6).map(repr)
    | st.decimals(-200, 200, allow_nan=False, places=7).map(str)
    | st.from_regex(r"[-+]?[0-9]{0,30}\.?[0-9]{0,30}", fullmatch=True)
    | st.sampled_from(["", " ", "nan", "inf", "1e400", "-0", "+1.5", " 7 ", "1_0", "0x1", "1,5", ".5", "5.", ".", "-"])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_columns_of_numbers_are_what_python_reads_to_the_last_bit(texts: list[str]) -> None:
    texts = texts * 10  # enough rows for the columns; the first few alone go one by one
    expected = [float(text) if PLAIN.fullmatch(text) and np.isfinite(float(text)) else np.nan for text in texts]
    whole, buffer, start, stop = sliced([text.encode() for text in texts])
    many, odd = floats(whole, buffer, start, stop)
    few, odd_few = floats(whole, buffer, start[:5], stop[:5])
    np.testing.assert_array_equal(many, expected)
    np.testing.assert_array_equal(np.signbit(many), np.signbit(expected))
    np.testing.assert_array_equal(few, expected[:5])
    assert odd.tolist() == [bool(text.strip()) and np.isnan(value) for text, value in zip(texts, expected, strict=True)]
    assert odd_few.tolist() == odd[:5].tolist()


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), min_size=1, max_size=8),
    st.sampled_from(["Z", "+00:00", "+02:00", "-05:30", ""]),
    st.sampled_from(["seconds", "milliseconds", "microseconds"]),
)
def test_columns_of_times_are_what_python_reads(when: list[datetime], zone: str, precision: str) -> None:
    texts = [one.isoformat(timespec=precision) + zone for one in when] * 20
    expected = [datetime.fromisoformat(text if zone else text + "Z").astimezone(UTC).timestamp() for text in texts]
    whole, buffer, start, stop = sliced([text.encode() for text in texts])
    found = times(whole, buffer, start, stop)
    np.testing.assert_array_equal(found.seconds, expected)
    np.testing.assert_array_equal(times(whole, buffer, start[:3], stop[:3]).seconds, expected[:3])
    assert found.unreadable == 0
    assert np.isnan(found.offset).all() == (zone == "")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2024-02-29T12:00:00,25Z", 1709208000.25), ("2024-02-29T12:00:00.1234567Z", 1709208000.123456),
        ("2024-02-29 12:00:00Z", 1709208000.0), ("2024-02-29T12:00Z", 1709208000.0), ("2023-02-29T12:00:00Z", None),
        ("2024-02-29T24:00:00Z", 1709251200.0), ("2024-02-29T24:00:01Z", None), ("2016-12-31T23:59:60Z", 1483228800.0),
        ("2024-02-29T12:60:00Z", None), ("2024-13-01T12:00:00Z", None), ("2024-02-29T12:00:00+0200", 1709200800.0),
        ("2024-02-29T12:00:00+25:00", None), ("+052870-03-11T09:39:10.000Z", None), ("yesterday", None),
    ],
)  # fmt: skip
def test_odd_times_are_read_or_refused_alone_and_among_others(text: str, seconds: float | None) -> None:
    for around in (0, 100):
        texts = [b"2024-02-29T12:00:00Z"] * around + [text.encode()]
        found = times(*sliced(texts))
        assert found.unreadable == (seconds is None)
        last = found.seconds[-1]
        assert np.isnan(last) if seconds is None else last == seconds
        assert (found.seconds[:-1] == 1709208000.0).all()


def test_a_plain_ride_takes_the_fast_way() -> None:
    data = files.ride()
    assert index(prepared(data, "GPX")[0]) is not None
    same(read_gpx(data), read_gpx(data, fast=False))
