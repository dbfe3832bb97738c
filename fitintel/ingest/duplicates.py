"""Duplicates: exact ones collapse, conflicting ones are kept aside, possible ones are kept and flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.workouts import Workouts
from fitintel.ingest.normalise import Breach, Draft

if TYPE_CHECKING:
    from numpy.typing import NDArray

CONTENT = ("day", "start", "sport", "source_sport", "duration", "distance", "speed_max", "elevation_gain", "hr_mean",
           "hr_max", "cadence", "steps", "energy", "rpe", "notes")  # fmt: skip
SAME_DURATION = 1.0
"""s. Programs round durations to the second."""
SAME_DISTANCE = 10.0
"""m. Programs round distances to 0.01 km or mi."""


def within_file(draft: Draft, ids: NDArray[Any], identities: list[str], good: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows that repeat an earlier row of the file wholly: bool [rows]. Rows that contradict each other are breaches.

    Of rows with one identity but other values, or one start time and sport but other values, none is chosen: all are
    kept aside with the lines of the others.
    """
    repeated = np.zeros(len(draft), dtype=bool)
    twin = _twins(ids, good)
    if (twin != np.arange(len(draft))).any():
        odd = _differs(draft, twin)
        for group in _groups(twin, good):
            if odd[group].any():
                _conflict(draft, group)
            else:
                repeated[group[1:]] = True
                _say_repeated(draft, group, str(ids[group[0]]))
    start = draft.columns["start"]
    timed = good & ~repeated & np.isfinite(start)
    timed &= np.fromiter((not text for text in identities), bool, len(identities))
    if timed.any():
        moments = np.empty(len(draft), dtype=object)
        moments[:] = [f"{s:.3f}|{sport}" for s, sport in zip(start, draft.columns["sport"], strict=True)]
        for group in _groups(_twins(moments, timed), timed):
            if len({ids[place] for place in group}) > 1:
                _conflict(draft, group)
    return repeated


def _twins(keys: NDArray[Any], mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    """For each row the first row of the mask with the same key: int [rows]."""
    first: dict[str, int] = {}
    found = np.arange(len(keys))
    places = np.flatnonzero(mask)
    wanted = keys[places].tolist()
    if len(set(wanted)) < len(wanted):
        found[places] = [first.setdefault(key, place) for key, place in zip(wanted, places.tolist(), strict=True)]
    return found


def _groups(twin: NDArray[np.intp], mask: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """The rows that share a first row, in file order, where there are several."""
    places = np.flatnonzero(mask)
    order = places[np.argsort(twin[places], kind="stable")]
    if not order.size:
        return []
    starts = np.flatnonzero(np.diff(twin[order])) + 1
    return [group for group in np.split(order, starts) if group.size > 1] if starts.size < order.size - 1 else []


def _differs(draft: Draft, twin: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Rows that hold another value than their twin: bool [rows]."""
    odd = np.zeros(len(draft), dtype=bool)
    for name in CONTENT:
        values = draft.columns[name]
        same = values == values[twin]
        if values.dtype.kind == "f":
            same |= np.isnan(values) & np.isnan(values[twin])
        odd |= ~same.astype(bool)
    return odd


def _say_repeated(draft: Draft, group: NDArray[np.intp], workout_id: str) -> None:
    rows = [draft.table.rows[place] for place in group]
    others = ", ".join(map(str, rows[1:11])) + (", ..." if len(rows) > 11 else "")
    detail = f"{len(rows) - 1} more of row {rows[0]}: row {others}"
    draft.breaches.append(Breach(int(group[1]), "", "identical_row", workout_id, detail))


def _conflict(draft: Draft, group: NDArray[np.intp]) -> None:
    known = {breach.place for breach in draft.breaches if breach.rule == "conflicting_rows"}
    lines = [draft.table.lines[place] for place in group]
    for place in group.tolist():
        others = ", ".join([str(line) for line in lines if line != draft.table.lines[place]][:10])
        if place not in known:
            header, value = draft.cell("date", place)
            draft.breaches.append(Breach(place, header, "conflicting_rows", value, f"contradicts line {others}"))


def possible(new: Workouts, stored: Workouts) -> list[tuple[str, str]]:
    """Pairs of ids (one new, another new or stored) with equal day, sport, duration and distance, as measured.

    Both need a duration or distance in common. Without a distance two workouts are alike only if their source calls
    the sport the same, since two gym hours on a day are an ordinary thing only when they differ in kind.
    """
    names = ("id", "day", "sport", "source_sport", "duration", "distance", "flags")
    both = Workouts.concat([new.select(names), stored.select(names)])
    if len(both) < 2:
        return []
    is_new = np.arange(len(both)) < len(new)
    # a workout that recorded nothing, or whose duration is a fault, resembles nothing
    usable = np.isfinite(both["duration"]) | np.isfinite(both["distance"])
    _, sports = np.unique(both["sport"].astype(str), return_inverse=True)
    order = np.lexsort((both["id"].astype(str), both["distance"], both["duration"], sports, both["day"]))
    day, sport = both["day"][order], sports[order]
    duration, distance = both["duration"][order], both["distance"][order]
    words, ids, fresh, fit = both["source_sport"][order], both["id"][order], is_new[order], usable[order]
    pairs = []
    reach = 1
    while reach < len(order):
        a, b = slice(None, -reach), slice(reach, None)
        same_group = (day[a] == day[b]) & (sport[a] == sport[b])
        with np.errstate(invalid="ignore"):
            same_time = np.abs(duration[a] - duration[b]) <= SAME_DURATION
            same_way = np.abs(distance[a] - distance[b]) <= SAME_DISTANCE
        no_time, no_way = np.isnan(duration[a]) & np.isnan(duration[b]), np.isnan(distance[a]) & np.isnan(distance[b])
        alike = same_group & ((same_time & (same_way | no_way)) | (no_time & same_way)) & fit[a] & fit[b]
        alike &= fresh[a] | fresh[b]
        for place in np.flatnonzero(alike):
            other = place + reach
            if no_way[place] and _word(words[place]) != _word(words[other]):
                continue
            pairs.append((str(ids[place]), str(ids[other])))
        if not same_group.any():
            break
        reach += 1
    return pairs


def _word(word: object) -> str:
    return str(word or "").strip().lower()


def changed(new: Workouts, stored: Workouts) -> list[tuple[int, str]]:
    """(place among `new`, what differs) for workouts that are stored with other values under the same id."""
    where = {str(workout_id): place for place, workout_id in enumerate(stored["id"].tolist())}
    found = []
    for place, workout_id in enumerate(new["id"].tolist()):
        other = where.get(str(workout_id))
        if other is None:
            continue
        differences = []
        for name, digits in (("duration", 0.001), ("distance", 0.01)):
            now, then = float(new[name][place]), float(stored[name][other])
            if not (np.isnan(now) and np.isnan(then)) and not abs(now - then) <= digits:
                differences.append(f"{name} stored {then:.6g}, now {now:.6g}")
        if new["sport"][place] != stored["sport"][other]:
            differences.append(f"sport stored {stored['sport'][other]}, now {new['sport'][place]}")
        if differences:
            found.append((place, "; ".join(differences)))
    return found
