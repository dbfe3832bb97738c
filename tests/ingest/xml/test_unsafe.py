"""Unsafe, over-large, damaged and random input: refused or kept with a remark; no hang, no leak, no silent loss."""

from __future__ import annotations

import random
import socket
import tracemalloc
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest

from fitintel.core.errors import DataError, UnknownFormat, UnreadableFile
from fitintel.ingest.xml import XmlFile, read_gpx, read_tcx
from fitintel.ingest.xml import safe as limits
from tests.ingest.xml.files import HEAD, activity, gpx, lap, point, ride, segment, tcx, track

RIDE = ride()


def with_doctype(declared: str, use: str = "") -> bytes:
    return f"<?xml version='1.0'?><!DOCTYPE gpx {declared}>".encode() + gpx(
        f"<trk><name>{use}</name>{segment(range(3))}</trk>", head=""
    )


def laughs(levels: int, each: int) -> str:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{level} "{f"&a{level - 1};" * each}">' for level in range(1, levels)]
    return f"[{''.join(lines)}]"


UNSAFE = {
    "billion laughs": with_doctype(laughs(9, 10), "&a8;"),
    "a small bomb": with_doctype(laughs(5, 10), "&a4;"),
    "quadratic": with_doctype(f'[<!ENTITY a "{"x" * 50_000}">]', "&a;" * 2000),
    "external file": with_doctype('[<!ENTITY a SYSTEM "file:///etc/hostname">]', "&a;"),
    "parameter entity": with_doctype('[<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]'),
    "external type": with_doctype("SYSTEM 'http://127.0.0.1:9/d.dtd'"),
    "public type": with_doctype("PUBLIC '-//x' 'http://127.0.0.1:9/d.dtd'"),
    "XInclude": gpx(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname"/>' + track(segment([0]))
    ),
}


@pytest.mark.parametrize("kind", UNSAFE)
def test_what_declares_or_fetches_is_refused_at_once(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    tracemalloc.start()
    with pytest.raises(UnreadableFile) as raised:
        read_gpx(UNSAFE[kind])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert raised.value.rule == "xml_unsafe"
    assert peak < 50e6


def test_the_message_names_what_is_not_allowed() -> None:
    with pytest.raises(UnreadableFile, match="entity declarations are not allowed"):
        read_gpx(UNSAFE["a small bomb"])
    with pytest.raises(UnreadableFile, match="external document type"):
        read_gpx(UNSAFE["external type"])


def test_a_document_type_without_entities_is_allowed() -> None:
    assert len(read_gpx(with_doctype("[<!ELEMENT gpx ANY>]")).recordings) == 1


def test_instructions_are_ignored() -> None:
    data = RIDE.replace(b"?>", b"?><?xml-stylesheet href='http://127.0.0.1:9/x.xsl'?>", 1)
    assert len(read_gpx(data).recordings[0].time) == 200


@pytest.mark.parametrize("reader", [read_gpx, read_tcx])
@pytest.mark.parametrize("closed", [True, False])
def test_deep_nesting_is_refused(reader: Callable[[bytes], XmlFile], closed: bool) -> None:
    deep = b"<gpx>" + b"<a>" * 50_000 + (b"</a>" * 50_000 + b"</gpx>" if closed else b"")
    with pytest.raises(UnreadableFile, match="deeper than 64") as raised:
        reader(deep)
    assert raised.value.rule == "xml_limit"


@pytest.mark.parametrize(
    "attributes",
    [
        ' a="' + "x" * 5_000_000 + '"',
        "".join(f' a{at}="1"' for at in range(100_000)),
        "".join(f' a{at}=""' for at in range(99)),
    ],
)
def test_huge_attributes_are_refused(attributes: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_gpx(gpx(track(segment(range(3))), attributes=attributes))
    assert raised.value.rule == "xml_limit"


def test_a_file_over_the_size_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", len(RIDE) - 1)
    with pytest.raises(UnreadableFile) as raised:
        read_gpx(RIDE)
    assert raised.value.rule == "file_too_large"


def test_an_empty_file_and_an_html_page_are_named() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_gpx(b"")
    assert raised.value.rule == "file_empty"
    for page in (b"<html>Login required</html>", b"\n<!DOCTYPE html><html></html>", b"<!-- x --><HTML>"):
        with pytest.raises(UnknownFormat, match="HTML page"):
            read_gpx(page)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_that_the_bytes_show_are_read(encoding: str) -> None:
    text = gpx(track(segment(range(3)), name="Škoda ő"), head="").decode()
    assert read_gpx(text.encode(encoding)).recordings[0].name == "Škoda ő"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "ISO-8859-2", "us-ascii"])
