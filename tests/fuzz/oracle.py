"""What must hold of whatever a reader accepts: counts add up or are flagged, times are sorted, numbers are numbers."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from typing import Any
from xml.parsers import expat

import numpy as np

from fitintel.core.recording import SUMMARY, Recording
from fitintel.core.records import Outcome
from fitintel.core.rules import RULES
from fitintel.core.wellness import breach
from fitintel.core.workouts import COLUMNS
from fitintel.ingest.intake import MAX_DETAIL, MAX_VALUE, Intake
from fitintel.ingest.source import Parsed
from fitintel.ingest.text import decode


def parsed(found: Parsed, *, places: bool) -> None:
    """A recorded file as its reader gives it; `places`: positions that are not on earth are left out."""
    remarks([*found.remarks, *(remark for one in found.recordings for remark in one.remarks)])
    assert set(found.damage) <= {rule for rule, _ in found.remarks}, found.damage
    for one in found.recordings:
        recording(one)
        for channel, limit in (("lat", 90.0), ("lon", 180.0)) if places else ():
            assert not (np.abs(one.stream.get(channel, np.empty(0))) > limit).any(), channel
    for value in found.wellness:
        assert breach(value.metric, value.value) is None, value
        assert value.at is None or math.isfinite(value.at), value


def remarks(said: Iterable[tuple[str, str]]) -> None:
    """Remarks name rules, and can be kept and printed."""
    for rule, detail in said:
        assert rule in RULES, rule
        detail.encode()


def recording(one: Recording) -> None:
    """Times are finite and increase, channels are as long as the time axis and never infinite."""
    assert math.isfinite(one.start), one.start
    assert one.utc_offset is None or abs(one.utc_offset) <= 86_400, one.utc_offset
    assert one.time.dtype == np.float64
    assert np.isfinite(one.time).all()
    assert (np.diff(one.time) > 0).all()
    for name, values in one.stream.items():
        assert values.dtype == np.float64, name
        assert values.shape == one.time.shape, name
        assert not np.isinf(values).any(), name
        name.encode()
    if one.rr is not None:
        assert np.isfinite(one.rr).all()
    device(one.device)
    for leg in one.legs:
        assert math.isfinite(leg.start)
        assert math.isfinite(leg.end)
        device(leg.device)
    for lap in (*one.laps, *one.lengths):
        for name, value in lap.items():
            assert not isinstance(value, float) or math.isfinite(value), (name, value)
    for start, end in one.pauses:
        assert math.isfinite(start)
        assert math.isfinite(end)
        assert start <= end, (start, end)
    for text in (one.sport, one.source_sport, one.source_id, one.maker, one.name, one.notes):
        text.encode()


def device(said: Mapping[str, float]) -> None:
    """What a device says of itself has known names and finite numbers."""
    for name, value in said.items():
        assert name in SUMMARY, name
        assert math.isfinite(value), (name, value)


def intake(taken: Intake) -> None:
    """Every row ended somewhere; what is stored is within the rules; findings can be kept and printed."""
    rows = {int(row) for row in taken.workouts["row"]} | {value.row for value in taken.wellness}
    aside = {finding.row for finding in taken.findings if finding.outcome is Outcome.QUARANTINED}
    assert not aside & rows, "a row is both stored and kept aside"
    assert len(aside) == taken.kept_aside
    if not taken.wellness and not taken.blank:
        assert taken.read == len(taken.workouts) + taken.repeated + taken.kept_aside
    assert len(rows) + taken.kept_aside <= taken.read
    assert len(set(taken.workouts["id"])) == len(taken.workouts)
    for name in COLUMNS:
        values = taken.workouts[name]
        if values.dtype == np.float64:
            assert not np.isinf(values).any(), name
    for name in ("duration", "distance"):
        assert not (taken.workouts[name] < 0).any(), name
    for text in taken.workouts["notes"]:
        assert text is None or text.encode() is not None
    for value in taken.wellness:
        assert breach(value.metric, value.value) is None, value
    for finding in taken.findings:
        assert finding.rule in RULES, finding.rule
        assert len(finding.value) <= MAX_VALUE
        assert len(finding.detail) <= MAX_DETAIL
        for text in (finding.value, finding.detail, finding.column):
            text.encode()


def table_rows(data: bytes, taken: Intake) -> None:
    """The rows that the standard library counts were read, unless it is said that cells were broken."""
    decoded = decode(data, "t.csv")
    told = {finding.rule for finding in taken.findings}
    if decoded.damaged or told & BROKEN or taken.source.name not in PLAIN or not taken.profile.delimiter:
        return
    rows = csv.reader(decoded.lines, delimiter=taken.profile.delimiter)
    filled = sum(any(cell.strip() for cell in row) for row in rows) - 1
    assert taken.read == filled, (taken.read, filled, sorted(told))


BROKEN = {"unclosed_quote", "cell_too_long", "too_many_cells", "nul_byte", "bad_encoding"}
PLAIN = {"table_csv", "mapmyrun_csv", "runkeeper_csv", "concept2_csv"}
"""sources whose tables are a header and rows, and nothing else"""


def xml_elements(data: bytes, name: str) -> int | None:
    """Elements of that name in well-formed XML without entities of its own; None for any other."""
    count, deep = 0, False
    parser = expat.ParserCreate()

    def start(found: str, _: Any) -> None:
        nonlocal count
        count += found.rpartition(":")[2] == name

    def doctype(*_: Any) -> None:
        nonlocal deep
        deep = True

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        return None
    return None if deep else count
