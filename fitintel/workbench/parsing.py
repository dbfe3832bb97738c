"""Reading a recorded file in a child process: what goes to it, what it does, and what comes back. No pickle."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fitintel.core import snapshot
from fitintel.core.errors import AmbiguousFile, DataError, UnknownFormat, UnreadableFile
from fitintel.core.recorded import KeptLap, KeptLeg, KeptRepair, Recorded
from fitintel.core.records import Outcome
from fitintel.core.wellness import Wellness
from fitintel.ingest import recorded
from fitintel.ingest.intake import Finding, Intake
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile
from fitintel.ingest.sandbox import Answer
from fitintel.ingest.source import RECORDERS, recorder
from fitintel.storage import streams

ERRORS: dict[str, type[DataError]] = {kind.__name__: kind for kind in (UnreadableFile, UnknownFormat, AmbiguousFile)}
FARTHEST = 5_000_000.0
"""m; a longer way is a fault of its distances, and would be cut into millions of steps"""


@dataclass(frozen=True, slots=True)
class Reading:
    """A recorded file as its child read it."""

    intake: Intake
    recordings: tuple[Recorded, ...]
    files: Mapping[str, bytes]
    """digest -> Parquet file with samples"""
    seconds: float


def job(
    content: bytes, *, name: str, athlete_id: str, import_id: str, sha256: str, options: Options, today: int | None,
    off: Mapping[str, Collection[str]],
) -> bytes:  # fmt: skip
    """What a child is told; `off`: workout id -> repairs that a person turned off."""
    said = {"name": name, "athlete_id": athlete_id, "import_id": import_id, "sha256": sha256, "today": today,
            "off": {each: sorted(names) for each, names in off.items()}}  # fmt: skip
    return snapshot.dump({**said, "options": options.as_dict(), "data": np.frombuffer(content, np.uint8)})


def ready() -> None:
    """Import what children need before they are forked, once for all of them."""
    import pyarrow.parquet  # noqa: F401

    from fitintel.intelligence.registry import get

    get("graded_speed")
    for name in RECORDERS:
        recorder(name)


def read(told: bytes) -> bytes:
    """What a child does: read, check, make figures and files of samples. Errors of bad data are part of the answer."""
    import pyarrow as pa

    # its own allocator reserves more address space than a child may have
    pa.set_memory_pool(pa.system_memory_pool())
    began = time.perf_counter()
    asked = snapshot.load(told)
    options = Options().over(asked.pop("options"))
    data = asked.pop("data").tobytes()
    try:
        taken = recorded.read(data, options=options, **asked)
    except DataError as error:
        words = {name: getattr(error, name) for name in ("what", "where", "why", "next", "rule")}
        return snapshot.dump({"error": {"kind": type(error).__name__, **words}})
    files: dict[str, bytes] = {}
    kept = []
    for one, samples in zip(taken.recordings, taken.samples, strict=True):
        stream = _file(files, samples.columns)
        rr = _file(files, {"rr": samples.rr} if samples.rr is not None else {})
        figures = {**one.figures, **_graded(one, samples.repaired)}
        kept.append(replace(one, stream=stream, rr=rr, figures=figures))
    intake = taken.intake
    return snapshot.dump(
        {
            "source": intake.source.name, "read": intake.read, "workouts": intake.workouts,
            "repeated": intake.repeated, "kept_aside": intake.kept_aside,
            "findings": intake.findings, "recordings": _apart(kept), "wellness": intake.wellness,
            "files": {digest: np.frombuffer(written, np.uint8) for digest, written in files.items()},
            "seconds": time.perf_counter() - began,
        }
    )  # fmt: skip


def _graded(one: Recorded, columns: Mapping[str, Any]) -> dict[str, float]:
    """The grade-adjusted speed of a recording with distances and elevations, as `load_hierarchy` takes it."""
    from fitintel.intelligence.registry import get

    duration = one.figures.get("moving") or one.figures.get("duration")
    if not duration or not {"distance", "elevation"} <= set(columns):
        return {}
    known = columns["distance"][np.isfinite(columns["distance"])]
    if not len(known) or known.max() - known.min() > FARTHEST:
        return {}
    speed = get("graded_speed")(columns["distance"], columns["elevation"], duration)
    return {} if speed is None else {"graded_speed": speed}


def _file(files: dict[str, bytes], columns: Mapping[str, Any]) -> str | None:
    if not columns:
        return None
    written = streams.encode(columns)
    digest = snapshot.digest_of(written)
    files[digest] = written
    return digest


def answered(answer: Answer) -> Reading:
    """What came back from a child; raises the DataError that it met, or that it was itself."""
    if answer.error is not None:
        raise answer.error
    found = snapshot.load(answer.data)
    if "error" in found:
        words = found["error"]
        kind = ERRORS.get(words.pop("kind"), UnreadableFile)
        raise kind(words.pop("what"), **words)
    intake = Intake(
        source=recorder(found["source"]), profile=Profile(columns=()), read=found["read"],
        workouts=found["workouts"], repeated=found["repeated"], kept_aside=found["kept_aside"],
        findings=tuple(Finding(**{**row, "outcome": Outcome(row["outcome"])}) for row in found["findings"]),
        lines={0: 0}, wellness=tuple(Wellness(**row) for row in found["wellness"]),
    )  # fmt: skip
    files = {digest: written.tobytes() for digest, written in found["files"].items()}
    return Reading(intake, tuple(map(_recorded, snapshot.load(found["recordings"].tobytes()))), files, found["seconds"])


def _apart(values: Any) -> Any:
    """A snapshot within the snapshot: what holds no arrays is read back at once."""
    return np.frombuffer(snapshot.dump(values), np.uint8)


def _recorded(row: dict[str, Any]) -> Recorded:
    return Recorded(
        **{
            **row,
            "channels": tuple(row["channels"]), "reasons": tuple(row["reasons"]),
            "legs": tuple(KeptLeg(**leg) for leg in row["legs"]), "laps": tuple(KeptLap(**lap) for lap in row["laps"]),
            "pauses": tuple((start, end) for start, end in row["pauses"]),
            "repairs": tuple(KeptRepair(**repair) for repair in row["repairs"]),
        }
    )  # fmt: skip
