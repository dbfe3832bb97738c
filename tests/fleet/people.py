"""Many simulated athletes at little cost: weeks with a habit, a season and some noise, each from a seed of their own.

The simulator of the demo squad plants events and keeps their truth, at a quarter of a second an athlete; what a fleet's
speed is measured on needs neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from fitintel.core.records import Athlete, ImportRecord
from fitintel.core.workouts import COLUMNS, Workouts, as_column
from fitintel.storage.store import Store

SOURCE = "simulator"
SPORTS = ("running", "running", "running", "cycling", "walking")
SPEED = {"running": 3.0, "cycling": 7.5, "walking": 1.5}
"""m/s that an athlete of middling fitness moves at"""
DAY = 86_400


def history(seed: int, index: int, *, first: int, last: int) -> Workouts:
    """Workouts of athlete `index` on the days `first` to `last` [day numbers], in canonical order.

    Each seed and index has its own habit: three to six days a week, a pace, a heart rate, a season. The days until any
    `last` are the same whatever `last` is, so that a later night has the earlier one's past.
    """
    rng = np.random.default_rng([seed, index])
    share, pace, rest, season = rng.uniform(0.4, 0.85), rng.normal(1.0, 0.1), rng.uniform(45, 65), rng.uniform(0, 6.3)
    main = SPORTS[index % len(SPORTS)]
    # one row of random numbers a day: what is drawn for a day does not depend on how many days are asked for
    drawn = rng.random((last - first + 1, 6))
    days = np.arange(first, last + 1)
    wave = 1.0 + 0.25 * np.sin(2 * np.pi * days / 365.25 + season)
    trains = np.flatnonzero(drawn[:, 0] < share * wave)
    day, drawn, wave = days[trains], drawn[trains], wave[trains]
    sport = np.where(drawn[:, 1] < 0.85, main, "walking").astype(object)
    usual = np.array([SPEED[name] for name in sport]) * pace
    effort = 0.9 + 0.25 * drawn[:, 2]
    minutes = (25 + 50 * drawn[:, 3] ** 2) * np.where((day + 3) % 7 >= 5, 1.6, 1.0) * wave
    duration = np.round(minutes * 60)
    columns = {
        "id": [_id(seed, index, number) for number in day.tolist()], "day": day,
        "start": day * float(DAY) + 6 * 3600 + np.round(drawn[:, 4] * 12) * 3600, "utc_offset": np.zeros(len(day)),
        "sport": sport, "source_sport": sport, "duration": duration,
        "distance": np.round(usual * effort * duration), "hr_mean": np.round(rest + 75 * effort + 8 * drawn[:, 5]),
        "source": [SOURCE] * len(day), "import_id": [f"i-{seed}-{index}"] * len(day), "flags": [""] * len(day),
    }  # fmt: skip
    made = {name: as_column(name, columns.get(name, [None] * len(day))) for name in COLUMNS}
    return Workouts(made)


def fleet(seed: int, count: int, *, first: int, last: int) -> Iterator[tuple[Athlete, Workouts]]:
    """`count` athletes `f0000`, `f0001`, ... with their workouts."""
    for index in range(count):
        name = f"f{index:05d}"
        yield Athlete(id=name, name=f"Athlete {index}", simulated=True), history(seed, index, first=first, last=last)


def keep(store: Store, athlete: Athlete, workouts: Workouts, *, number: int = 0) -> None:
    """Store an athlete with workouts as if a file had brought them; `number` tells their imports apart."""
    import_id = "i-" + hashlib.sha256(f"{athlete.id} {number}".encode()).hexdigest()[:20]
    count = len(workouts)
    record = ImportRecord(
        id=import_id, athlete_id=athlete.id, file_name=f"{athlete.id}.csv", sha256="0" * 64, size=count,
        source=SOURCE, source_version="1", at=datetime(2026, 1, 1, tzinfo=UTC), seconds=0.0, read=count,
        imported=count, warned=0, duplicate=0, quarantined=0, profile={},
    )  # fmt: skip
    store.put_athlete(athlete)
    store.save_import(record, workouts.replace(import_id=as_column("import_id", [import_id] * count)), [])


def _id(seed: int, index: int, day: int) -> str:
    return "w-" + hashlib.sha256(f"{seed} {index} {day}".encode()).hexdigest()[:16]
