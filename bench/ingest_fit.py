"""FIT decoding against fitparse, as ratios of CPU time in one run; values are asserted equal first.

    python bench/ingest_fit.py [--hours 12] [--repeat 5] [--no-real] [--json OUT]

fitparse decodes every message into a dict of values; we read the same bytes into recordings (streams, laps, sessions,
pauses, checksum). The long file is written by the tests' own encoder; the mix is every shared activity file that
fitparse reads to its end.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from measure import exponent

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SHARED = Path(os.environ.get("FITINTEL_TEST_DATA") or ROOT.parent / "shared" / "data")
EPOCH = 631_065_600
NAMES = {
    "hr": "heart_rate",
    "power": "power",
    "distance": "distance",
    "lat": "position_lat",
    "temperature": "temperature",
}
SCALE = {"lat": 180 / 2**31}


def by_fitparse(data: bytes, values: Callable[[Any], dict[str, Any]] | None = None) -> list[tuple[str, dict[str, Any]]]:
    import fitparse

    file = fitparse.FitFile(data, data_processor=fitparse.processors.FitFileDataProcessor())
    return [(message.name, values(message) if values else message.get_values()) for message in file.messages]


def first_valid(message: Any) -> dict[str, Any]:
    """A message's values where a field that is empty does not hide one of the same name that is not."""
    found: dict[str, Any] = {}
    for one in message:
        if found.get(one.name) is None:
            found[one.name] = one.value
    return found


def by_us(data: bytes) -> Any:
    from fitintel.ingest.fit import read_fit

    return read_fit(data)


def assert_equal(data: bytes) -> None:
    """The same number of records, and the same values at each time of which there is one record."""
    theirs = [values for name, values in by_fitparse(data, first_valid) if name == "record"]
    ours = by_us(data)
    assert ours.records == len(theirs), (ours.records, len(theirs))
    for made in ours.recordings[:1]:
        rows: dict[float, list[dict[str, Any]]] = {}
        for row in theirs:
            when = row.get("timestamp")
            if hasattr(when, "timestamp"):
                rows.setdefault(when.replace(tzinfo=__import__("datetime").UTC).timestamp(), []).append(row)
        for channel in NAMES.keys() & made.stream.keys():
            filled = any(rule in ("fit_hr_buffered", "fit_developer_channel") for rule, _ in made.remarks)
            pairs = [
                (value, rows[when][0].get(NAMES[channel]))
                for when, value in zip(made.time.tolist(), made.stream[channel].tolist(), strict=True)
                if len(rows.get(when, ())) == 1
            ]
            for value, other in pairs:
                if other is None:
                    assert filled or math.isnan(value), channel
                else:
                    assert abs(value - other * SCALE.get(channel, 1.0)) < 1e-9, (channel, value, other)


def paired(ours: Callable[[], Any], theirs: Callable[[], Any], repeat: int) -> dict[str, float]:
    """CPU seconds of both, measured in turn, and the middle one of the ratios of each pair."""
    both = []
    for _ in range(repeat):
        pair = []
        for work in (ours, theirs):
            before = time.process_time()
            work()
            pair.append(time.process_time() - before)
        both.append(pair)
    return {
        "ours": min(pair[0] for pair in both),
        "fitparse": min(pair[1] for pair in both),
        "ratio": statistics.median(pair[1] / max(pair[0], 1e-6) for pair in both),
    }


def real_mix() -> dict[str, bytes]:
    """Shared activity files that fitparse reads to the end, by name."""
    found = {}
    for path in sorted(SHARED.rglob("*")):
        if path.suffix.lower() != ".fit" or "invalid" in path.parts:
            continue
        data = path.read_bytes()
        try:
            by_fitparse(data)
        except Exception as error:  # noqa: BLE001 - fitparse leaks exceptions of any kind on damaged files
            print(f"  fitparse refuses {path.name}: {type(error).__name__}")
            continue
        if by_us(data).recordings:
            found[path.name] = data
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--hours", type=float, default=12.0)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--no-real", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if importlib.util.find_spec("fitparse") is None:
        print("left out: fitparse is not installed (pip install fitparse)")
        return
    from tests.ingest.fit import encoder

    results: dict[str, dict[str, float]] = {}
    seconds = int(options.hours * 3600)
    for name, data in (
        (f"{options.hours:g} h, one run", encoder.ride(seconds)),
        (f"{options.hours:g} h, mixed", encoder.mixed_ride(seconds)),
        ("10 min", encoder.ride(600)),
    ):
        assert_equal(data)
        results[name] = paired(lambda data=data: by_us(data), lambda data=data: by_fitparse(data), options.repeat)
        results[name]["MB"] = len(data) / 1e6
    if not options.no_real and SHARED.is_dir():
        mix = real_mix()
        for data in mix.values():
            assert_equal(data)
        results[f"{len(mix)} real files"] = paired(
            lambda: [by_us(data) for data in mix.values()],
            lambda: [by_fitparse(data) for data in mix.values()],
            options.repeat,
        ) | {"MB": sum(map(len, mix.values())) / 1e6}
    print(f"{'':<20}{'MB':>8}{'ours s':>10}{'MB/s':>8}{'fitparse s':>12}{'ratio':>8}")
    for name, row in results.items():
        speed = row["MB"] / row["ours"]
        print(f"{name:<20}{row['MB']:8.2f}{row['ours']:10.4f}{speed:8.0f}{row['fitparse']:12.2f}{row['ratio']:8.0f}")
    sizes = [36_000, 72_000, 144_000, 288_000]
    seconds = []
    for size in sizes:
        data = encoder.RECORD.head() + b"".join(encoder.record(second) for second in range(size))
        whole = encoder.fit(encoder.file_id() + data, crc=False)
        seconds.append(min(_cpu(lambda whole=whole: by_us(whole)) for _ in range(5)))
    print(f"growth with length: exponent {exponent(sizes, seconds):.2f} over {sizes[0]:,} to {sizes[-1]:,} records")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(results))


def _cpu(work: Callable[[], Any]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
