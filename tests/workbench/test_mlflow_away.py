"""MLflow stopped in the middle of a night: the briefs arrive, and the log catches up without doubles."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from fitintel.core import settings as settings_
from fitintel.workbench.door import Workbench
from fitintel.workbench.track import log_file
from tests.tracking.mlflow_servers import MlflowServer

pytestmark = pytest.mark.slow
NIGHTS = 3


@pytest.fixture
def squad(tmp_path):
    """A workspace of simulated athletes, two of whom get briefs, and its MLflow server."""
    database = f"sqlite:///{tmp_path / 'served.db'}"
    mlflow = MlflowServer(tmp_path, database, "", "--artifacts-destination", (tmp_path / "artifacts").as_uri())
    settings = replace(settings_.read({}, home=tmp_path / "var"), mlflow_uri=mlflow.uri)
    with mlflow, Workbench(settings) as bench:
        bench.ensure_demo()
        yield bench, mlflow


def test_the_briefs_arrive_and_the_log_catches_up_without_doubles(squad, monkeypatch):
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    bench, mlflow = squad
    ada, ben = (one.id for one in bench.athletes()[:2])
    last = int(bench.store.workouts(ada)["day"][-1])
    nights = range(last - NIGHTS + 1, last + 1)
    bench.brief(ada, nights[0])
    bench.brief(ben, nights[0])
    assert bench.track(night=True), log_file(bench.settings).read_text()

    made = [bench.brief(ada, nights[1])]
    mlflow.stop()
    made.append(bench.brief(ben, nights[1]))
    assert not bench.track(night=True)
    made += [bench.brief(one, nights[2]) for one in (ada, ben)]
    assert not bench.track(night=True)
    assert [bench.store.brief(one.id).id for one in made] == [one.id for one in made]
    assert set(bench.store.untracked()) == {one.id for one in made}
    waiting = bench.store.points(sent=False)
    assert {point.day for point in waiting} == set(nights[1:])

    mlflow.start()
    assert bench.track(night=True), log_file(bench.settings).read_text()
    assert bench.store.untracked() == ()
    assert bench.store.points(sent=False) == ()
    logged, steps = said(bench)
    assert logged == Counter(dict.fromkeys(logged, 1))
    assert len(logged) == 2 * NIGHTS
    assert set(steps) == {(point.algorithm, point.day) for point in bench.store.points()}
    assert set(steps.values()) == {1}

    # the worst case: MLflow has it, and the mark was lost
    unmark(bench)
    assert bench.track(night=True)
    assert said(bench) == (logged, steps)


def said(bench):
    """(briefs by id, points by algorithm and day), as MLflow has them."""
    from fitintel.tracking.connection import connect

    with connect(bench.settings.mlflow_uri) as client:
        place = client.get_experiment_by_name("fitintel.briefs").experiment_id
        ids = Counter(one for run in client.search_runs([place]) for one in run.data.tags["fitintel.ids"].split(","))
        place = client.get_experiment_by_name("fitintel.performance").experiment_id
        runs = client.search_runs([place], max_results=1000)
        assert len({run.data.tags["fitintel.algorithm"] for run in runs}) == len(runs)
        steps = Counter(
            (run.data.tags["fitintel.algorithm"], metric.step)
            for run in runs
            for metric in client.get_metric_history(run.info.run_id, "runs")
        )
    return ids, steps


def unmark(bench):
    """The store as it is when the process died between sending and marking."""
    from sqlalchemy import update

    from fitintel.storage.tables_performance import points

    bench.store._store._database.write(lambda connection: connection.execute(update(points).values(sent=False)))
