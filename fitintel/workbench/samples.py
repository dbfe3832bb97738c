"""Samples of a stored workout: as recorded, or with the repairs made that nobody turned off; of all its sources."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from fitintel.core.recorded import LinkState, Recorded
from fitintel.core.recording import Leg, Recording
from fitintel.ingest import merging
from fitintel.ingest.repairs import repair
from fitintel.storage import streams
from fitintel.storage.store import Blobs, Store


def merged_samples(
    store: Store, blobs: Blobs, athlete_id: str, workout_id: str, *, repaired: bool = True
) -> dict[str, Any]:
    """Samples of a workout: `time` [s] and channels; of a merged one each channel from the source chosen for it.

    Each source is repaired as its figures were: a repair that a person turned off for it is not made. With
    `repaired=False` they are as recorded.
    """
    taken = {
        link.other_id: link for link in store.links(athlete_id)
        if link.workout_id == workout_id and link.state is LinkState.MERGED and link.reasons.get("channels")
    }  # fmt: skip
    names = [workout_id, *taken]
    found = {one.workout_id: one for one in store.recordings(athlete_id, names)}
    off: dict[str, set[str]] = {name: set() for name in names}
    for one in store.repairs(athlete_id, names) if repaired else ():
        if not one.enabled:
            off[one.workout_id].add(one.repair)
    rows = store.workouts(athlete_id, columns=("id", "start", "sport"), twins=True)
    row_of = {row["id"]: row for row in rows.rows() if row["id"] in found}

    def read(name: str) -> dict[str, Any]:
        stream = found[name].stream if name in found else None
        if stream is None:
            return {}
        with blobs.open(streams.KIND, stream) as file:
            samples = streams.decode(file)
        return repaired_samples(found[name], row_of[name], samples, off[name]) if repaired else samples

    others = [(read(name), link.reasons["channels"], float(link.reasons["shift"])) for name, link in taken.items()]
    return merging.merged_samples(read(workout_id), others)


def repaired_samples(
    one: Recorded, row: Mapping[str, Any], samples: Mapping[str, Any], off: Collection[str] = ()
) -> dict[str, Any]:
    """Stored samples with their repairs made, `off` excepted: those that the stored figures were made from.

    `row`: `start` [s] and `sport` of the workout.
    """
    stream = {name: values for name, values in samples.items() if name != "time"}
    legs = tuple(Leg(leg.sport, leg.source_sport, leg.start, leg.end, leg.device) for leg in one.legs)
    sport = legs[0].sport if len(legs) == 1 else row["sport"]
    recording = Recording(sport, "", row["start"], None, one.device, samples["time"], stream, legs, pauses=one.pauses)
    mended = repair(recording, off=off).recording
    return {"time": mended.time, **mended.stream}
