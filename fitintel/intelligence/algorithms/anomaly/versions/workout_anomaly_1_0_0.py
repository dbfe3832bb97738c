"""Workouts that do not fit, as found before sensors were judged by several signs. Kept to replay what it computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.sports import ON_FOOT, SPORTS
from fitintel.core.workouts import Workouts
from fitintel.intelligence import slips
from fitintel.intelligence.past import Codes, Numbers, Past, PastWindows
from fitintel.intelligence.registry import algorithm

BY_RULE = {
    "duration_over_24h": ("entry error", "duration"),
    "watch_left_running": ("entry error", "duration"),
    "speed_impossible": ("entry error", "speed"),
    "duration_zero": ("entry error", "duration"),
    "rpe_impossible": ("entry error", "rpe"),
    "heart_rate_impossible": ("sensor fault", "hr_mean"),
    "cadence_impossible": ("sensor fault", "cadence"),
    "steps_overflow": ("sensor fault", "steps"),
    "energy_overflow": ("sensor fault", "energy"),
}
"""Kind and field of a breached rule; of several the first here is reported."""
GAITS = ("run", "walk", "hike")
LABELS = (*GAITS, "mixed", "outlier", "unsure", "other")
NEAREST = 3
"""A speed is usual when three of the last sixty were like it; one earlier error does not make the next one usual."""
SLOWEST, JOGGED, FASTEST = 0.55, 2.4, 7.0
"""m/s on foot: a mean below the first is hardly anybody's walk (slow pace outdoors is 0.82, Murtagh 2021), below the
second anybody may have walked, jogged or both, above the third nobody has run."""
FASTER = float(np.log(1.2))
"""A mean speed this much above the highest of the last sixty is no good day."""
FLOOR = {"speed": 0.05, "size": 0.20, "sensor": 0.05}
"""Least SD of a log quantity: a run of equal values must not make a small step a large one."""
LONG, FAULT = 5.0, 6.0
"""Robust z beyond which a workout is unusually long, and beyond which a sensor's mean is a fault."""
HALVED = 0.12
"""Log distance from half or double within which a sensor's mean counts as halved or doubled."""
HALF = float(np.log(2.0))
MAD = 1.4826
"""Median absolute deviation of a normal distribution to its SD."""


