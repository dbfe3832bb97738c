"""A workspace, services on loopback, and connected athletes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.connections import Connection
from fitintel.core.records import Athlete
from fitintel.core.settings import read
from fitintel.core.workouts import Workouts
from fitintel.ingest.connectors.safe import Limits
from fitintel.storage import open_blobs, open_store
from fitintel.workbench import accounts, syncing
from fitintel.workbench.accounts import Office
from fitintel.workbench.synced import SyncReport
from tests.ingest.connectors.servers import IntervalsCloud, StravaCloud, ride

REDIRECT = "http://localhost:8721/"
START = 1_760_000_000.0
"""2025-10-09 08:53:20 UTC"""
DAY = 86_400.0
QUICK = Limits(
    connect=20.0, read=20.0, total=60.0, size=200_000, attempts=3, pause=0.01, longest_pause=0.02, patience=0.3
)
"""Short pauses; times are long, because a busy machine is no fault of a service."""


@pytest.fixture
def strava() -> Iterator[StravaCloud]:
    cloud = StravaCloud()
    with cloud.running() as address:
        cloud.address = address  # type: ignore[attr-defined]
        yield cloud


@pytest.fixture
def intervals() -> Iterator[IntervalsCloud]:
    cloud = IntervalsCloud()
    with cloud.running() as address:
        cloud.address = address  # type: ignore[attr-defined]
        yield cloud


class Desk:
    """A workspace with accounts, and short words for what tests do."""

    def __init__(self, home: Path, settings: dict[str, str]) -> None:
        self.home = home
        self.settings = read({"FITINTEL_HOME": str(home), **settings})
        self.store = open_store(self.settings.database_url)
        self.office = Office(self.store, open_blobs(self.settings.files_url), self.settings, QUICK)

    def athlete(self, name: str = "me") -> str:
        self.store.put_athlete(Athlete(name, name))
        return name

    def connect(self, cloud: StravaCloud, account: str = "77", athlete: str = "me") -> Connection:
        self.athlete(athlete)
        started = accounts.begin(self.office, athlete, "strava", REDIRECT)
        return accounts.finish(self.office, athlete, "strava", cloud.allow(account, started.url))

    def sync(self, **options: Any) -> tuple[SyncReport, ...]:
        return syncing.sync(self.office, self.store.connections(), **options)

    def one(self, **options: Any) -> SyncReport:
        (report,) = self.sync(**options)
        return report

    def workouts(self, athlete: str = "me") -> Workouts:
        return self.store.workouts(athlete, columns=("id", "day", "start", "sport", "duration", "distance", "hr_mean",
                                                     "notes", "flags", "source", "source_id"))  # fmt: skip

    def connection(self, provider: str = "strava", athlete: str = "me") -> Connection:
        (found,) = self.store.connections(athlete, provider)
        return found


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the schema and nothing else: copying it is faster than migrating for each test."""
    path = tmp_path_factory.mktemp("empty") / "fitintel.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def desk(tmp_path: Path, empty: Path, strava: StravaCloud, intervals: IntervalsCloud) -> Iterator[Desk]:
    (tmp_path / "home").mkdir()
    shutil.copy(empty, tmp_path / "home" / "fitintel.db")
    made = Desk(
        tmp_path / "home",
        {"FITINTEL_STRAVA_URL": strava.address, "FITINTEL_STRAVA_CLIENT_ID": strava.client_id,  # type: ignore[attr-defined]
         "FITINTEL_STRAVA_CLIENT_SECRET": strava.client_secret, "FITINTEL_STRAVA_VERIFY_TOKEN": "verify-canary",
         "FITINTEL_INTERVALS_URL": intervals.address,  # type: ignore[attr-defined]
         "FITINTEL_INTERVALS_WEBHOOK_SECRET": "hook-canary"},
    )  # fmt: skip
    yield made
    made.store.close()


@pytest.fixture
def rides(strava: StravaCloud) -> Callable[[int], None]:
    """Puts some rides, one a day, into the service."""

    def put(count: int) -> None:
        for number in range(1, count + 1):
            strava.add(ride(number, START + number * DAY))

    return put
