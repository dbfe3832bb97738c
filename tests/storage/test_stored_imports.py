"""The ledger of imports and their problems, on every database, with and without a cache."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from fitintel.core.errors import NotFound, StorageError
from fitintel.core.records import Outcome, ProblemStatus
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.storage.store import Store
from tests.storage.examples import AT, BEN, a_problem, an_import, one_workout, some_workouts

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # by dogpile.cache


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
    assert anna.workouts("anna", columns=tuple(COLUMNS)) == workouts.ordered()
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
