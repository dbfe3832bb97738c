"""JSN-01 to JSN-13: JSON as a file: a run as Nike writes it and an activity of Strava, broken in one way each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.badinputs.case import Case, imported, quarantined

START = 1_709_200_000_000
"""ms: 29 February 2024, 09:46:40 UTC"""
ZONE = {"zone": "Europe/Berlin"}
"""said where neither zone nor position is in the file"""
CANARY = "__proto__ $where {{7*7}} ${jndi:ldap://127.0.0.1:1389/a}"


def run(number: int = 0, **other: Any) -> dict[str, Any]:
    """A run of a minute with distance and heart rate; the next is a day later."""
    start = START + number * 86_400_000
    steps = [{"start_epoch_ms": start + 1000 * s, "end_epoch_ms": start + 1000 * (s + 1)} for s in range(60)]
    metrics = [
        {"type": "distance", "unit": "KM", "values": [{**step, "value": 0.003} for step in steps]},
        {"type": "heart_rate", "unit": "BPM", "values": [{**step, "value": 120 + n} for n, step in enumerate(steps)]},
    ]
    return {"id": f"a-{number}", "type": "run", "start_epoch_ms": start, "end_epoch_ms": start + 60_000,
            "active_duration_ms": 60_000, "metrics": metrics, **other}  # fmt: skip


def text(**other: Any) -> str:
    """The run as a JSON text."""
    return json.dumps(run(**other))


def activity(lengths: dict[str, int], **other: Any) -> bytes:
    """An activity of Strava with streams of these lengths."""
    said = {"id": 1, "type": "Run", "start_date": "2024-02-29T09:46:40Z", "utc_offset": 3600.0, "elapsed_time": 60,
            "moving_time": 60, "distance": 180.0, **other}  # fmt: skip
    streams = {name: {"data": list(range(100, 100 + length))} for name, length in lengths.items()}
    return json.dumps({"activity": said, "streams": streams}).encode()


def jsn_01() -> Iterator[Case]:
    yield quarantined("run.json", b'{"hr": NaN, "x": Infinity}', "E_SYNTAX", says=("NaN is not JSON", "column 8"))
    for name in ("Infinity", "-Infinity"):
        data = text().replace('"value": 121', f'"value": {name}').encode()
        yield quarantined("run.json", data, "E_SYNTAX", variant=name, says=(name, "column"))


def jsn_02() -> Iterator[Case]:
    data = text().replace('"value": 121', '"value": 1e999').encode()
    yield quarantined("run.json", data, "E_RANGE", says=("1e999", "not finite"))


def jsn_03() -> Iterator[Case]:
    yield quarantined("run.json", b'{"id": 1, "id": 2}', "E_SYNTAX", says=("'id' appears twice", "column 11"))


def jsn_04() -> Iterator[Case]:
    yield quarantined("run.json", b'{"a":' + b"[" * 100_000, "E_LIMIT", says=("64",))
    yield quarantined("run.json", text(x=1).replace('"x": 1', f'"x": {"[" * 64}{"]" * 64}').encode(), "E_LIMIT",
                      variant="65", says=("64",))  # fmt: skip


def jsn_05() -> Iterator[Case]:
    data = text().replace('"value": 121', f'"value": {"9" * 5000}').encode()
    yield quarantined("run.json", data, "E_RANGE", says=("5,000 digits",))


def jsn_06() -> Iterator[Case]:
    data = text(tags={"com.nike.name": "\ud800"}).encode()
    yield quarantined("run.json", data, "E_ENCODING", says=("surrogate", "column"))


def jsn_07() -> Iterator[Case]:
    yield imported("run.json", b"\xef\xbb\xbf" + text().encode(), options=ZONE, holds={"duration": [60.0]})


def jsn_08() -> Iterator[Case]:
    whole = text()
    for name, data in {
        "concatenated": whole + text(number=1), "trailing-comma": whole[:-1] + ",}",
        "single-quotes": whole.replace('"', "'"), "comment": whole + " // a run",
        "a-line-is-broken": f"{whole}\n{whole[:-1]}\n",
    }.items():  # fmt: skip
        wanted = "E_TRUNCATED" if name == "a-line-is-broken" else "E_SYNTAX"
        yield quarantined("run.json", data.encode(), wanted, variant=name, says=("line ", "column "))
    yield imported("runs.json", f"{whole}\n{text(number=1)}\n".encode(), 2, variant="lines", options=ZONE)


def jsn_10() -> Iterator[Case]:
    yield imported("run.json", activity({"time": 60, "heartrate": 60}), variant="equal")
    data = activity({"time": 60, "heartrate": 59})
    yield quarantined("run.json", data, "E_SCHEMA", says=("60 values", "there are 59", "heartrate"))


def jsn_11() -> Iterator[Case]:
    bare = {"role": "admin", "is_admin": True, "athlete_id": "bob", "consent": True, "id": 7, "created_at": "now"}
    yield quarantined("run.json", json.dumps(bare).encode(), "E_TYPE", variant="nothing-else",
                      says=tuple(f"'{name}'" for name in bare))  # fmt: skip
    yield imported("run.json", text(role="admin", is_admin=True, athlete_id="bob").encode(), notes="W_IGNORED_COLUMN",
                   variant="in-a-run", says=("'role'", "'athlete_id'"), options=ZONE)  # fmt: skip


def jsn_12() -> Iterator[Case]:
    for name, value in {"text": '"121"', "true": "true", "null": "null", "object": '{"bpm": 121}'}.items():
        data = text().replace('"value": 121', f'"value": {value}').encode()
        yield quarantined("run.json", data, "E_SCHEMA", variant=name, says=("$.metrics[1].values[1].value",))
    data = text(active_duration_ms=1.5).encode()
    yield quarantined("run.json", data, "E_SCHEMA", variant="1.5", says=("$.active_duration_ms", "1.5", "whole"))


def jsn_13() -> Iterator[Case]:
    odd = {"__proto__": {"admin": True}, "constructor": 1, "$ne": 1, "$where": "1"}
    yield imported("run.json", text(tags={"note": CANARY}, **odd).encode(), options=ZONE, holds={"notes": [CANARY]})
