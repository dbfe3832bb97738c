"""How algorithms fare, on every store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fitintel.core.performance import Executed, Expected, Fared, Point
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, a_brief, a_run

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # by dogpile.cache


@pytest.fixture
def anna(store: Store) -> Store:
    store.put_athlete(ANNA)
    return store


def ran(brief_id: str = "b-1", day: int = 20000, algorithm: str = "pmc", **more: object) -> Executed:
    given = {"version": "1.0.0", "runs": 2, "insufficient": 1, "seconds": (0.25, 0.5), "inputs": {"load": 31.5}}
    return Executed(ANNA.id, brief_id, day, algorithm, **{**given, **more})  # type: ignore[arg-type]


def promised(run_id: str = "r-1", due: int = 20007) -> Expected:
    return Expected(ANNA.id, run_id, due, "weekly_forecast", "2.0.0", "distance", 7, 100.0, 50.0, 150.0, 0.8)


def test_what_a_brief_says_of_its_algorithms_is_kept_with_it_and_once(anna: Store) -> None:
    said = Fared((ran(),), (promised(), promised(due=20014)))
    for _ in range(2):
        anna.save_brief(replace(a_brief(), id="b-1"), [a_run()], fared=said)
    assert anna.executed() == said.executed
    assert anna.expected(due=20020) == said.expected
    assert anna.executed(since=20001) == ()
    assert anna.executed(algorithm="other") == ()


def test_a_truth_is_written_once_and_then_no_longer_waited_for(anna: Store) -> None:
    anna.save_brief(a_brief(), [a_run()], fared=Fared((), (promised(), promised(due=20014))))
    anna.settle_expected({(ANNA.id, "r-1", 20007): (149.0, 20014)})
    anna.settle_expected({(ANNA.id, "r-1", 20007): (1.0, 20015)})
    assert [one.due for one in anna.expected(due=20030)] == [20014]
    (known,) = anna.expected(since=20000)
    assert (known.truth, known.judged, known.covered, known.error) == (149.0, 20014, True, 49.0)


def test_a_point_is_kept_with_the_marks_of_what_it_counts_and_never_replaced(anna: Store) -> None:
    anna.save_brief(a_brief(), [a_run()], fared=Fared((ran(), ran(algorithm="daily_load")), (promised(),)))
    anna.settle_expected({(ANNA.id, "r-1", 20007): (149.0, 20014)})
    point = Point("pmc", 20000, {"latency_p50": 0.25, "runs": 2.0})
    anna.put_points([point], [("b-1", "pmc")], [(ANNA.id, "r-1", 20007)])
    anna.put_points([replace(point, figures={"runs": 9.0})], [], [])
    assert anna.points() == (point,)
    assert [one.algorithm for one in anna.executed(counted=False)] == ["daily_load"]
    assert anna.expected(counted=False) == ()
    assert len(anna.expected(counted=True)) == 1


def test_points_wait_until_they_are_marked_as_sent(anna: Store) -> None:
    anna.put_points([Point("pmc", day, {"runs": 1.0}) for day in (20000, 20001)], [], [])
    anna.mark_sent([("pmc", 20000)])
    assert [one.day for one in anna.points(sent=False)] == [20001]
    assert [one.day for one in anna.points("pmc", sent=True)] == [20000]
    assert anna.points("other") == ()