def test_encodings_that_are_declared_are_read(encoding: str) -> None:
    name = "tour" if encoding == "us-ascii" else "Tör"
    text = f"<?xml version='1.0' encoding='{encoding}'?>" + gpx(track(segment(range(3)), name=name), head="").decode()
    assert read_gpx(text.encode(encoding)).recordings[0].name == name


@pytest.mark.parametrize(
    ("declared", "named"),
    [("UTF-8", "declared as 'UTF-8'"), ("UTF-7", "'UTF-7'"), ("x-unknown", "'x-unknown'"), ("hex", "'hex'")],
)
def test_wrong_and_refused_encodings_are_named(declared: str, named: str) -> None:
    text = f"<?xml version='1.0' encoding='{declared}'?>" + gpx(track(segment(range(3)), name="Tör"), head="").decode()
    with pytest.raises(UnreadableFile, match=named) as raised:
        read_gpx(text.encode("latin-1"))
    assert raised.value.rule == "xml_encoding"


def test_an_undeclared_prefix_of_an_element_is_refused_with_its_line() -> None:
    data = gpx(track(segment(range(3), "<extensions>\n<ns9:hr>1</ns9:hr></extensions>")))
    with pytest.raises(UnreadableFile, match=r"'ns9:hr' is not declared\. Where: line 3") as raised:
        read_gpx(data)
    assert raised.value.rule == "xml_syntax"


@pytest.mark.parametrize("odd", [b"\x00", b"\x1f", b"&#0;", b"&#x1F;", b"&#31;", "\uffff".encode()])
def test_forbidden_characters_are_removed_and_said(odd: bytes) -> None:
    file = read_gpx(RIDE.replace(b"<name>Ride", b"<name>Ri" + odd + b"de"))
    (made,) = file.recordings
    assert made.name == "Ride"
    assert len(made.time) == 200
    assert [rule for rule, _ in made.remarks].count("xml_control_characters") == 1


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.999])
def test_a_file_without_its_end_keeps_what_is_there_and_says_so(share: float) -> None:
    file = read_gpx(RIDE[: int(len(RIDE) * share)])
    (made,) = file.recordings
    assert 200 * share - 8 < len(made.time) <= 200 * share + 1
    assert [rule for rule, _ in made.remarks].count("xml_truncated") == 1
    whole = read_gpx(RIDE).recordings[0]
    np.testing.assert_array_equal(made.time, whole.time[: len(made.time)])
    np.testing.assert_array_equal(made.stream["hr"][:-1], whole.stream["hr"][: len(made.time) - 1])


