"""Merge decisions and what they do to a history, on every store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from fitintel.core.recorded import Link, LinkState
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, BEN, an_import, some_workouts

AT = datetime(2025, 3, 1, 6, 30, 0, 123456, tzinfo=UTC)
ALL = tuple(COLUMNS)


@pytest.fixture
def history(store: Store) -> Workouts:
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    store.save_import(an_import(), some_workouts(6), [])
    return store.workouts(ANNA.id, columns=ALL)


def link(first: object, second: object, state: LinkState = LinkState.MERGED, **reasons: Any) -> Link:
    return Link(str(first), str(second), state, 12.5, {"parts": [["start", 11.0, "they start 0 s apart"]], **reasons},
                "matching 1", AT)  # fmt: skip


def test_decisions_come_back_equal_and_only_for_their_athlete(store: Store, history: Workouts) -> None:
    made = link(*history["id"][:2], columns=["hr_mean"])
    store.put_links(ANNA.id, [made])
    assert store.links(ANNA.id) == (made,)
    assert store.links(BEN.id) == ()


def test_a_decision_takes_the_place_of_the_one_before_whoever_leads(store: Store, history: Workouts) -> None:
    first, second = history["id"][:2]
    store.put_links(ANNA.id, [link(first, second)])
    store.put_links(ANNA.id, [link(second, first, LinkState.SEPARATE)])
    assert store.links(ANNA.id) == (link(second, first, LinkState.SEPARATE),)
    store.put_links(ANNA.id, [], removed=[(str(first), str(second))])
    assert store.links(ANNA.id) == ()


@pytest.mark.parametrize("state", [LinkState.DOUBTFUL, LinkState.SEPARATE])
def test_only_a_merge_hides(store: Store, history: Workouts, state: LinkState) -> None:
    store.put_links(ANNA.id, [link(*history["id"][:2], state, columns=["hr_mean"])])
    assert store.workouts(ANNA.id, columns=ALL) == history


def test_a_merge_hides_the_twin_and_takes_over_what_was_chosen(store: Store, history: Workouts) -> None:
    leader, twin = history["id"][1], history["id"][4]
    before = store.revision(ANNA.id)
    store.put_links(ANNA.id, [link(leader, twin, columns=["hr_mean", "notes", "sport"])])
    assert store.revision(ANNA.id) > before
    shown = store.workouts(ANNA.id, columns=ALL)
    assert shown["id"].tolist() == [name for name in history["id"] if name != twin]
    for name in ALL:
        taken = 4 if name in ("hr_mean", "notes", "sport") else 1
        got, wanted = shown[name][1], history[name][taken]
        assert got == wanted or (got != got and wanted != wanted), name
    assert store.workouts(ANNA.id, columns=ALL, twins=True) == history
    assert not shown["hr_mean"].flags.writeable


def test_figures_are_taken_over_whatever_is_asked_for(store: Store, history: Workouts) -> None:
    leader, twin = history["id"][1], history["id"][4]
    store.put_links(ANNA.id, [link(leader, twin, columns=["duration"])])
    day = int(history["day"][1])
    near = store.workouts(ANNA.id, columns=("duration",), since=day, until=day)
    assert list(near) == ["duration"]
    np.testing.assert_array_equal(near["duration"][0], history["duration"][4])
    assert len(store.workouts(ANNA.id, columns=("distance",), since=day, until=day)) == len(near)


def test_a_merge_behind_a_workout_that_is_not_there_hides_nothing(store: Store, history: Workouts) -> None:
    store.put_links(ANNA.id, [link("w-gone", history["id"][0])])
    assert store.workouts(ANNA.id, columns=ALL) == history


def test_a_question_that_a_merge_answers_is_no_flag_any_more(store: Store, history: Workouts) -> None:
    leader, twin = (str(name) for name in history["id"][:2])
    store.update_flags(ANNA.id, {leader: "duration_zero possible_duplicate", twin: "possible_duplicate"})
    store.put_links(ANNA.id, [link(leader, twin)])
    assert store.workouts(ANNA.id)["flags"][0] == "duration_zero"
    assert np.all(store.workouts(ANNA.id, twins=True)["flags"][:2] != "duration_zero")
