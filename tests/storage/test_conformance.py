"""What every store does about athletes and revisions, on every database, with and without a cache."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from fitintel.core.errors import NotFound
from fitintel.core.records import Athlete, ProblemStatus
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, BEN, a_brief, a_problem, a_run, an_import, some_workouts

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # by dogpile.cache


# athletes


def test_an_athlete_comes_back_equal(store: Store) -> None:
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    assert store.athlete("anna") == ANNA
    assert store.athletes() == (ANNA, BEN)


def test_an_unknown_athlete_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="nobody"):
        store.athlete("nobody")
    assert store.athletes() == ()
    assert len(store.workouts("nobody")) == 0


def test_a_replaced_workout_takes_its_new_values_and_day(store: Store) -> None:
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    store.save_import(an_import(), some_workouts(3), [])
    store.save_import(an_import("i-ben", BEN), some_workouts(3), [])
    old = store.workouts("anna")
    name = str(old["id"][1])
    kept = some_workouts(3)
    corrected = kept.take(kept["id"] == name)
    corrected = corrected.replace(day=corrected["day"] + 400, distance=corrected["distance"] * 0 + 1234.0)
    before = store.revision("anna")
    store.save_import(an_import("i-new"), corrected, [], replaced=[name])
    now = store.workouts("anna")
    assert len(now) == 3
    assert now["distance"][now["id"] == name].tolist() == [1234.0]
    assert store.revision("anna") > before
    assert store.workouts("ben")["distance"].tolist() == old["distance"].tolist()


def test_ids_are_told_apart_by_case_accent_and_trailing_blank(store: Store) -> None:
    ids = ["a", "A", "ä", "a ", "á", "a\u0301", "ß", "ss", "🏃", "🚴"]
    for athlete_id in ids:
        store.put_athlete(Athlete(athlete_id, f"named {athlete_id}"))
    assert [athlete.id for athlete in store.athletes()] == sorted(ids)
    assert all(store.athlete(athlete_id).name == f"named {athlete_id}" for athlete_id in ids)


# revision


def test_the_revision_grows_with_every_change_of_facts(anna: Store) -> None:
    changes = (
        lambda: anna.put_athlete(replace(ANNA, goal_days=None)),
        lambda: anna.save_import(an_import(), some_workouts(3), [a_problem()]),
        lambda: anna.update_flags("anna", {str(some_workouts(3)["id"][0]): "duration_zero"}),
        lambda: anna.settle_problems(["p-1"], ProblemStatus.DISMISSED),
    )
    seen = [anna.revision("anna")]
    for change in changes:
        change()
        seen.append(anna.revision("anna"))
    assert all(earlier < later for earlier, later in itertools.pairwise(seen)), seen


def test_the_revision_of_an_unknown_athlete_is_0_and_of_a_known_one_is_not(anna: Store) -> None:
    assert anna.revision("nobody") == 0
    assert anna.revision("anna") > 0


def test_what_changes_no_fact_leaves_the_revision(anna: Store) -> None:
    before = anna.revision("anna")
    anna.put_athlete(ANNA)
    anna.put_athlete(BEN)
    anna.save_import(an_import(athlete=BEN), some_workouts(3), [])
    anna.save_brief(a_brief(), [a_run()])
    anna.save_model("anna", "gmm", "1.0.0", "00", {})
    assert anna.revision("anna") == before


def test_the_revision_grows_even_when_the_clock_is_set_back(anna: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = anna.revision("anna")
    monkeypatch.setattr("time.time_ns", lambda: 1_000_000_000)
    anna.put_athlete(replace(ANNA, name="Anna B."))
    assert anna.revision("anna") == before + 1


# several at once


def test_threads_that_save_the_same_and_different_imports_lose_and_double_nothing(anna: Store) -> None:
    shared = some_workouts(200)
    own = [some_workouts(20, seed=10 + i) for i in range(4)]
    start = threading.Barrier(4)

    def save(i: int) -> None:
        start.wait()
        anna.save_import(an_import(), shared, [a_problem()])
        anna.save_import(an_import(f"own-{i}"), own[i], [a_problem(f"p-own-{i}", import_id=f"own-{i}")])
        anna.save_brief(a_brief(), [a_run(), a_run("r-2")])
        assert set(shared["id"]) <= set(anna.workouts("anna")["id"])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, range(4)))
    assert anna.workouts("anna", columns=tuple(COLUMNS)) == Workouts.concat([shared, *own]).ordered()
    assert len(anna.imports()) == len(anna.problems()) == 5
    assert len(anna.briefs("anna")) == len(anna.untracked()) == 1
