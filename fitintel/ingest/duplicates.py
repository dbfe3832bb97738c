"""Duplicates: exact ones collapse, conflicting ones are kept aside, possible ones are kept and flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core import days
from fitintel.core.workouts import Workouts
from fitintel.ingest.distinct import distinct
from fitintel.ingest.normalise import Breach, Draft

if TYPE_CHECKING:
    from numpy.typing import NDArray

CONTENT = ("day", "start", "sport", "source_sport", "duration", "distance", "speed_max", "elevation_gain", "hr_mean",
           "hr_max", "cadence", "steps", "energy", "rpe", "notes")  # fmt: skip
SAME_DURATION = 1.0
"""s. Programs round durations to the second."""
SAME_DISTANCE = 10.0
"""m. Programs round distances to 0.01 km or mi."""

LONGEST = 2.0**20
"""s; longer ones are taken for equally long where candidates are looked for"""
ROUNDING = 0.01
"""s; more than what numbers of this size lose"""
MAX_REACH = 40
"""workouts of one day and sport that are compared with each other"""


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
    if timed.any():
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


def partners(new: Workouts, stored: Workouts) -> dict[str, str]:
    """id -> id of a workout that may be the same: equal day, sport, duration and distance, as measured.

    At least one of each pair is new. Without a distance two workouts are alike only if their sources call the sport
    the same: two gym hours on a day are an ordinary thing when they differ in kind.
    """
    names = ("id", "day", "sport", "source_sport", "duration", "distance")
    both = Workouts.concat([new.select(names), stored.select(names)])
    near = _near(both["day"], both["sport"], both["duration"])
    if not near.size:
        return {}
    both, is_new = both.take(near), near < len(new)
    _, sport = np.unique(both["sport"].astype(str), return_inverse=True)
    word = np.array([" ".join(str(text or "").lower().split()) for text in both["source_sport"].tolist()])
    order = np.lexsort((both["id"].astype(str), both["distance"], both["duration"], sport, both["day"]))
    group = both["day"][order] * (int(sport.max()) + 1) + sport[order]
    duration, distance, word = both["duration"][order], both["distance"][order], word[order]
    fresh = is_new[order]
    partner = np.full(len(order), -1)
    first = np.arange(len(order))
    # sorted, the alike stand close together; between them only workouts of the same duration, to the second
    for reach in range(1, min(len(order), MAX_REACH)):
        first = first[first + reach < len(order)]
        first = first[group[first] == group[first + reach]]
        if not first.size:
            break
        second = first + reach
        same_time = np.abs(duration[first] - duration[second]) <= SAME_DURATION
        same_way = np.abs(distance[first] - distance[second]) <= SAME_DISTANCE
        no_time = np.isnan(duration[first]) & np.isnan(duration[second])
        no_way = np.isnan(distance[first]) & np.isnan(distance[second]) & (word[first] == word[second])
        alike = (same_time & (same_way | no_way)) | (no_time & same_way)
        goes_on = same_time | no_time  # by duration in order: further on the difference only grows
        alike &= fresh[first] | fresh[second]
        for one, two in ((first[alike], second[alike]), (second[alike], first[alike])):
            unknown = partner[one] < 0
            partner[one[unknown]] = two[unknown]
        first = first[goes_on]
    ids = both["id"][order]
    found = np.flatnonzero(partner >= 0)
    return {str(one): str(two) for one, two in zip(ids[found], ids[partner[found]], strict=True)}


def _near(day: NDArray[np.int64], sport: NDArray[Any], duration: NDArray[np.float64]) -> NDArray[np.intp]:
    """Places of workouts with a neighbour of the same day and sport and, within 1 s, duration; perhaps some more.

    Whatever stands between two alike ones by duration is alike to both in that, so none between them is left out.
    """
    known, kind = distinct(sport.tolist())
    # one number orders by day, sport and duration; without a duration last
    length = np.where(np.isnan(duration), LONGEST + 2 * SAME_DURATION, np.clip(duration, 0.0, LONGEST))
    key = ((day - day.min(initial=0)) * len(known) + kind) * (2.0 * LONGEST) + length
    order = np.argsort(key)
    close = np.diff(key[order]) <= SAME_DURATION + ROUNDING
    beside = np.zeros(len(order), bool)
    beside[:-1] |= close
    beside[1:] |= close
    return np.sort(order[beside])


def changed(new: Workouts, stored: Workouts) -> list[tuple[int, str]]:
    """(place among `new`, what differs) for workouts that are stored with other values under the same id.

    All of `new` are stored; one that is not among `stored`, which holds the days of `new`, is stored on another day.
    """
    where = {str(workout_id): place for place, workout_id in enumerate(stored["id"].tolist())}
    found = []
    for place, workout_id in enumerate(new["id"].tolist()):
        other = where.get(str(workout_id))
        if other is None:
            found.append((place, f"stored on another day, now {days.iso(new['day'][place])}"))
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
