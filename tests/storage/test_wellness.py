"""Wellness and statements, on every store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.errors import DataError, NotFound, UnknownName
from fitintel.core.stated import ExcusedDays, Goal, PlannedWorkout, Threshold, in_force, known
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import Workouts
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, BEN, an_import, some_workouts

MORNING = datetime(2025, 3, 1, 6, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def anna(store: Store) -> Store:
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    return store


def value(id: str = "h-1", **values: object) -> Wellness:
    known = {"athlete_id": ANNA.id, "day": 20000, "metric": "hrv_rmssd", "value": 41.25, "source": "whoop_csv"}
    return Wellness(id=id, **{**known, "import_id": "i-1", "row": 3, **values})  # type: ignore[arg-type]


def threshold(id: str, **values: object) -> Threshold:
    known = {"athlete_id": ANNA.id, "kind": "power", "value": 250.0, "valid_from": 20000, "entered_at": MORNING}
    return Threshold(id=id, **{**known, **values})  # type: ignore[arg-type]


def test_wellness_comes_back_equal_by_day_and_metric(anna: Store) -> None:
    values = [
        value("h-3", day=20001, at=1.75e9, utc_offset=-7200.0),
        value("h-2", metric="weight", value=70.1),
        value("h-1"),
    ]
    anna.save_import(an_import(), Workouts.empty(), [], wellness=values)
    assert anna.wellness(ANNA.id) == (values[2], values[1], values[0])
    assert anna.wellness(ANNA.id, metrics=["weight"]) == (values[1],)
    assert anna.wellness(ANNA.id, since=20001) == anna.wellness(ANNA.id, until=20001)[2:] == (values[0],)
    assert anna.wellness(BEN.id) == ()


def test_an_unknown_metric_is_refused(anna: Store) -> None:
    with pytest.raises(UnknownName, match="hrv"):
        anna.wellness(ANNA.id, metrics=["hrv"])
    with pytest.raises(UnknownName):
        value(metric="hrv")


def test_a_value_that_exists_is_left_unless_it_is_replaced(anna: Store) -> None:
    anna.save_import(an_import(), Workouts.empty(), [], wellness=[value()])
    anna.save_import(an_import("i-2"), Workouts.empty(), [], wellness=[value(value=50.0)])
    assert [each.value for each in anna.wellness(ANNA.id)] == [41.25]
    anna.save_import(an_import("i-3"), Workouts.empty(), [], wellness=[value(value=50.0)], replaced=["h-1"])
    assert [each.value for each in anna.wellness(ANNA.id)] == [50.0]


def test_wellness_that_cannot_be_kept_leaves_nothing_of_its_import(anna: Store) -> None:
    with pytest.raises(DataError):
        anna.save_import(an_import(), some_workouts(2), [], wellness=[value(), value("h-2", value=float("inf"))])
    with pytest.raises(ValueError, match="another athlete"):
        anna.save_import(an_import(), some_workouts(2), [], wellness=[value(athlete_id=BEN.id)])
    assert anna.imports(ANNA.id) == ()
    assert anna.wellness(ANNA.id) == ()
    assert len(anna.workouts(ANNA.id)) == 0


def test_every_kind_of_statement_comes_back_equal(anna: Store) -> None:
    made = [
        threshold("t-1", sport="cycling", protocol="20 min test × 0.95"),
        threshold("t-2", value=None),
        Goal("g-1", ANNA.id, "training_days", 4.0, 20000, MORNING),
        Goal("g-2", ANNA.id, "event", 0.0, 20100, MORNING, "Marathon de Paris 🏃"),
        PlannedWorkout("pw-1", ANNA.id, 20001, "running", 3600.0, None, MORNING, 2, 4.0, "easy"),
        ExcusedDays("e-1", ANNA.id, 20003, 20009, "ill", MORNING, "flu"),
    ]
    anna.state(made)
    for kind in (Threshold, Goal, PlannedWorkout, ExcusedDays):
        assert list(anna.stated(ANNA.id, kind)) == [each for each in made if type(each) is kind]
        assert anna.stated(BEN.id, kind) == ()


def test_the_same_statement_twice_is_one_and_an_unknown_athlete_is_refused(anna: Store) -> None:
    anna.state([threshold("t-1")])
    anna.state([threshold("t-1", value=300.0)])
    assert [each.value for each in anna.stated(ANNA.id, Threshold)] == [250.0]
    with pytest.raises(NotFound):
        anna.state([threshold("t-9"), threshold("t-8", athlete_id="nobody")])
    assert len(anna.stated(ANNA.id, Threshold)) == 1


def test_a_corrected_threshold_stays_readable_as_it_was_known(anna: Store) -> None:
    later = MORNING + timedelta(days=30)
    anna.state([threshold("t-1"), threshold("t-2", value=240.0, entered_at=later)])
    found = anna.stated(ANNA.id, Threshold)
    now = in_force(found, "power", 20010)
    then = in_force(found, "power", 20010, known_on=MORNING + timedelta(days=1))
    assert now is not None
    assert then is not None
    assert (now.value, then.value) == (240.0, 250.0)
    assert in_force(found, "power", 19999) is None, "a value is never carried back"
    anna.state([threshold("t-3", value=None, entered_at=later + timedelta(days=1))])
    assert in_force(anna.stated(ANNA.id, Threshold), "power", 20010) is None


def test_statements_and_wellness_let_the_revision_grow(anna: Store) -> None:
    seen = [anna.revision(ANNA.id)]
    anna.state([threshold("t-1")])
    seen.append(anna.revision(ANNA.id))
    anna.save_import(an_import(), Workouts.empty(), [], wellness=[value()])
    seen.append(anna.revision(ANNA.id))
    assert seen == sorted(set(seen))


def test_the_latest_of_two_plans_for_one_place_holds(anna: Store) -> None:
    first = PlannedWorkout("pw-1", ANNA.id, 20001, "running", 3600.0, None, MORNING)
    second = PlannedWorkout("pw-2", ANNA.id, 20001, "running", 1800.0, None, MORNING + timedelta(hours=1))
    anna.state([first, second])
    assert known(anna.stated(ANNA.id, PlannedWorkout)) == [second]
    assert known(anna.stated(ANNA.id, PlannedWorkout), known_on=MORNING) == [first]
