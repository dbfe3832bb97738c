"""Mean-maximal curves: the highest mean power or speed over each duration, of one recording, of all, of the latest.

The curve of one recording is kept beside a digest of its samples and of the repairs that are made in them: a recording
is read once, and again only where one of the two has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core import snapshot
from fitintel.core.sports import ON_FOOT
from fitintel.intelligence.registry import Journal
from fitintel.intelligence.resample import one_hertz
from fitintel.workbench.samples import merged_samples

if TYPE_CHECKING:
    from fitintel.core.recorded import Recorded
    from fitintel.core.records import Athlete
    from fitintel.workbench.door import BriefDoor

DURATIONS = (1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)
"""s"""
CHANNELS = {"power": "cycling", "speed": "running"}
"""channel -> sport of which its curve is drawn: a speed on wheels says more of the road than of the rider"""
SHOWN = {"power": None, "speed": ON_FOOT}
"""channel -> sports of which one recording's curve is drawn; None: of every sport"""
MADE_FROM = {"power": {"power"}, "speed": {"speed", "distance"}}
"""channel -> what a recording has to hold: speed is the change of distance where the device wrote none"""
RECENT = 90
"""d"""
KEPT, FORM = "mean_max_curves", "1"
"""name and form of what is kept, beside fitted models: made again from the samples whenever it is missing"""


def mean_maximal(bench: BriefDoor, athlete: Athlete, day: int, *, most: int | None = None) -> dict[str, Any]:
    """Channel -> `windows`: `all` and `recent`, each `best` [W or m/s] and `day` for every duration, and `n` workouts.

    Beside `durations` [s], `recent_days`, `read` (recordings whose curve is known) and `waiting` (those whose samples
    are still to be read: at most `most` are read now, the newest first). A workout with a flag counts for nothing.
    """
    rows = bench.store.workouts(athlete.id, columns=("id", "day", "sport", "flags"), until=day)
    wanted = {row["id"]: row for row in rows.rows() if not row["flags"] and row["sport"] in CHANNELS.values()}
    kept = {one.workout_id: one for one in bench.store.recordings(athlete.id, list(wanted))
            if one.stream is not None and MADE_FROM[_channel(wanted[one.workout_id])] & set(one.channels)}  # fmt: skip
    known = _known(bench, athlete, kept)
    waiting = sorted((name for name in kept if name not in known), key=lambda name: (-wanted[name]["day"], name))
    for name in waiting[:most]:
        known[name] = _curve(bench, athlete, kept[name], _channel(wanted[name]))
    if waiting[:most]:
        bench.store.save_model(athlete.id, KEPT, FORM, snapshot.digest(sorted(known)), {
            name: {"of": _made_of(bench, athlete, kept[name]), "curve": curve} for name, curve in known.items()
        })  # fmt: skip
    made: dict[str, Any] = {"durations": list(DURATIONS), "recent_days": RECENT, "read": len(known),
                            "waiting": len(kept) - len(known)}  # fmt: skip
    for channel, sport in CHANNELS.items():
        mine = [name for name in known if wanted[name]["sport"] == sport]
        made[channel] = _windows([wanted[name]["day"] for name in mine], [known[name] for name in mine], day)
    return made


def of_workout(bench: BriefDoor, athlete: Athlete, workout_id: str) -> dict[str, Any]:
    """Channel -> `best` [W or m/s] of one recording for each of `durations` [s], None where it is shorter.

    Beside it `ever`: `best` to that day of the recordings that count and whose curve is known by now, empty where its
    sport has no such curve. A channel that was not recorded is left out. With the repairs that the figures have.
    """
    made: dict[str, Any] = {"durations": list(DURATIONS), "channels": {}}
    rows = bench.store.workouts(athlete.id, columns=("id", "day", "sport"), twins=True)
    row = next((one for one in rows.rows() if one["id"] == workout_id), None)
    kept = next(iter(bench.store.recordings(athlete.id, [workout_id])), None)
    if row is None or kept is None or kept.stream is None:
        return made
    for channel, sports in SHOWN.items():
        if (sports is not None and row["sport"] not in sports) or not MADE_FROM[channel] & set(kept.channels):
            continue
        best = _plain(_curve(bench, athlete, kept, channel))
        if any(value is not None for value in best):
            made["channels"][channel] = {"best": best, "ever": []}
    if any(CHANNELS[channel] == row["sport"] for channel in made["channels"]):
        every = mean_maximal(bench, athlete, row["day"], most=0)
        for channel, found in made["channels"].items():
            if CHANNELS[channel] == row["sport"]:
                found["ever"] = every[channel]["all"]["best"]
    return made


def _windows(found: list[int], curves: list[list[float]], day: int) -> dict[str, Any]:
    journal, made = Journal(), {}
    table = np.array(curves, dtype=np.float64).reshape(len(curves), len(DURATIONS))
    for name, first in (("all", None), ("recent", day - RECENT + 1)):
        best = journal.run("personal_bests", np.array(found), table, first=first, last=day)
        made[name] = {"best": _plain(best["best"]), "day": _plain(best["day"]), "n": int(best["n"])}
    return made


def _curve(bench: BriefDoor, athlete: Athlete, one: Recorded, channel: str) -> list[float]:
    samples = merged_samples(bench.store, bench.blobs, athlete.id, one.workout_id)
    values = one_hertz(samples["time"], samples.get(channel, samples.get("distance")), pauses=one.pauses).values
    stream = values if channel in samples else np.diff(values)
    best: list[float] = np.asarray(Journal().run("mean_max", stream, np.array(DURATIONS)).value).tolist()
    return best


def _known(bench: BriefDoor, athlete: Athlete, kept: Mapping[str, Recorded]) -> dict[str, list[float]]:
    found = bench.store.model(athlete.id, KEPT, FORM)
    if found is None:
        return {}
    return {name: list(held["curve"]) for name, held in found[1].items()
            if name in kept and held["of"] == _made_of(bench, athlete, kept[name])}  # fmt: skip


def _made_of(bench: BriefDoor, athlete: Athlete, one: Recorded) -> str:
    """Digest of all that a curve depends on: samples, repairs that are turned off, and the algorithm."""
    off = sorted(each.repair for each in one.repairs if not each.enabled)
    made_by = sorted(f"{each.repair} {each.version}" for each in one.repairs)
    return snapshot.digest({"stream": one.stream, "off": off, "by": made_by, "of": list(DURATIONS),
                            "algorithm": bench.card("mean_max").version})  # fmt: skip


def _channel(row: Mapping[str, Any]) -> str:
    return next(channel for channel, sport in CHANNELS.items() if sport == row["sport"])


def _plain(values: Any) -> list[float | None]:
    return [None if value != value else float(value) for value in np.asarray(values, dtype=float).tolist()]
