"""Workouts come back as they were given, on every database, with and without a cache."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fitintel.core.errors import DataError, NotFound, UnknownName
from fitintel.core.records import Athlete
from fitintel.core.workouts import ANALYSIS, COLUMNS, Workouts, as_column
from fitintel.storage.store import Store
from tests.storage.examples import BEN, a_problem, an_import, one_workout, some_workouts

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # by dogpile.cache


# workouts


def test_workouts_come_back_equal_and_in_canonical_order(anna: Store) -> None:
    given_ = some_workouts(300)
    anna.save_import(an_import(), given_, [])
    for _ in range(2):  # the second time from the cache
        found = anna.workouts("anna", columns=tuple(COLUMNS))
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
    found = anna.workouts("anna", columns=tuple(COLUMNS))
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
    assert anna.workouts("anna", columns=tuple(COLUMNS)) == given_.ordered()
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
    found = anna.workouts("anna", columns=tuple(COLUMNS))
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
    assert anna.workouts("anna", columns=tuple(COLUMNS)) == stored.ordered()
