"""Briefs, their runs and fitted models, on every database, with and without a cache."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from fitintel.core.errors import NotFound
from fitintel.storage.store import Store
from tests.storage.examples import BEN, a_brief, a_run, same_brief

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # by dogpile.cache


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


def test_the_runs_about_a_day_are_those_of_the_two_briefs_up_to_it_and_the_one_after(anna: Store) -> None:
    for day in range(1, 8):
        brief = a_brief(f"b-{day}", day=day, run_ids=(f"r-{day}", "r-all"))
        anna.save_brief(brief, [a_run(f"r-{day}"), a_run("r-all")])
    assert anna.runs_about("anna", 4) == {name: a_run(name) for name in ("r-3", "r-4", "r-5", "r-all")}
    assert set(anna.runs_about("anna", 99)) == {"r-6", "r-7", "r-all"}
    assert set(anna.runs_about("anna", 0)) == {"r-1", "r-all"}
    assert anna.runs_about(BEN.id, 4) == {}


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
