"""A workout typed by hand goes through the same checks as a file."""

from __future__ import annotations

import pytest

from fitintel.core import days
from fitintel.core.errors import UnknownName, UsageError
from fitintel.core.units import JOULE_PER_KCAL
from fitintel.workbench.importing import add_workout


def add(desk, **fields):
    fields.setdefault("today", days.number(days.date(2025, 10, 8)))
    return add_workout(desk.store, desk.blobs, "ann", **fields)


def test_a_typed_workout_is_stored_in_si(desk) -> None:
    report = add(desk, date="2025-10-07", sport="run", duration="45min", distance="8.2km", hr_mean=151.0, rpe=4,
                 energy=500, notes="easy")  # fmt: skip
    (row,) = desk.workouts().rows()
    assert report.record.imported == 1
    assert (row["sport"], row["duration"], row["distance"], row["hr_mean"]) == ("running", 2700.0, 8200.0, 151.0)
    assert (row["rpe"], row["energy"], row["notes"], row["source"]) == (4.0, 500 * JOULE_PER_KCAL, "easy", "manual")


def test_typing_the_same_workout_twice_keeps_one_and_says_so(desk) -> None:
    add(desk, date="2025-10-07", sport="run", duration="45min")
    again = add(desk, date="2025-10-07", sport="run", duration="0:45:00")
    assert again.record.duplicate == 1
    assert len(desk.workouts()) == 1


def test_a_typed_workout_breaches_the_same_rules(desk, said) -> None:
    report = add(desk, date="2026-10-07", sport="run", duration="soon", distance="-5km")
    assert {rule for _, _, rule in said.rules(report)} == {"date_in_future", "not_a_number", "negative"}
    assert report.record.quarantined == 1
    assert len(desk.workouts()) == 0


def test_an_impossible_heart_rate_is_set_aside(desk, said) -> None:
    report = add(desk, date="2025-10-07", sport="run", duration="30min", hr_mean=400)
    assert said.rules(report) == [(1, "hr_mean", "heart_rate_impossible")]
    assert report.record.warned == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"distance": "8.2"}, "no unit"),
        ({"duration": "1:30"}, "1:30:00"),
        ({"colour": "red"}, "no field 'colour'"),
    ],
)
def test_what_could_mean_two_things_is_asked_for(desk, fields: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        add(desk, date="2025-10-07", sport="run", **fields)
    assert desk.store.imports("ann") == ()


def test_an_unknown_sport_is_refused_with_the_known_ones(desk) -> None:
    with pytest.raises(UnknownName, match="cycling"):
        add(desk, date="2025-10-07", sport="cyclin", duration="30min")


def test_a_typed_workout_like_an_imported_one_is_said(desk, said) -> None:
    desk.take("date,sport,duration (min),distance (km),activity id\n2025-10-07,Run,45,8.2,x1\n")
    report = add(desk, date="2025-10-07", sport="run", duration="45min", distance="8.2km")
    assert said.problem(report, "possible_duplicate")
