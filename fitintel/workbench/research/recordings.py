"""Recorded workouts for research: samples without places, laps and pauses; no names, devices or original files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.recorded import KeptLap, KeptLeg, Recorded
from fitintel.storage import streams
from fitintel.storage.store import Blobs
from fitintel.workbench.research.project import Project, rounded
from fitintel.workbench.research.tracks import frequent_ends, with_places, without_places, zones_of

if TYPE_CHECKING:
    from fitintel.workbench.door.base import Door


def keep_recordings(
    bench: Door, blobs: Blobs, project: Project, athlete_id: str, import_id: str, names: Mapping[str, str], *,
    location: bool,
) -> list[Recorded]:  # fmt: skip
    """Write the athlete's samples for research; what is kept of each. `names`: workout id -> id in the study."""
    shift = project.shift(athlete_id) * 86_400.0
    found = [one for one in bench.vault.recordings(athlete_id) if one.workout_id in names and one.stream]
    zones = zones_of(frequent_ends(_tracks(bench, found)), project.pseudonym(athlete_id).encode()) if location else []
    kept = []
    for one in found:
        samples = _samples(bench, one)
        given = with_places(samples, zones) if location and "lat" in samples else without_places(samples)
        # the same length for every time of one workout, so that its laps stay where they are
        moved = shift + rounded(float(samples["time"][0])) - float(samples["time"][0])
        given["time"] = given["time"] + moved
        if not len(given["time"]):
            continue
        digest = blobs.of(project.pseudonym(athlete_id)).put(streams.KIND, streams.encode(given))
        kept.append(Recorded(
            workout_id=names[one.workout_id], import_id=import_id, sha256="0" * 64, kind="research", maker="", name="",
            samples=len(given["time"]), channels=tuple(name for name in given if name != "time"), stream=digest,
            rr=None, device={}, figures=dict(one.figures), quality=one.quality, reasons=(),
            legs=tuple(_leg(leg, moved) for leg in one.legs), laps=tuple(_lap(lap, moved) for lap in one.laps),
            pauses=tuple((start + moved, end + moved) for start, end in one.pauses), repairs=(),
        ))  # fmt: skip
    return kept


def _tracks(bench: Door, found: list[Recorded]) -> list[Mapping[str, Any]]:
    return [samples for one in found if "lat" in one.channels and "lon" in (samples := _samples(bench, one))]


def _samples(bench: Door, one: Recorded) -> dict[str, Any]:
    with bench.blobs.open(streams.KIND, str(one.stream)) as file:
        samples = streams.decode(file)
    # developers' fields may hold anything
    return {name: np.asarray(values) for name, values in samples.items() if not name.startswith("dev:")}


def _leg(leg: KeptLeg, moved: float) -> KeptLeg:
    return replace(leg, start=leg.start + moved, end=leg.end + moved, source_sport="", device={})


def _lap(lap: KeptLap, moved: float) -> KeptLap:
    return replace(lap, start=lap.start + moved, end=lap.end + moved, device={})
