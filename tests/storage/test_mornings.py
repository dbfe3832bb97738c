"""Whose morning it is, on every store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.errors import NotFound
from fitintel.core.mornings import ATTEMPTS, RETRY, STALE, Morning, Turn
from fitintel.core.preferences import Preferences
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, BEN

NOW = datetime(2026, 3, 29, 4, 0, 0, 123, tzinfo=UTC)
DAY = 20_541
A_MOMENT = timedelta(microseconds=1)


@pytest.fixture
def two(store: Store) -> Store:
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    return store


def test_who_has_had_no_morning_is_missing(two: Store) -> None:
    assert two.turns() == {}
    assert two.take_turns([], "look-1", NOW) == ()


def test_a_morning_that_is_taken_is_nobody_elses(two: Store) -> None:
    mine = two.take_turns([(BEN.id, DAY), (ANNA.id, DAY)], "look-1", NOW)
    assert mine == tuple(Turn(one, DAY, Morning.TAKEN, "look-1", NOW) for one in sorted((ANNA.id, BEN.id)))
    assert two.take_turns([(ANNA.id, DAY)], "look-2", NOW + STALE - A_MOMENT) == ()
    assert two.turns() == {one.athlete_id: one for one in mine}


def test_a_morning_that_is_made_never_comes_again_nor_one_before_it(two: Store) -> None:
    mine = two.take_turns([(ANNA.id, DAY)], "look-1", NOW)
    two.settle_turns(mine, Morning.MADE, NOW)
    much_later = NOW + timedelta(days=30)
    assert two.take_turns([(ANNA.id, DAY)], "look-2", much_later) == ()
    assert two.take_turns([(ANNA.id, DAY - 1)], "look-3", much_later) == ()
    (next_one,) = two.take_turns([(ANNA.id, DAY + 1)], "look-4", much_later)
    assert (next_one.day, next_one.attempts) == (DAY + 1, 1)


def test_a_failed_morning_comes_again_after_a_while_and_not_for_ever(two: Store) -> None:
    now = NOW
    for attempt in range(1, ATTEMPTS + 1):
        (mine,) = two.take_turns([(ANNA.id, DAY)], f"look-{attempt}", now)
        assert mine.attempts == attempt
        two.settle_turns([mine], Morning.FAILED, now)
        assert two.take_turns([(ANNA.id, DAY)], f"soon-{attempt}", now + RETRY - A_MOMENT) == ()
        now += RETRY
    assert two.take_turns([(ANNA.id, DAY)], "once more", now + timedelta(days=1)) == ()


def test_what_a_dead_scheduler_left_is_taken_and_its_late_word_is_not_heard(two: Store) -> None:
    (dead,) = two.take_turns([(ANNA.id, DAY)], "look-1", NOW)
    (alive,) = two.take_turns([(ANNA.id, DAY)], "look-2", NOW + STALE)
    assert alive.attempts == 2
    two.settle_turns([dead], Morning.FAILED, NOW + STALE)
    assert two.turns()[ANNA.id] == alive


def test_an_unknown_athlete_takes_nobodys_morning(two: Store) -> None:
    with pytest.raises(NotFound):
        two.take_turns([(ANNA.id, DAY), ("nobody", DAY)], "look-1", NOW)
    assert two.turns() == {}


def test_everybodys_preferences_come_at_once(two: Store) -> None:
    assert two.all_preferences() == {}
    anna, coach = Preferences(ANNA.id, morning="06:45", time_zone="Asia/Tokyo"), Preferences("coach", language="fr")
    two.put_preferences(anna)
    two.put_preferences(coach)
    assert two.all_preferences() == {ANNA.id: anna, "coach": coach}
    assert two.preferences(ANNA.id) == anna
