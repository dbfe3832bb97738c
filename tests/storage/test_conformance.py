"""What every store does, on every database, with and without a cache."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fitintel.core.errors import DataError, NotFound, StorageError, UnknownName
from fitintel.core.records import Athlete, Outcome, ProblemStatus
from fitintel.core.workouts import ANALYSIS, COLUMNS, Workouts, as_column
from fitintel.storage.store import Store
from tests.storage.examples import (
    ANNA,
    AT,
    BEN,
    a_brief,
    a_problem,
    a_run,
    an_import,
    one_workout,
    same_brief,
    some_workouts,
)

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # by dogpile.cache

EVERYTHING = tuple(COLUMNS)


@pytest.fixture
def anna(store: Store) -> Store:
    store.put_athlete(ANNA)
    return store


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


# workouts


def test_workouts_come_back_equal_and_in_canonical_order(anna: Store) -> None:
    given_ = some_workouts(300)
    anna.save_import(an_import(), given_, [])
    for _ in range(2):  # the second time from the cache
        found = anna.workouts("anna", columns=EVERYTHING)
        assert found == given_.ordered()
        assert {name: found[name].dtype for name in found} == {name: given_[name].dtype for name in given_}


def test_the_default_columns_are_those_of_analysis(anna: Store) -> None:
    anna.save_import(an_import(), some_workouts(3), [])
    assert set(anna.workouts("anna")) == set(ANALYSIS)
    assert set(Workouts.empty(ANALYSIS)) == set(anna.workouts("nobody"))


def test_the_order_of_the_asked_columns_does_not_matter(anna: Store) -> None:
    anna.save_import(an_import(), some_workouts(5), [])
    assert anna.workouts("anna", columns=("sport", "id")) == anna.workouts("anna", columns=("id", "sport"))


def test_an_unknown_column_is_refused(anna: Store) -> None:
    with pytest.raises(UnknownName, match="durations"):
        anna.workouts("anna", columns=("durations",))


def test_a_period_includes_both_of_its_ends(anna: Store) -> None:
    days = [19_998, 19_999, 20_000, 20_000, 20_001]
    rows = [{"id": f"w-{i}", "day": day} for i, day in enumerate(days)]
    anna.save_import(an_import(), Workouts.from_rows(rows), [])

    def found(since: int | None, until: int | None) -> list[int]:
        return list(anna.workouts("anna", since=since, until=until)["day"].tolist())

    assert found(None, None) == days
    assert found(19_999, 20_000) == [19_999, 20_000, 20_000]
    assert found(20_001, None) == [20_001]
    assert found(None, 19_998) == [19_998]
    assert found(20_002, None) == []


def test_workouts_of_one_day_are_sorted_by_id_as_code_points(anna: Store) -> None:
    ids = ["w-b", "w-B", "w-a", "w-_", "w-10", "w-9", "w-ä", "w-🏃"]
    anna.save_import(an_import(), Workouts.from_rows([{"id": one, "day": 1} for one in ids]), [])
    assert anna.workouts("anna")["id"].tolist() == sorted(ids)


def test_missing_stays_missing_and_empty_stays_empty(anna: Store) -> None:
    rows = [
        {"id": "w-1", "day": 1, "duration": float("nan"), "distance": 0.0, "notes": None, "flags": ""},
        {"id": "w-2", "day": 2, "duration": 0.0, "distance": -0.0, "notes": "", "flags": None},
    ]
    anna.save_import(an_import(), Workouts.from_rows(rows), [])
    found = anna.workouts("anna", columns=EVERYTHING)
    assert np.isnan(found["duration"][0])
    assert found["duration"][1] == 0
    assert found["distance"].tolist() == [0.0, 0.0]
    assert found["notes"].tolist() == [None, ""]
    assert found["flags"].tolist() == ["", None]
    assert np.isnan(found["hr_mean"]).all()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20), st.integers(0, 2**32))
def test_every_finite_number_comes_back_bit_for_bit(anna: Store, numbers: list[float], day: int) -> None:
    workouts = Workouts.from_rows([{"id": f"w-{i}", "day": day % 30_000, "distance": x} for i, x in enumerate(numbers)])
    athlete = Athlete(f"a{abs(hash((tuple(numbers), day)))}", "x")
    anna.put_athlete(athlete)
    anna.save_import(an_import(f"i-{athlete.id}"[:24], athlete), workouts, [])
    found = anna.workouts(athlete.id, columns=("id", "distance"))
    kept = dict(zip(found["id"], found["distance"], strict=True))
    assert [kept[f"w-{i}"] for i in range(len(numbers))] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "naïve café 🏃‍♀️ 日本語",
        "it's; DROP TABLE workouts; -- \\ %s %(x)s ? :x",
        'a\tb\r\nc\0d"e`',
        "🥵" * 10_000,
        " blank ",
    ],
    ids=["unicode", "sql", "control", "long", "blanks"],
)
def test_text_comes_back_unchanged(anna: Store, text: str) -> None:
    anna.save_import(an_import(), one_workout(notes=text, source_sport=text[:64]), [])
    found = anna.workouts("anna", columns=("notes", "source_sport"))
    assert found["notes"][0] == text
    assert found["source_sport"][0] == text[:64]


def test_text_that_does_not_fit_is_refused_and_nothing_is_stored(anna: Store) -> None:
    rows = [{"id": "w-1", "day": 1}, {"id": "w-2", "day": 2, "source_id": "x" * 192}]
    with pytest.raises(DataError, match="source_id"):
        anna.save_import(an_import(), Workouts.from_rows(rows), [])
    assert anna.imports() == ()
    assert len(anna.workouts("anna")) == 0


def test_an_infinite_number_is_refused_and_nothing_is_stored(anna: Store) -> None:
    with pytest.raises(DataError, match="distance"):
        anna.save_import(an_import(), one_workout(distance=float("-inf")), [])
    assert anna.imports() == ()


def test_10_000_workouts_come_back_equal(anna: Store) -> None:
    given_ = some_workouts(10_000)
    anna.save_import(an_import(), given_, [])
    assert anna.workouts("anna", columns=EVERYTHING) == given_.ordered()
    assert len(anna.known_ids("anna", given_["id"])) == 10_000


def test_returned_workouts_cannot_be_changed_in_place(anna: Store) -> None:
    anna.save_import(an_import(), some_workouts(3), [])
    for _ in range(2):
        found = anna.workouts("anna")
        for name in found:
            with pytest.raises(ValueError, match="read-only"):
                found[name][0] = found[name][1]


def test_two_athletes_do_not_see_each_other(anna: Store) -> None:
    anna.put_athlete(BEN)
    same = some_workouts(20)
    anna.save_import(an_import(), same, [a_problem()])
    anna.save_import(an_import("i-2", BEN), same.take(slice(0, 5)), [a_problem("p-2", BEN, import_id="i-2")])
    anna.update_flags("ben", {str(same["id"][0]): "duration_zero"})
    assert len(anna.workouts("anna")) == 20
    assert len(anna.workouts("ben")) == 5
    assert "duration_zero" not in anna.workouts("anna")["flags"].tolist()
    assert "duration_zero" in anna.workouts("ben")["flags"].tolist()
    assert anna.known_ids("ben", same["id"]) == set(same["id"][:5])
    assert [record.id for record in anna.imports("ben")] == ["i-2"]
    assert [problem.id for problem in anna.problems(athlete_id="ben")] == ["p-2"]


@pytest.mark.parametrize("asked", [0, 3, 2000])
def test_known_ids_are_those_of_the_asked_that_are_stored(anna: Store, asked: int) -> None:
    stored = some_workouts(50)
    anna.save_import(an_import(), stored, [])
    ids = [*stored["id"][: asked // 2], *(f"w-new-{i}" for i in range(asked - asked // 2))]
    assert anna.known_ids("anna", ids) == set(stored["id"][: asked // 2])


def test_flags_are_replaced_and_seen_at_once(anna: Store) -> None:
    stored = some_workouts(30)
    anna.save_import(an_import(), stored, [])
    assert "speed_impossible" not in anna.workouts("anna")["flags"].tolist()
    new = {str(stored["id"][0]): "speed_impossible", str(stored["id"][1]): ""}
    anna.update_flags("anna", new)
    found = anna.workouts("anna", columns=EVERYTHING)
    expected = stored.replace(
        flags=as_column("flags", [new.get(i, f) for i, f in zip(stored["id"], stored["flags"], strict=True)])
    )
    assert found == expected.ordered()
    anna.update_flags("anna", new)  # unchanged flags are not an error
    anna.update_flags("anna", {})


def test_flags_of_a_missing_workout_are_refused_and_none_is_changed(anna: Store) -> None:
    stored = some_workouts(3)
    anna.save_import(an_import(), stored, [])
    with pytest.raises(NotFound, match="w-missing"):
        anna.update_flags("anna", {str(stored["id"][0]): "duration_zero", "w-missing": "duration_zero"})
    assert anna.workouts("anna", columns=EVERYTHING) == stored.ordered()


# imports


def test_a_ledger_row_comes_back_equal(anna: Store) -> None:
    record = an_import(retry_of="i-0")
    anna.save_import(record, some_workouts(2), [])
    assert anna.imports() == (record,)
    assert anna.imports()[0].at.utcoffset() == timedelta(0)


def test_ledger_rows_are_sorted_by_time_and_chosen_by_athlete_and_content(anna: Store) -> None:
    anna.put_athlete(BEN)
    none = Workouts.empty()
    anna.save_import(an_import("i-3", at=AT + timedelta(microseconds=2)), none, [])
    anna.save_import(an_import("i-2", at=AT + timedelta(microseconds=1), sha256="cd" * 32), none, [])
    anna.save_import(an_import("i-1", BEN, at=AT.astimezone(UTC)), none, [])

    def ids(*args: str, **kwargs: str) -> list[str]:
        return [record.id for record in anna.imports(*args, **kwargs)]

    assert ids() == ["i-1", "i-2", "i-3"]
    assert ids("anna") == ["i-2", "i-3"]
    assert ids(sha256="ab" * 32) == ["i-1", "i-3"]
    assert ids("anna", sha256="ab" * 32) == ["i-3"]
    assert ids("nobody") == []


def test_imports_that_brought_workouts_are_told_from_those_that_brought_nothing(anna: Store) -> None:
    anna.put_athlete(BEN)
    none = Workouts.empty()
    anna.save_import(an_import("i-1", imported=0, warned=1), none, [])
    anna.save_import(an_import("i-2", imported=3, warned=0), none, [])
    anna.save_import(an_import("i-3", imported=0, warned=0), none, [])
    anna.save_import(an_import("i-4", BEN), none, [])
    assert anna.imports_with_workouts("anna") == {"i-1", "i-2"}
    assert anna.imports_with_workouts("ben") == {"i-4"}
    assert anna.imports_with_workouts("nobody") == frozenset()


def test_saving_the_same_import_again_changes_nothing(anna: Store) -> None:
    workouts, problem = some_workouts(30), a_problem()
    anna.save_import(an_import(), workouts, [problem])
    anna.settle_problems(["p-1"], ProblemStatus.RESOLVED)
    anna.save_import(an_import(), workouts, [problem])
    assert anna.imports() == (an_import(),)
    assert anna.workouts("anna", columns=EVERYTHING) == workouts.ordered()
    assert anna.problems(status=None) == (replace(problem, status=ProblemStatus.RESOLVED),)


def test_a_workout_that_exists_is_left_as_it_is_even_under_another_day(anna: Store) -> None:
    first = one_workout(distance=1000.0, flags="duration_zero")
    anna.save_import(an_import(), first, [])
    again = Workouts.concat([one_workout(distance=9.0), one_workout(day=30_000), one_workout(id="w-2")])
    anna.save_import(an_import("i-2", read=3), again, [])
    found = anna.workouts("anna")
    assert found["id"].tolist() == ["w-1", "w-2"]
    assert found["day"].tolist() == [20_000, 20_000]
    assert found["distance"][0] == 1000.0
    assert found["flags"][0] == "duration_zero"


def test_an_import_for_an_unknown_athlete_is_refused_and_nothing_is_stored(anna: Store) -> None:
    with pytest.raises(NotFound, match="ben"):
        anna.save_import(an_import(athlete=BEN), some_workouts(3), [])
    assert anna.imports() == ()
    assert len(anna.workouts("ben")) == 0


def test_an_error_in_the_middle_leaves_nothing_of_the_import(anna: Store) -> None:
    problems = [a_problem(), a_problem("p-2", import_id="i-unknown")]
    with pytest.raises(StorageError, match=r"(?i)foreign key"):
        anna.save_import(an_import(), some_workouts(30), problems)
    assert anna.imports() == ()
    assert anna.problems(status=None) == ()
    assert len(anna.workouts("anna")) == 0


def test_a_problem_of_another_athlete_is_refused(anna: Store) -> None:
    anna.put_athlete(BEN)
    with pytest.raises(ValueError, match="another athlete"):
        anna.save_import(an_import(), some_workouts(1), [a_problem(athlete=BEN)])


# problems


def test_a_problem_comes_back_equal(anna: Store) -> None:
    problems = (
        a_problem(value="x" * 70_000, workout_id="w-1", detail="ü"),
        a_problem("p-2", row=8, column="", outcome=Outcome.WARNED, status=ProblemStatus.DISMISSED),
    )
    anna.save_import(an_import(), some_workouts(1), problems)
    assert anna.problems(status=None) == problems


def test_problems_are_sorted_by_import_time_row_and_column(anna: Store) -> None:
    anna.save_import(an_import("i-1", at=AT + timedelta(seconds=1)), Workouts.empty(), [a_problem("p-9", row=0)])
    unsorted = [a_problem("p-1", row=10), a_problem("p-2", row=9, column="b"), a_problem("p-3", row=9, column="B")]
    anna.save_import(an_import("i-2"), Workouts.empty(), [replace(problem, import_id="i-2") for problem in unsorted])
    assert [problem.id for problem in anna.problems()] == ["p-3", "p-2", "p-1", "p-9"]


def test_problems_are_chosen_by_athlete_import_outcome_and_status(anna: Store) -> None:
    anna.put_athlete(BEN)
    anna.save_import(an_import(), Workouts.empty(), [a_problem(), a_problem("p-2", outcome=Outcome.WARNED)])
    anna.save_import(an_import("i-2", BEN), Workouts.empty(), [a_problem("p-3", BEN, import_id="i-2")])
    anna.settle_problems(["p-1", "p-1"], ProblemStatus.RESOLVED)

    def ids(**wanted: object) -> set[str]:
        return {problem.id for problem in anna.problems(**wanted)}  # type: ignore[arg-type]

    assert ids() == {"p-2", "p-3"}
    assert ids(status=None) == {"p-1", "p-2", "p-3"}
    assert ids(status=ProblemStatus.RESOLVED) == {"p-1"}
    assert ids(athlete_id="anna") == {"p-2"}
    assert ids(import_id="i-2") == {"p-3"}
    assert ids(outcome=Outcome.WARNED) == {"p-2"}
    assert ids(outcome="quarantined", status=None) == {"p-1", "p-3"}


def test_settling_a_missing_problem_is_refused_and_none_is_changed(anna: Store) -> None:
    anna.save_import(an_import(), Workouts.empty(), [a_problem()])
    with pytest.raises(NotFound, match="p-2"):
        anna.settle_problems(["p-1", "p-2"], ProblemStatus.RESOLVED)
    assert [problem.status for problem in anna.problems(status=None)] == [ProblemStatus.OPEN]


def test_2_000_problems_are_settled(anna: Store) -> None:
    problems = [a_problem(f"p-{i}", row=i) for i in range(2000)]
    anna.save_import(an_import(), Workouts.empty(), problems)
    anna.settle_problems([problem.id for problem in problems], ProblemStatus.DISMISSED)
    assert anna.problems() == ()
    assert len(anna.problems(status=ProblemStatus.DISMISSED)) == 2000


# runs and briefs


def test_a_brief_and_its_runs_come_back_equal(anna: Store) -> None:
    brief, run = a_brief(), a_run()
    anna.save_brief(brief, [run])
    for _ in range(2):  # the second time from the cache
        assert same_brief(anna.brief("b-1"), brief)
        assert anna.run("r-1") == run
    assert anna.runs(["r-1"]) == (run,)


def test_a_large_brief_comes_back_equal(anna: Store) -> None:
    noise = np.random.default_rng(3).random(200_000)  # over 1 MB, and it does not compress
    brief = a_brief(charts={"noise": noise})
    anna.save_brief(brief, [])
    assert same_brief(anna.brief("b-1"), brief)
    assert same_brief(anna.brief("b-1"), brief)


def test_runs_come_back_in_the_order_asked(anna: Store) -> None:
    runs = [a_run(f"r-{i}", seconds=float(i)) for i in range(1200)]
    anna.save_brief(a_brief(), runs)
    asked = [f"r-{i}" for i in range(1199, -1, -1)] + ["r-5", "r-5"]
    assert [run.id for run in anna.runs(asked)] == asked
    assert anna.runs([]) == ()


def test_a_missing_run_or_brief_is_not_found(anna: Store) -> None:
    anna.save_brief(a_brief(), [a_run()])
    for ask in (lambda: anna.brief("b-2"), lambda: anna.run("r-2"), lambda: anna.runs(["r-1", "r-2"])):
        with pytest.raises(NotFound, match="-2"):
            ask()


def test_what_exists_of_a_brief_is_left_as_it_is(anna: Store) -> None:
    anna.save_brief(a_brief(), [a_run()])
    anna.save_brief(a_brief(day=1), [a_run(seconds=9.0), a_run("r-2")])
    assert same_brief(anna.brief("b-1"), a_brief())
    assert anna.run("r-1") == a_run()
    assert anna.run("r-2") == a_run("r-2")
    assert [entry[:2] for entry in anna.briefs("anna")] == [("b-1", 20_368)]


def test_a_brief_for_an_unknown_athlete_is_refused_and_its_runs_too(anna: Store) -> None:
    with pytest.raises(NotFound, match="ben"):
        anna.save_brief(a_brief(athlete=BEN), [a_run()])
    with pytest.raises(NotFound):
        anna.run("r-1")


def test_briefs_are_listed_oldest_first_and_by_day(anna: Store) -> None:
    began = datetime.now(UTC)
    for name, day in (("b-2", 5), ("b-1", 6), ("b-3", 5)):
        anna.save_brief(a_brief(name, day=day), [])
    listed = anna.briefs("anna")
    assert [entry[:2] for entry in listed] == [("b-2", 5), ("b-1", 6), ("b-3", 5)]
    assert [entry[0] for entry in anna.briefs("anna", day=5)] == ["b-2", "b-3"]
    assert all(began <= made <= datetime.now(UTC) for _, _, made in listed)
    assert anna.briefs("nobody") == ()


# models


def test_the_newest_fitted_model_comes_back(anna: Store) -> None:
    assert anna.model("anna", "gmm", "1.0.0") is None
    for inputs in ("first", "second", "first"):
        value = {"means": np.arange(6.0).reshape(2, 3), "fitted on": inputs}
        anna.save_model("anna", "gmm", "1.0.0", inputs, value)
        found = anna.model("anna", "gmm", "1.0.0")
        assert found is not None
        assert found[0] == found[1]["fitted on"] == inputs
        assert np.array_equal(found[1]["means"], value["means"])
    assert anna.model("anna", "gmm", "1.0.1") is None
    assert anna.model("anna", "GMM", "1.0.0") is None
    assert anna.model("ben", "gmm", "1.0.0") is None


# tracking


def test_each_new_brief_is_queued_once_for_tracking(anna: Store) -> None:
    for name in ("b-2", "b-1", "b-2"):
        anna.save_brief(a_brief(name), [])
    assert anna.untracked() == ("b-2", "b-1")
    assert anna.untracked(limit=1) == ("b-2",)
    anna.mark_tracked(["b-2", "b-unknown"])
    assert anna.untracked() == ("b-1",)
    anna.save_brief(a_brief("b-2"), [])
    assert anna.untracked() == ("b-1",), "a tracked brief that is saved again is not queued again"
    anna.mark_tracked([])
    anna.mark_tracked(["b-1"])
    assert anna.untracked() == ()


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
    assert anna.workouts("anna", columns=EVERYTHING) == Workouts.concat([shared, *own]).ordered()
    assert len(anna.imports()) == len(anna.problems()) == 5
    assert len(anna.briefs("anna")) == len(anna.untracked()) == 1