class Deviations:
    """What is found of each workout; the first finding stays.

    `rows` in canonical order, `types` the result of workout_type for them, `least` earlier workouts of the sport that
    a comparison needs.
    """

    def __init__(self, rows: Workouts, types: Mapping[str, Any], least: int) -> None:
        n, self.rows, self.least = len(rows), rows, least
        self.kind, self.field = np.full(n, None, dtype=object), np.full(n, None, dtype=object)
        self.value, self.expected, self.score = np.full((3, n), np.nan)
        self.flags = rows["flags"].tolist()
        sport, label = {s: i for i, s in enumerate(SPORTS)}, {s: i for i, s in enumerate(LABELS)}
        self.sport = np.array([sport.get(s, 0) for s in rows["sport"].tolist()], dtype=np.int64)
        self.label = np.array([label[s] for s in types["label"]], dtype=np.int64)
        self.type = self.sport * len(LABELS) + self.label
        self.foot = np.isin(self.sport, [sport[s] for s in ON_FOOT])
        t, d = rows["duration"], rows["distance"]
        with np.errstate(divide="ignore", invalid="ignore"):
            self.log_t, self.log_d = (np.log(np.where(x > 0, x, np.nan)) for x in (t, d))
        self.log_v = self.log_d - self.log_t
        self.usable_t, self.usable_d, self.usable_v = (
            np.where(spoiled_rows(self.flags, what), np.nan, log)
            for what, log in (
                (Spoils.DURATION, self.log_t),
                (Spoils.DISTANCE, self.log_d),
                (Spoils.PACE, self.log_v),
            )
        )
        self.windows = PastWindows(self.usable_v, self.sport)
        self.v = self.windows.past(NEAREST)
        self.t, self.d = (PastWindows(x, self.sport).past() for x in (self.usable_t, self.usable_d))

    def _put(self, at: Codes, kind: Any, field: Any, value: Numbers, expected: Numbers, score: Numbers) -> None:
        free = np.array([kind is None for kind in self.kind[at]], dtype=bool)
        for target, given in (
            (self.kind, kind), (self.field, field), (self.value, value), (self.expected, expected), (self.score, score)
        ):  # fmt: skip
            target[at[free]] = given if isinstance(given, str) else given[free]

    def rules(self) -> None:
        """Breached rules, whatever the numbers say."""
        for at, flags in enumerate(self.flags):
            names = flags.split() if flags else []
            name = next((name for name in BY_RULE if name in names), None)
            if name is None:
                continue
            kind, field = BY_RULE[name]
            rows = np.array([at])
            if field == "speed" and np.isfinite(self.v.median[at]):
                field = "distance" if self._distance_wrong(rows)[0] else "duration"
            if field in ("distance", "duration", "speed"):
                self._put(rows, kind, field, *self._against_speed(rows, field), np.full(1, np.nan))
            else:
                value = self.rows[field][rows] if field in self.rows else np.full(1, np.nan)
                self._put(rows, kind, field, value, np.full(1, np.nan), np.full(1, np.nan))

    def _against_speed(self, at: Codes, field: str) -> tuple[Numbers, Numbers]:
        """Recorded value, and the one that the usual speed and the other field make."""
        usual, d, t = np.exp(self.v.median[at]), np.exp(self.log_d[at]), np.exp(self.log_t[at])
        if field == "distance":
            return self.rows["distance"][at], t * usual
        return (self.rows["duration"][at], d / usual) if field == "duration" else (d / t, usual)

    def _usual(self, at: Codes, scale: Numbers) -> slips.Usual:
        sizes = [(past.median[at], np.maximum(past.scale[at], FLOOR["size"])) for past in (self.d, self.t)]
        return slips.Usual(self.windows.of(at), scale, *sizes)

    def _distance_wrong(self, at: Codes) -> Any:
        """Whether a distance, rather than a duration, that gives the usual speed leaves the more usual sizes."""
        usual, d, t = self._usual(at, np.full(len(at), np.nan)), self.log_d[at], self.log_t[at]
        off = d - t - self.v.median[at]
        return usual.misfit(d - off, t) <= usual.misfit(d, t + off)

    def speeds(self, beyond: float, slip_beyond: float) -> None:
        """Mean speeds unlike the earlier ones."""
        same = PastWindows(self.usable_v, self.type).past(NEAREST)
        # how far speeds usually lie from the median of their own type: two gaits in one sport do not widen it
        apart = np.where(same.count >= 5, np.abs(self.usable_v - same.median), np.nan)
        usual_apart = PastWindows(apart, self.sport).past()
        enough = usual_apart.count >= self.least // 2
        scale = np.maximum(np.where(enough, MAD * usual_apart.median, self.v.scale), FLOOR["speed"])
        # a gait may pause for longer than sixty workouts; unsure and outlying ones long ago make nothing usual
        score = np.fmin(self.v.near, np.where(self.label < len(GAITS), same.near, np.nan)) / scale
        at = np.flatnonzero((self.v.count >= self.least) & (score > min(beyond, slip_beyond)))
        v, speed, median = self.log_v[at], np.exp(self.log_v[at]), self.v.median[at]
        slipped, log_d, log_t = slips.mend(self.log_d[at], self.log_t[at], self._usual(at, scale[at]), NEAREST)
        factor = v - (log_d - log_t)
        gait = self.label[at] < len(GAITS)
        # slow is always possible, and so is a rarer gait; in the usual gait a good day is
        rarer = gait & (same.count[at] < self.least)
        reached = (speed < JOGGED) | (v < self.v.high[at] + FASTER) | rarer
        possible = (np.abs(factor) < slips.SMALL) & self.foot[at] & reached
        absurd = self.foot[at] & ((speed < SLOWEST) | (speed > FASTEST))
        explained = slipped & ~possible
        wrong = explained | absurd
        distance = np.where(slipped, log_d != self.log_d[at], self._distance_wrong(at))
        both = log_t != self.log_t[at]  # swapped
        field = np.where(wrong, np.where(distance & ~both, "distance", "duration"), "speed").astype(object)
        recorded = [self._against_speed(at, name) for name in ("distance", "duration")]
        (d, meant_d), (t, meant_t) = recorded
        meant_d, meant_t = np.where(slipped, np.exp(log_d), meant_d), np.where(slipped, np.exp(log_t), meant_t)
        usual = np.exp(np.where(gait & (same.count[at] >= self.least), same.median[at], median))
        value = np.where(field == "distance", d, np.where(field == "duration", t, speed))
        expected = np.where(field == "distance", meant_d, np.where(field == "duration", meant_t, usual))
        # a distance that no slip explains and that is too short for its time was not recorded
        lost = wrong & ~slipped & (field == "distance") & (v < median)
        kind = np.where(wrong, np.where(lost, "sensor fault", "entry error"), "unusual workout").astype(object)
        told = (score[at] > beyond) | explained
        self._put(at[told], kind[told], field[told], value[told], expected[told], score[at][told])

    def sensors(self) -> None:
        """Heart rates and cadences far from the usual ones of the type, or half or double."""
        for name in ("hr_mean", "cadence"):
            values = self.rows[name]
            if not (values > 0).any():
                continue
            log = np.log(np.where(values > 0, values, np.nan))
            past = PastWindows(log, self.type).past()
            off, score = self._off(log, past, FLOOR["sensor"])
            halved = np.abs(np.abs(off) - HALF) < HALVED
            self._report((past.count >= self.least) & (score > np.where(halved, LONG, FAULT)), "sensor fault", name,
                        values, past, score)  # fmt: skip

    def sizes(self) -> None:
        """Workouts much longer than any of the last ones of sport and type; slips where speed is unknown."""
        alone = np.isnan(self.usable_v)
        big = np.array((slips.DIGIT, slips.TWICE, slips.SIXTY))
        for name, log, past in (("distance", self.usable_d, self.d), ("duration", self.usable_t, self.t)):
            off, score = self._off(log, past, FLOOR["size"])
            known, scale = past.count >= self.least, np.maximum(past.scale, FLOOR["size"])
            slip = np.abs(np.abs(off)[:, None] - big).min(axis=1)
            self._report(known & alone & (score > LONG) & (slip < 1.5 * scale), "entry error", name,
                         np.exp(log), past, score)  # fmt: skip
            same = PastWindows(log, self.type).past()
            same_off, same_score = self._off(log, same, FLOOR["size"])
            longest = (np.fmin(off, same_off) > 0) & (log > np.fmax(past.high, same.high))
            known &= same.count >= self.least
            self._report(known & longest & (np.fmin(score, same_score) > LONG), "unusual workout", name, np.exp(log),
                        same, same_score)  # fmt: skip

    def _off(self, log: Numbers, past: Past, floor: float) -> tuple[Numbers, Numbers]:
        off = log - past.median
        return off, np.abs(off) / np.maximum(past.scale, floor)

    def _report(self, where: Any, kind: str, field: str, values: Numbers, past: Past, score: Numbers) -> None:
        at = np.flatnonzero(where)
        self._put(at, kind, field, values[at], np.exp(past.median[at]), score[at])

    def as_dict(self) -> dict[str, Any]:
        """Columns of the workouts of which something was found."""
        at = np.flatnonzero([kind is not None for kind in self.kind])
        names = {"kind": self.kind, "field": self.field, "value": self.value, "expected": self.expected,
                 "score": self.score}  # fmt: skip
        return {"id": self.rows["id"][at], "day": self.rows["day"][at]} | {k: v[at] for k, v in names.items()}


