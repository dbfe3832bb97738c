"""What is checked each day, and how seldom the athlete's own past looked like it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from fitintel.intelligence import own_past

CHECKS = ("gap", "load", "habit", "unusual", "entry")
WORKOUT_DAYS = 7
"""d. A workout is spoken of while it is younger than this."""
PAST_DAYS = 730
"""d. The past that a day is compared with."""
SPAN = own_past.COMPARED + own_past.WEEKS + own_past.RECENT + 2
"""Weeks before the first day that any check looks at."""
FRESH_DAYS = 14
"""d. A lasting change is spoken of as new for this long after it was first found."""
LONG_TIMES, LONG_SHARE, SHORTEST, LEAST_GAPS = 1.5, 0.95, 7, 10
"""A gap is long as `training_gap` defines it."""
LEAST_WORKOUTS = 20


class Check(NamedTuple):
    """One check of one day; an empty key: nothing to tell."""

    day: int
    check: str
    key: str
    p: float
    hard: bool = False


class DayChecks:
    """The checks of the days from `first` on, from the columns of one history. Each sees only what its day knew."""

    def __init__(
        self, daily: Mapping[str, Any], weekly: Mapping[str, Any], anomalies: Mapping[str, Any],
        changes: Sequence[Mapping[str, Any]], first: int,
    ) -> None:  # fmt: skip
        self.day = np.asarray(daily["day"], dtype=np.int64)
        self.trained = self.day[np.asarray(daily["training"], dtype=np.float64) > 0]
        self.gaps = np.diff(self.trained).astype(np.float64)
        week = np.asarray(weekly["week"], dtype=np.int64)
        begin = int(np.searchsorted(week, first - 7 * SPAN))
        self.week = week[begin:]
        self.minutes = np.asarray(weekly["duration"], dtype=np.float64)[begin:] / 60.0
        self.surprises = own_past.week_surprises(self.minutes)
        self.changes = sorted(changes, key=lambda each: (int(each["known"]), str(each["subject"])))
        self.levels = {str(name): own_past.level_surprises(np.asarray(weekly[name], dtype=np.float64)[begin:])
                       for name in {each["subject"] for each in changes}}  # fmt: skip
        compared = anomalies["compared"]
        on = np.asarray(compared["day"], dtype=np.int64)
        seen = slice(int(np.searchsorted(on, first - PAST_DAYS, side="right")), None)
        self.on = on[seen]
        self.surprise = np.asarray(compared["surprise"], dtype=np.float64)[seen]
        self.found = {
            str(name): (str(kind), bool(hard))
            for name, kind, hard in zip(anomalies["id"], anomalies["kind"], anomalies["hard"], strict=True)
        }
        self.id = [str(name) for name in compared["id"][seen]]
        wrong = {name for name, (kind, _) in self.found.items() if kind in ("entry error", "sensor fault")}
        self.clean = np.where([name in wrong for name in self.id], np.nan, self.surprise)
        self._usual: dict[tuple[int, int], float] = {}
        """places of gaps -> LONG_SHARE of them are at most so long [d]: it changes with a training only"""
        self._loads: dict[int, tuple[str, float] | None] = {}
        """place of a week -> key and p: seven days ask the same"""

    def of(self, day: int) -> Iterator[Check]:
        """The checks of one day; hard findings last."""
        yield from self._gap(day)
        yield from self._load(day)
        yield from self._habit(day)
        yield from self._workouts(day)

    def _gap(self, day: int) -> Iterator[Check]:
        known = int(np.searchsorted(self.trained, day, side="right"))
        if not known:
            return
        begin, recent = (self._gaps_after(day - back) for back in (PAST_DAYS, 365))
        if known - 1 - begin < LEAST_GAPS:
            return
        latest = int(self.trained[known - 1])
        days = day - latest
        long = days >= SHORTEST and days > LONG_TIMES * self._long(
            recent if known - 1 - recent >= LEAST_GAPS else begin, known - 1
        )
        yield Check(day, "gap", f"alert_gap:{latest}" if long else "",
                    own_past.waiting_p(days, self.gaps[begin : known - 1]) if long else 1.0)  # fmt: skip

    def _gaps_after(self, day: int) -> int:
        """Place of the first gap that ended later than on `day`."""
        return max(int(np.searchsorted(self.trained, day, side="right")) - 1, 0)

    def _long(self, begin: int, end: int) -> float:
        if (begin, end) not in self._usual:
            self._usual[begin, end] = float(np.quantile(self.gaps[begin:end], LONG_SHARE))
        return self._usual[begin, end]

    def _week(self, day: int) -> int:
        """Place of the last week that is complete on `day`; -1 without one."""
        return int(np.searchsorted(self.week + 6, day, side="right")) - 1

    def _load(self, day: int) -> Iterator[Check]:
        place = self._week(day)
        if place not in self._loads:
            self._loads[place] = self._of_week(place)
        told = self._loads[place]
        if told is not None:
            yield Check(day, "load", *told)

    def _of_week(self, place: int) -> tuple[str, float] | None:
        """Key and p of the week at a place; None without a score."""
        if place < 0 or not math.isfinite(self.surprises[place]):
            return None
        past = np.log1p(self.minutes[max(0, place - own_past.WEEKS) : place])
        now, z = float(np.log1p(self.minutes[place])), float(self.surprises[place])
        if not abs(z) > 2.5 or past.min() <= now <= past.max():
            return "", 1.0
        code = f"alert_load_{'higher' if z > 0 else 'lower'}"
        return f"{code}:{self.week[place]}", own_past.latest_p(self.surprises, place)

    def _habit(self, day: int) -> Iterator[Check]:
        place = self._week(day)
        fresh = [each for each in self.changes if int(each["known"]) <= day < int(each["known"]) + FRESH_DAYS]
        if not fresh:
            if place >= own_past.RECENT + own_past.LEAST_WEEKS:
                yield Check(day, "habit", "", 1.0)
            return
        one = fresh[0]
        subject = str(one["subject"])
        p = own_past.latest_p(self.levels[subject], place, apart=own_past.RECENT)
        if math.isfinite(p):
            yield Check(day, "habit", habit_key(subject, int(one["day"])), p)

    def _workouts(self, day: int) -> Iterator[Check]:
        begin, end = (int(np.searchsorted(self.on, each, side="right")) for each in (day - WORKOUT_DAYS, day))
        start = int(np.searchsorted(self.on, day - PAST_DAYS, side="right"))
        earlier = self.clean[start:begin]
        earlier = earlier[np.isfinite(earlier)]
        hard: list[Check] = []
        soft: dict[str, list[tuple[float, str]]] = {"unusual": [], "entry": []}
        for place in range(begin, end):
            kind, certain = self.found.get(self.id[place], ("", False))
            if not kind:
                continue
            key = f"alert_{kind.replace(' ', '_')}:{self.id[place]}"
            if certain:
                hard.append(Check(day, "entry", key, math.nan, True))
            else:
                score = self.surprise[place]
                soft["unusual" if kind == "unusual workout" else "entry"].append(
                    (own_past.conformal_p(float(score) if score == score else 0.0, earlier), key)
                )
        tried = int(np.isfinite(self.surprise[begin:end]).sum())
        if len(earlier) >= LEAST_WORKOUTS:
            for check, found in soft.items():
                p, key = min(found, default=(1.0, ""))
                yield Check(day, check, key, own_past.of_several(p, tried))
        yield from hard


class NightChecks:
    """The check of wellness, one a day, from the result of `wellness_deviation`; none where nothing was measured."""

    def __init__(self, wellness: Mapping[str, Any] | None) -> None:
        self.first = int(wellness["day"][0]) if wellness else 0
        self.signs = {
            name: (np.asarray(one["p"], dtype=np.float64), np.asarray(one["start"], dtype=np.int64))
            for name, one in (wellness or {}).items() if name != "day"
        }  # fmt: skip

    def of(self, day: int) -> Iterator[Check]:
        """The check of one day: the sign that is most seldom so bad, for as many as could be looked at."""
        place = day - self.first
        known = [(float(p[place]), name, int(start[place])) for name, (p, start) in self.signs.items()
                 if 0 <= place < len(p) and math.isfinite(p[place])]  # fmt: skip
        if known:
            p, name, start = min(known)
            yield Check(day, "wellness", wellness_key(name, start) if start >= 0 else "",
                        own_past.of_several(p, len(known)))  # fmt: skip


def wellness_key(sign: str, start: int) -> str:
    """The key under which a deviation of wellness is told, from the day on which it began."""
    return f"alert_wellness:{sign}:{start}"


def habit_key(subject: str, week: int) -> str:
    """The key under which a lasting change is told."""
    return f"alert_habit_change:{subject}:{week}"
