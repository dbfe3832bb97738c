"""What was told and answered, on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.answers import Action, Answer, Told
from fitintel.core.connections import Payload
from fitintel.core.errors import NotFound
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, BEN, a_brief, a_run, an_import, some_workouts

MORNING = datetime(2025, 3, 1, 6, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def anna(store: Store) -> Store:
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    return store


def told(key: str = "alert_gap", day: int = 20000, brief_id: str = "b-1", **values: object) -> Told:
    known = {"section": "alerts", "code": "alert_gap", "level": "alert", "run_ids": ("r-1", "r-2"),
             "workout_ids": (), "first_day": day - 1, "detail": {"days": 12, "usual": None}}  # fmt: skip
    return Told(ANNA.id, day, brief_id, key, **{**known, **values})  # type: ignore[arg-type]


def answer(id: str, action: Action = Action.DISMISS, minutes: int = 0, **values: object) -> Answer:
    known = {"key": "alert_gap", "day": 20000, "by": "me", "at": MORNING + timedelta(minutes=minutes)}
    return Answer(id, ANNA.id, action=action, **{**known, **values})  # type: ignore[arg-type]


def test_what_was_told_comes_back_equal_by_day_brief_and_key(anna: Store) -> None:
    said = [told(day=20001), told("b"), told("a", workout_ids=("w-1",), detail=None), told("a", brief_id="b-0")]
    anna.tell(said)
    assert anna.told(ANNA.id) == (said[3], said[2], said[1], said[0])
    assert anna.told(ANNA.id, key="a") == (said[3], said[2])
    assert anna.told(ANNA.id, since=20001) == (said[0],)
    assert anna.told(ANNA.id, until=20000, brief_id="b-1") == (said[2], said[1])
    assert anna.told(BEN.id) == ()


def test_a_brief_and_what_it_told_are_kept_together_and_once(anna: Store) -> None:
    brief = a_brief()
    said = [told(brief_id=brief.id, day=brief.day)]
    anna.save_brief(brief, [a_run()], said)
    anna.judge_told(ANNA.id, {(brief.day, "alert_gap"): "dismissed"})
    anna.save_brief(brief, [a_run()], said)
    assert [each.outcome for each in anna.told(ANNA.id)] == ["dismissed"], "telling again changes no outcome"


def test_an_outcome_is_written_into_every_brief_of_that_day_only(anna: Store) -> None:
    anna.tell([told(), told(brief_id="b-2"), told(day=20001), told("other")])
    anna.judge_told(ANNA.id, {(20000, "alert_gap"): "came true"})
    found = {(each.day, each.brief_id, each.key): each.outcome for each in anna.told(ANNA.id)}
    assert found == {(20000, "b-1", "alert_gap"): "came true", (20000, "b-2", "alert_gap"): "came true",
                     (20001, "b-1", "alert_gap"): "", (20000, "b-1", "other"): ""}  # fmt: skip


def test_answers_come_back_equal_oldest_first(anna: Store) -> None:
    given = [
        answer("a-2", Action.SNOOZE, 5, until=20010, why="away – “trip”"),
        answer("a-1", Action.NOT_DONE, 1, key="recommend_keep"),
    ]
    anna.answer(given)
    anna.answer([replace(given[0], why="changed")])
    assert anna.answers(ANNA.id) == (given[1], given[0])
    assert anna.answers(ANNA.id, key="alert_gap") == (given[0],)
    assert anna.answers(BEN.id) == ()


def test_an_answer_is_a_change_of_facts_and_telling_is_not(anna: Store) -> None:
    before = anna.revision(ANNA.id)
    anna.tell([told()])
    assert anna.revision(ANNA.id) == before
    anna.answer([answer("a-1")])
    assert anna.revision(ANNA.id) > before


def test_an_unknown_athlete_is_refused(anna: Store) -> None:
    with pytest.raises(NotFound):
        anna.tell([replace(told(), athlete_id="nobody")])
    with pytest.raises(NotFound):
        anna.answer([replace(answer("a-1"), athlete_id="nobody")])
    assert anna.told("nobody") == anna.answers("nobody") == ()


def test_what_was_told_of_a_forgotten_workout_is_forgotten_with_its_answers(anna: Store) -> None:
    workouts = some_workouts(2)
    anna.save_import(an_import(), workouts, [])
    first, second = (str(name) for name in workouts["id"])
    anna.put_payload(Payload(ANNA.id, "strava", "activity", "17", "s", "d", 1.0, MORNING, "17.json", (first,)))
    anna.tell([told("entry:" + first, workout_ids=(first,)), told("entry:" + second, workout_ids=(second,)), told()])
    anna.answer([answer("a-1", key="entry:" + first), answer("a-2", key="entry:" + second)])
    anna.forget_payloads(ANNA.id, "strava")
    assert [each.key for each in anna.told(ANNA.id)] == ["alert_gap", "entry:" + second]
    assert [each.id for each in anna.answers(ANNA.id)] == ["a-2"]


def test_of_what_was_told_some_codes_can_be_asked(anna: Store) -> None:
    anna.tell([told(), told("b", code="forecast_week"), told("c", code="today_plan")])
    assert [each.key for each in anna.told(ANNA.id, codes=("today_plan", "forecast_week"))] == ["b", "c"]
    assert anna.told(ANNA.id, codes=()) == ()
