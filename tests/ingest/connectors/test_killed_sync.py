"""kill -9 in the middle of a sync, at statements and requests drawn at random: nothing doubled, nothing missed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from fitintel.workbench import syncing
from tests.ingest.connectors import killed_syncs
from tests.ingest.connectors.conftest import DAY, START, Desk
from tests.ingest.connectors.servers import StravaCloud, ride

SEED = 20261123
TRIALS = 16
RIDES = 5
APART = 40 * DAY
"""farther than what is listed again: a cursor that moves too early would miss a ride"""


def test_a_killed_sync_is_completed_by_the_next_one(desk: Desk, strava: StravaCloud, tmp_path: Path) -> None:
    for trial in range(TRIALS + 1):
        account = str(1000 + trial)
        for number in range(1, RIDES + 1):
            strava.add(
                ride(trial * 100 + number, START + number * APART, moving_time=60 if number != 3 else None), account
            )
        desk.connect(strava, account, f"a{trial}")
    desk.store.close()
    address = strava.address  # type: ignore[attr-defined]
    command = [sys.executable, killed_syncs.__file__, str(desk.home), address, str(SEED), str(TRIALS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["places"] > 60
    assert all(told["died"])
    whole = desk.workouts(f"a{TRIALS}")
    assert len(whole) == RIDES - 1
    for trial, count in enumerate(told["counts"]):
        where, athlete = f"killed at {count} of {told['places']}", f"a{trial}"
        ids = desk.workouts(athlete)["source_id"].tolist()
        assert len(ids) == len(set(ids)), where
        before = len(strava.requests)
        for connection in desk.store.connections(athlete):
            (report,) = syncing.sync(desk.office, [connection])
            assert report.error is None, where
        assert sorted(desk.workouts(athlete)["source_id"]) == [str(trial * 100 + number) for number in (1, 2, 4, 5)], (
            where
        )
        assert desk.workouts(athlete)["flags"].tolist() == whole["flags"].tolist(), where
        assert len(desk.store.recordings(athlete)) == RIDES - 1, where
        assert len(desk.store.problems(athlete_id=athlete)) == 1, where
        assert desk.connection(athlete=athlete).cursor == START + RIDES * APART, where
        assert len(strava.requests) - before <= 2 + 2 * RIDES, where
