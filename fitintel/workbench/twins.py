"""The stored workouts as matching and merging need them: sides, samples and parts, each read when it is asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from fitintel.core.quality import left
from fitintel.core.recorded import LinkState, Recorded
from fitintel.core.workouts import Workouts
from fitintel.ingest import merging, shared_samples
from fitintel.ingest.matching import FIGURES, Match, Side, match
from fitintel.ingest.merging import Part
from fitintel.ingest.shared_samples import Agreement
from fitintel.storage import streams
from fitintel.storage.store import Blobs, Store

COLUMNS = (
    "id", "day", "start", "utc_offset", "sport", "duration", "distance", "speed_max", "elevation_gain", "hr_mean",
    "hr_max", "cadence", "steps", "energy", "rpe", "notes", "source", "flags", "import_id",
)  # fmt: skip
"""columns that matching and merging look at"""
HELD = 64
"""recordings whose samples are held at once"""


class Twins:
    """Stored workouts of one athlete, seen by id."""

    def __init__(self, store: Store, blobs: Blobs, athlete_id: str, rows: Workouts) -> None:
        self._store, self._blobs, self._athlete = store, blobs, athlete_id
        self._rows = rows
        self.place = {name: at for at, name in enumerate(rows["id"].tolist())}
        """id -> place in the rows"""
        self._recorded: dict[str, Recorded | None] = {}
        self._sides: dict[str, Side] = {}
        self._samples: dict[str, dict[str, Any]] = {}
        self._parts: dict[str, Part] = {}

    def match(self, first: str, second: str) -> Match | None:
        """How alike two workouts are, their samples included."""
        self._look_up([first, second])

        def compare(shift: float) -> Agreement | None:
            one, two = (self._compared(name) for name in (first, second))
            return shared_samples.agreement(one, two, shift) if one and two else None

        return match(self._side(first), self._side(second), compare)

    def apart(self, first: str, second: str) -> bool:
        """Whether two workouts cannot be one: their times exclude it, or one import holds both as two."""
        one, two = self._side(first), self._side(second)
        return one.import_id == two.import_id or match(one, two) is None

    def part(self, workout_id: str) -> Part:
        """A workout as a source's account of it."""
        if workout_id not in self._parts:
            self._look_up([workout_id])
            at = self.place[workout_id]
            row = next(iter(self._rows.take(np.array([at])).rows()))
            found = self._recorded[workout_id]
            if found is None:
                self._parts[workout_id] = Part(row)
            else:
                covered = self._covered(found)
                self._parts[workout_id] = Part(row, found.kind, covered, found.samples, found.quality)
        return self._parts[workout_id]

    def _look_up(self, names: Sequence[str]) -> None:
        missing = [name for name in names if name not in self._recorded]
        if missing:
            found = {one.workout_id: one for one in self._store.recordings(self._athlete, missing)}
            self._recorded.update({name: found.get(name) for name in missing})

    def _side(self, name: str) -> Side:
        if name not in self._sides:
            self._look_up([name])
            at, recorded = self.place[name], self._recorded[name]
            row = {column: self._rows[column][at] for column in COLUMNS}
            stated = [float(row["duration"])]
            ways = [float(row["distance"])]
            if recorded is not None:
                for said in (recorded.device, recorded.figures):
                    stated += [float(said[key]) for key in ("duration", "elapsed") if key in said]
                    ways += [float(said["distance"])] if "distance" in said else []
            self._sides[name] = Side(
                name, int(row["day"]), float(row["start"]), float(row["utc_offset"]), row["sport"] or "other",
                row["import_id"] or "", recorded is not None, _positive(stated), _positive(ways),
                {figure: float(row[figure]) for figure in FIGURES},
            )  # fmt: skip
        return self._sides[name]

    def _compared(self, name: str) -> dict[str, Any] | None:
        recorded = self._recorded[name]
        if recorded is None or recorded.stream is None:
            return None
        if name not in self._samples:
            wanted = [channel for channel in shared_samples.CHANNELS if channel in ("time", *recorded.channels)]
            if len(self._samples) >= HELD:
                self._samples.pop(next(iter(self._samples)))
            self._samples[name] = self._read(recorded, wanted)
        return self._samples[name]

    def _covered(self, recorded: Recorded) -> dict[str, int]:
        if recorded.stream is None or not recorded.samples:
            return {}
        samples = self._read(recorded, None)
        time = samples.pop("time")
        step = float(time[-1] - time[0]) / max(1, len(time) - 1) or 1.0
        return {name: round(step * np.count_nonzero(~np.isnan(values))) for name, values in samples.items()}

    def _read(self, recorded: Recorded, channels: Sequence[str] | None) -> dict[str, Any]:
        assert recorded.stream is not None
        with self._blobs.open(streams.KIND, recorded.stream) as file:
            return streams.decode(file, channels)


def merged_recordings(store: Store, athlete_id: str) -> tuple[Recorded, ...]:
    """Recordings by workout; of a merged workout that of the leading one, with the figures of channels from others."""
    found = {one.workout_id: one for one in store.recordings(athlete_id)}
    links = [link for link in store.links(athlete_id) if link.state is LinkState.MERGED]
    for link in links:
        leader, other = found.get(link.workout_id), found.get(link.other_id)
        channels = link.reasons.get("channels", ())
        if leader is not None and other is not None and channels:
            taken = {name: other.figures[name] for channel in channels for name in merging.MADE_OF.get(channel, ())
                     if name in other.figures}  # fmt: skip
            reasons = _reasons(leader, other, channels)
            found[link.workout_id] = replace(
                leader, figures={**leader.figures, **taken}, reasons=reasons,
                quality=left(reasons) if leader.quality is not None else None,
            )  # fmt: skip
    hidden = {link.other_id for link in links if link.workout_id in found}
    return tuple(one for name, one in found.items() if name not in hidden)


def _reasons(leader: Recorded, other: Recorded, channels: Sequence[str]) -> tuple[Mapping[str, Any], ...]:
    """Why the quality of a merged recording is not 100: of each channel by its source, gaps by their channels."""
    kept = [each for each in leader.reasons if each["name"] not in channels]
    for each in other.reasons:
        if each["name"] in channels or each["name"].startswith("off:"):
            kept.append(each)
        elif each["name"] == "gaps":  # they lie in what this source gave, not in the workout's own time
            kept += [{**each, "name": name} for name in channels]
    return tuple(sorted(kept, key=lambda each: (-each["weight"] * each["share"], each["name"])))


def _positive(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(sorted({value for value in values if not math.isnan(value) and value > 0}))
