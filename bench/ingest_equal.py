"""What two imports stored of the same files, and that it is the same."""

from __future__ import annotations

import io
import math
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ingest_once import ATHLETE

FILLED = ("fit_hr_buffered", "fit_developer_channel")
"""remarks of ours that say where a channel has values that the peer does not look for"""
FIGURES = ("duration", "distance", "hr_mean", "hr_max")


@dataclass(frozen=True, slots=True)
class File:
    """What is stored of one file: streams, sessions as the device tells them, and starts of laps."""

    samples: int
    stream: dict[str, Any]
    legs: list[dict[str, float]]
    laps: list[float]
    filled: bool = False


class Stored:
    """Files by hash."""

    def __init__(self, files: dict[str, File]) -> None:
        self.files = files

    @classmethod
    def ours(cls, work: Path) -> Stored:
        """What `ingest_once.py ours` stored."""
        from fitintel.storage import open_blobs, open_store, streams

        store, blobs = open_store(f"sqlite:///{work}/ours.sqlite"), open_blobs(str(work / "files"))
        said: dict[str, set[str]] = {}
        for problem in store.problems(athlete_id=ATHLETE, status=None):
            said.setdefault(problem.import_id, set()).add(problem.rule)
        files = {}
        for one in store.recordings(ATHLETE):
            stream = {}
            if one.stream is not None:
                with blobs.open(streams.KIND, one.stream) as file:
                    stream = streams.decode(file)
            legs = [{"start": leg.start, **leg.device} for leg in one.legs]
            filled = bool(said.get(one.import_id, set()) & set(FILLED))
            files[one.sha256] = File(one.samples, stream, legs, [lap.start for lap in one.laps if lap.kind == "lap"],
                                     filled)  # fmt: skip
        store.close()
        return cls(files)

    @classmethod
    def of_peer(cls, work: Path) -> Stored:
        """What `ingest_peers.pipeline` stored."""
        from fitintel.storage import streams

        base = sqlite3.connect(work / "peer.sqlite")
        files = {}
        for sha256, samples, digest in base.execute("select sha256, samples, digest from streams").fetchall():
            rows = base.execute(
                f"select start, {', '.join(FIGURES)} from legs where sha256 = ? order by number", (sha256,)
            )
            legs = [dict(zip(("start", *FIGURES), row, strict=True)) for row in rows]
            laps = base.execute("select start from laps where sha256 = ? order by number", (sha256,))
            written = (work / "streams" / digest).read_bytes()
            files[sha256] = File(samples, streams.decode(io.BytesIO(written)), legs, [at for (at,) in laps])
        base.close()
        return cls(files)


def assert_same(ours: Stored, theirs: Stored) -> None:
    """Every file of the peer is stored here with the same values: streams, sessions and laps."""
    assert theirs.files, "the peer stored nothing"
    for sha256, other in theirs.files.items():
        one = ours.files[sha256]
        _same_streams(one, other)
        # a session or lap without a start is placed by us, and left out by the peer
        for leg in other.legs:
            mine = [each for each in one.legs if each["start"] == leg["start"]]
            assert mine, ("a session", leg)
            for name in FIGURES:
                told = leg.get(name)
                assert not told or any(math.isclose(told, each.get(name, math.nan)) for each in mine), (name, leg, mine)
        assert set(other.laps) <= set(one.laps), "laps"


def _same_streams(one: File, other: File) -> None:
    """Equal values wherever the peer has one row of a time."""
    when = other.stream["time"]
    times, first, many = np.unique(when[~np.isnan(when)], return_index=True, return_counts=True)
    rows = np.flatnonzero(~np.isnan(when))[first]
    assert np.array_equal(times, one.stream["time"]), "times"
    alone = many == 1
    for channel in one.stream.keys() & other.stream.keys() - {"time"}:
        mine, told = one.stream[channel][alone], other.stream[channel][rows][alone]
        lacking = np.isnan(told) if one.filled else np.isnan(told) & np.isnan(mine)
        same = np.isclose(mine, told, rtol=0, atol=1e-9)
        assert (same | lacking).all(), (channel, mine[~(same | lacking)][:3], told[~(same | lacking)][:3])
    missing = {name for name in other.stream if name not in one.stream and not np.isnan(other.stream[name]).all()}
    assert not missing, ("channels", missing)
