"""Workers come with the work and go with it; what they have taken is finished, once."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from fitintel.core import days
from fitintel.core.errors import StorageUnavailable
from fitintel.core.events import Topic
from fitintel.core.mornings import Morning
from fitintel.core.preferences import Preferences
from fitintel.workbench.production.scaling import CALM, EACH, MOST, Scale, wanted
from fitintel.workbench.production.status import Told, start, stop
from tests.fleet.people import fleet, keep
from tests.production.up import Up, until
from tests.services import _program, folder

ALONE = tuple(f"--without={name}" for name in (
    "api", "app", "coach", "lab", "mlflow", "metrics", "prometheus", "alertmanager", "watch", "gateway",
))  # fmt: skip
PLANTED = 210
"""mornings: more than three workers are to have"""


class Workers:
    """Four that can be, of which those in `there` run."""

    def __init__(self) -> None:
        self.waiting, self.there = 0, {"schedule-1"}
        self.scale = Scale(lambda: self.waiting, self._told, lambda one: self.there.add(one.name),
                           lambda one: self.there.discard(one.name))  # fmt: skip

    def _told(self) -> list[Told]:
        names = [f"schedule-{number}" for number in range(1, MOST + 1)]
        return [Told(name, "RUNNING" if name in self.there else "STOPPED", "", int(name in self.there) * 7)
                for name in names]  # fmt: skip


def test_there_are_as_many_workers_as_the_work_asks_for() -> None:
    made = Workers()
    for waiting, many in ((0, 1), (EACH + 1, 2), (10 * EACH, 4)):
        made.waiting = waiting
        made.scale.look()
        assert len(made.there) == many == wanted(waiting)


def test_workers_end_only_when_there_has_been_little_to_do_for_a_while() -> None:
    made = Workers()
    made.waiting = 10 * EACH
    made.scale.look()
    made.waiting = 0
    for _ in range(CALM - 1):
        made.scale.look()
    made.waiting = 10 * EACH
    made.scale.look()
    made.waiting = 0
    for _ in range(CALM - 1):
        made.scale.look()
    assert len(made.there) == MOST
    made.scale.look()
    assert made.there == {"schedule-1"}


def test_a_worker_that_died_is_missed_while_there_is_work() -> None:
    made = Workers()
    made.waiting = 3 * EACH
    made.scale.look()
    made.there.discard("schedule-2")
    made.scale.look()
    assert len(made.there) == 3


def test_nothing_is_ended_because_the_store_is_away() -> None:
    made = Workers()
    made.waiting = 10 * EACH
    made.scale.look()

    def away() -> int:
        raise StorageUnavailable("The database does not answer")

    made.scale.waiting = away
    for _ in range(CALM * 2):
        with pytest.raises(StorageUnavailable):
            made.scale.look()
    assert len(made.there) == MOST


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    for program in ("mariadbd", "redis-server"):
        _program(program)
    with folder("scale") as home:
        home.chmod(0o711)
        started = Up(home / "w", *ALONE)
        try:
            started.wait_for_processes()
            yield started
        finally:
            started.stop()


@pytest.mark.slow
def test_one_worker_becomes_four_and_one_again_and_every_morning_is_made_once(up: Up) -> None:
    today = days.number(datetime.now(UTC).date())
    names = []
    scale = up.states()["scale"]
    stop(up.place, scale, wait=True)
    with up.inside() as bench:
        for athlete, workouts in fleet(7, PLANTED, first=today - 90, last=today - 1):
            keep(bench.vault, athlete, workouts)
            names.append(athlete.id)
        for name in names:
            bench.vault.put_preferences(Preferences(name, time_zone="UTC", morning="00:00"))
    # all of them wait before anybody counts
    start(up.place, scale)
    most, told_to_end = 0, False
    end = time.monotonic() + 600
    while time.monotonic() < end:
        there = [one for name, one in up.states().items() if name.startswith("schedule") and one.pid]
        most = max(most, len(there))
        with up.inside() as bench:
            turns = bench.vault.turns()
        states = Counter(turn.state for turn in turns.values())
        if most == MOST and states[Morning.TAKEN] and not told_to_end:
            # one of them in the middle of its work
            os.kill(there[-1].pid, signal.SIGTERM)
            told_to_end = True
        if states == {Morning.MADE: PLANTED} and len(there) == 1:
            break
        time.sleep(1)
    with up.inside() as bench:
        made, after = Counter[str](), 0
        while found := bench.vault.events(after):
            after = found[-1].id
            made.update(one.athlete_id for one in found if one.topic is Topic.BRIEFS and one.athlete_id)
    tried = Counter(one.attempts for one in turns.values())
    each = Counter(made.values())
    print(f"workers at most {most}, mornings {dict(states)}, attempts {tried}, briefs a person {each}")
    assert most == MOST
    assert told_to_end
    assert states == {Morning.MADE: PLANTED}, "none is lost"
    assert {turn.attempts for turn in turns.values()} == {1}
    assert made == Counter(dict.fromkeys(names, 1)), "none is done twice"
    until(lambda: len([one for name, one in up.states().items() if name.startswith("schedule") and one.pid]) == 1,
          "there is one worker again")  # fmt: skip