@algorithm(
    id="workout_anomaly",
    version="1.0.0",
    inputs={"workouts": "rows", "types": "workout_type"},
    output=("anomalous workouts with kind, field, value, expected and score", "SI, robust z"),
    source="Robust z on past-only log values (Iglewicz & Hoaglin 1993), for speed with the distance to the third "
    "nearest of the last 60 workouts in place of the distance to their median: walks and runs may share a sport",
    validity=Validity.USEFUL,
    limits=(
        "unless a rule is breached nothing is said before 20 workouts of a sport",
        "an error that turns a workout into another usual one of the athlete cannot be found",
        "miles for kilometres mostly gives a possible workout: it is told as unusual, not as an error",
        "a change of habit is unusual until it has happened three times",
        "which of distance and duration is wrong is inferred from their usual sizes",
    ),
)
def workout_anomaly(
    workouts: Workouts, types: Mapping[str, Any], *, least: int = 20, beyond: float = 2.2, slip_beyond: float = 1.5
) -> dict[str, Any]:
    """Workout anomalies.

    Breached rules are always reported. Otherwise each workout is compared with the athlete's workouts before it, never
    with itself or later ones: mean speed with the last 60 of its sport and the last 60 of its sport and type; size
    and sensors with the last 60 of its sport. A deviating speed is an entry error when a usual slip (miles for
    kilometres, a digit, minutes for seconds, distance and duration swapped) leads back to a usual one, or when nobody
    moves like that. It is unusual when it is possible: a slip by less than three times on foot that is slow, another
    gait or within reach of a good day may be real; and when nothing explains it.

    Parameters: `least` [1] earlier workouts of the sport needed; `beyond` [1] SDs to the third nearest earlier speed
    that make a workout unusual, `slip_beyond` [1] those that do when a slip explains it.
    Returns arrays of the found ones in canonical order: `id`, `day`, `kind` (entry error, sensor fault, unusual
    workout), `field`, `value`, `expected` [SI; NaN unknown], `score` [SDs; NaN for rules]. Raises ValueError when
    `types` are those of other workouts.

    >>> rows = [{"id": f"w{i:02}", "day": i, "sport": "running", "duration": 1800.0, "distance": 5400.0 + 9 * (i % 7)}
    ...         for i in range(30)]
    >>> rows[25]["distance"] *= 10
    >>> w = Workouts.from_rows(rows)
    >>> found = workout_anomaly(w, {"id": w["id"], "label": np.full(30, "run", dtype=object)})
    >>> found["id"].tolist(), found["kind"].tolist(), found["field"].tolist(), found["expected"]
    (['w25'], ['entry error'], ['distance'], array([5436.]))
    """
    rows = workouts.ordered()
    if not np.array_equal(rows["id"], np.asarray(types["id"], dtype=object)):
        raise ValueError("the types are those of other workouts")
    found = Deviations(rows, types, least)
    found.rules()
    found.speeds(beyond, slip_beyond)
    found.sensors()
    found.sizes()
    return found.as_dict()
