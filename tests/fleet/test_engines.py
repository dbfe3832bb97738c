"""The same night by processes of this machine and by a Dask cluster: the same bytes, whatever is lost on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from fitintel.core.errors import StorageUnavailable, UnknownName, UsageError
from fitintel.core.nights import Done
from fitintel.views.files import brief_files
from fitintel.workbench.door import Workbench
from tests.fleet.conftest import LAST, files

FleetOf = Callable[..., Path]


def test_a_dask_cluster_gives_the_bytes_of_local_processes_though_a_worker_is_killed_half_way(
    fleet_of: FleetOf,
) -> None:
    import distributed

    with Workbench.open(fleet_of(8, name="local")) as bench:
        local = bench.nightly(brief_files, day=LAST, workers=2, track=False)
        expected = files(bench.settings.briefs)
        assert len(expected) == 24
    killed: list[int] = []
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
        Workbench.open(fleet_of(8, name="dask")) as bench,
    ):

        def kill_one(done: int, total: int, text: str) -> None:
            if not killed:
                killed.append(next(iter(cluster.workers.values())).process.process.pid)
                os.kill(killed[0], signal.SIGKILL)

        made = bench.nightly(brief_files, day=LAST, workers=2, track=False, engine="dask",
                             scheduler=cluster.scheduler_address, progress=kill_one)  # fmt: skip
        assert killed
        assert {one.done for one in made.athletes} == {Done.MADE}
        assert files(bench.settings.briefs) == expected
        again = bench.nightly(brief_files, day=LAST, workers=2, track=False)
        assert {one.done for one in again.athletes} == {Done.UNCHANGED}
    assert [one.brief_id for one in made.athletes] == [one.brief_id for one in local.athletes]


def test_a_cluster_of_its_own_is_started_where_no_address_is_given(fleet_of: FleetOf) -> None:
    with Workbench.open(fleet_of(2)) as bench:
        made = bench.nightly(brief_files, day=LAST, workers=1, track=False, engine="dask")
        assert {one.done for one in made.athletes} == {Done.MADE}


def test_what_makes_no_sense_is_refused_before_anything_is_made(
    fleet_of: FleetOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fitintel.workbench.nightly.cluster.PATIENCE", 1)
    with Workbench.open(fleet_of(1)) as bench:
        with pytest.raises(UnknownName):
            bench.nightly(brief_files, day=LAST, engine="ray")
        with pytest.raises(UsageError):
            bench.nightly(brief_files, day=LAST, scheduler="tcp://127.0.0.1:1")
        with pytest.raises(StorageUnavailable):
            bench.nightly(brief_files, day=LAST, engine="dask", scheduler="tcp://127.0.0.1:1")
        assert bench.night(LAST) == ()