def test_without_salvage_damage_is_an_error_with_its_place() -> None:
    with pytest.raises(UnreadableFile, match=r"line \d+, column \d+, byte \d+") as raised:
        read_gpx(RIDE[: len(RIDE) // 2], salvage=False)
    assert raised.value.rule == "xml_truncated"
    with pytest.raises(UnreadableFile) as raised:
        read_gpx(RIDE.replace(b"</ele>", b"</elf>", 1), salvage=False)
    assert raised.value.rule == "xml_syntax"


@pytest.mark.parametrize(
    "broken", [(b"<ele>", b"<elf>"), (b"</trkpt>", b"</trkpf>"), (b"<trkpt ", b"<trkpf "), (b"<time>", b"(time>")]
)
def test_a_damaged_point_costs_that_point_and_is_said(broken: tuple[bytes, bytes]) -> None:
    at = RIDE.index(broken[0], len(RIDE) // 2)
    file = read_gpx(RIDE[:at] + broken[1] + RIDE[at + len(broken[0]) :])
    (made,) = file.recordings
    assert 197 <= len(made.time) < 200
    assert [rule for rule, _ in made.remarks].count("xml_damaged") == 1


def test_a_damaged_declaration_is_cut_out_and_said() -> None:
    file = read_gpx(RIDE.replace(b'version="1.0"', b'versiom="1.0"'))
    assert len(file.recordings[0].time) == 200
    assert [rule for rule, _ in file.remarks].count("xml_damaged") == 1


def outcome(reader: Callable[..., XmlFile], data: bytes) -> XmlFile | DataError:
    try:
        return reader(data)
    except DataError as error:
        return error


TCX = tcx(activity(*(lap(start, range(start, start + 20)) for start in range(0, 100, 20))))


@pytest.mark.parametrize("base", ["gpx", "tcx"])
@pytest.mark.parametrize("seed", range(8))
def test_flipped_and_lost_bytes_leak_nothing_and_lose_nothing_unsaid(base: str, seed: int) -> None:
    chance = random.Random(seed)
    reader, data = (read_gpx, RIDE) if base == "gpx" else (read_tcx, TCX)
    whole = reader(data)
    for _ in range(40):
        text = bytearray(data)
        for _ in range(chance.choice([1, 1, 2, 5, 50])):
            kind, at = chance.random(), chance.randrange(len(text))
            if kind < 0.6:
                text[at] ^= 1 << chance.randrange(8)
            elif kind < 0.8:
                del text[at : at + chance.randrange(1, 200)]
            else:
                text[at:at] = chance.choice(
                    [b"<", b">", b"<!--", b"<![CDATA[", b"&x;", b"</trkseg>", b"\xff", b'"', b"<!DOCTYPE x>"]
                )
        found = outcome(reader, bytes(text))
        if isinstance(found, DataError):
            assert len(str(found)) <= 500
            continue
        assert found.points <= whole.points
        damaged = {rule for rule, _ in found.remarks} & {"xml_damaged", "xml_truncated"}
        for made in found.recordings:
            assert (np.diff(made.time) > 0).all()
            assert all(values.shape == made.time.shape for values in made.stream.values())
            assert not any(np.isinf(values).any() for values in made.stream.values())
        try:
            ElementTree.fromstring(bytes(text))
        except ElementTree.ParseError:
            kept = damaged | ({rule for rule, _ in found.remarks} & {"xml_control_characters", "xml_prefix_undeclared"})
            assert kept, "a broken file was read without a word"


@pytest.mark.parametrize("seed", range(4))
def test_random_bytes_and_random_tags_are_refused_or_empty(seed: int) -> None:
    chance = random.Random(seed)
    pieces = (
        b"<gpx> </gpx> <trk> </trk> <trkseg> <trkpt lat='1' lon=\"2\"> < > </ <Activity> <Lap> <Track> <Trackpoint> "
        b"<Time> &amp; <!-- --> ]]> <![CDATA[ <TrainingCenterDatabase>"
    ).split()
    pieces += [HEAD.encode(), b"\n", b" "]
    for _ in range(200):
        soup = b"".join(chance.choice(pieces) for _ in range(chance.randrange(1, 60)))
        noise = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 300)))
        for data in (soup, noise, b"<gpx>" + soup, b"<?xml version='1.0'?>" + noise):
            for reader in (read_gpx, read_tcx):
                found = outcome(reader, data)
                assert isinstance(found, DataError) or found.recordings == ()


def test_memory_and_time_stay_in_proportion() -> None:
    body = "".join(point(second) for second in range(20_000))
    data = gpx(track(f"<trkseg>{body}</trkseg>"))
    for fast in (True, False):
        tracemalloc.start()
        assert len(read_gpx(data, fast=fast).recordings[0].time) == 20_000
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 25 * len(data)


def test_many_tracks_segments_and_activities_are_read_up_to_a_limit_that_is_said() -> None:
    tracks = read_gpx(gpx(*(track(segment([second]), name=f"t{second}x") for second in range(1500))))
    assert len(tracks.recordings) == 1000
    assert "gpx_too_many_tracks" in {rule for rule, _ in tracks.remarks}
    segments = read_gpx(gpx(track(*(segment([second]) for second in range(5000)))))
    assert len(segments.recordings[0].time) == 5000
    laps = read_tcx(tcx(activity(*(lap(second, [second], 1) for second in range(0, 18000, 6)))))
    assert len(laps.recordings[0].laps) == len(laps.recordings[0].pauses) + 1 == 3000
    activities = read_tcx(tcx("".join(activity(lap(second, [second])) for second in range(1500))))
    assert len(activities.recordings) == 1000
    assert "tcx_too_many_activities" in {rule for rule, _ in activities.remarks}
    untimed = read_gpx(gpx(*(track(segment([None])) for _ in range(500))))
    assert len(untimed.remarks) == 101
