"""Labels of workouts, on every store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.answers import Label, latest
from fitintel.core.connections import Payload
from fitintel.core.errors import NotFound
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, BEN, an_import, some_workouts

AT = datetime(2025, 3, 1, 6, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def anna(store: Store) -> Store:
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    return store


def label(id: str, value: str | None = "walk", *, later: int = 0, workout_id: str = "w-1", **more: object) -> Label:
    known = {"level": "activity", "by": "local-owner", "at": AT + timedelta(seconds=later)}
    return Label(id=id, athlete_id=ANNA.id, workout_id=workout_id, value=value, **{**known, **more})  # type: ignore[arg-type]


def test_labels_come_back_equal_oldest_first_and_only_for_their_athlete(anna: Store) -> None:
    given = [label("l-2", "run", later=1, why="I ran, übrigens 🏃", asked=True), label("l-1")]
    anna.put_labels(given)
    assert anna.labels(ANNA.id) == (given[1], given[0])
    assert anna.labels(BEN.id) == ()


def test_a_label_that_is_there_is_left_as_it_is(anna: Store) -> None:
    anna.put_labels([label("l-1", "walk")])
    anna.put_labels([label("l-1", "run"), label("l-2", "hike")])
    assert [one.value for one in anna.labels(ANNA.id)] == ["walk", "hike"]


def test_the_latest_label_holds_and_one_taken_back_does_not(anna: Store) -> None:
    anna.put_labels([label("l-1", "walk"), label("l-2", "hike", later=2), label("l-3", None, later=4),
                     label("l-4", "race", level="session", later=3)])  # fmt: skip
    said = anna.labels(ANNA.id)
    assert [one.id for one in latest(said)] == ["l-4"]
    assert [one.id for one in latest(said, known_on=AT + timedelta(seconds=2))] == ["l-2"]
    assert [one.id for one in latest(said, known_on=AT - timedelta(seconds=1))] == []


def test_a_label_of_nobody_is_refused_and_leaves_nothing(store: Store) -> None:
    store.put_athlete(BEN)
    with pytest.raises(NotFound, match=ANNA.id):
        store.put_labels([label("l-1")])
    store.put_athlete(ANNA)
    assert store.labels(ANNA.id) == ()


def test_a_label_is_a_change_of_facts(anna: Store) -> None:
    before = anna.revision(ANNA.id)
    anna.put_labels([])
    assert anna.revision(ANNA.id) == before
    anna.put_labels([label("l-1")])
    assert anna.revision(ANNA.id) > before


def test_labels_are_forgotten_with_their_workouts(anna: Store) -> None:
    anna.save_import(an_import(), some_workouts(3), [])
    first, second = (str(name) for name in anna.workouts(ANNA.id)["id"][:2])
    anna.put_labels([label("l-1", workout_id=first), label("l-2", workout_id=second)])
    anna.put_payload(Payload(ANNA.id, "strava", "activity", "17", "0" * 64, "d", 1.0, AT, "17.json", (first,)))
    anna.forget_payloads(ANNA.id, "strava")
    assert [one.id for one in anna.labels(ANNA.id)] == ["l-2"]


def test_a_label_outlives_an_import_that_replaces_its_workout(anna: Store) -> None:
    anna.save_import(an_import(), some_workouts(3), [])
    workout = str(anna.workouts(ANNA.id)["id"][0])
    anna.put_labels([label("l-1", workout_id=workout)])
    anna.save_import(an_import("i-2"), some_workouts(3), [], replaced=[workout])
    assert [one.workout_id for one in anna.labels(ANNA.id)] == [workout]
