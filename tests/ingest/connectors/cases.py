"""What must hold before, after and of every case."""

from __future__ import annotations

from fitintel.core.errors import FitintelError
from tests.ingest.connectors.conftest import START, Desk
from tests.ingest.connectors.servers import StravaCloud, ride

LIST, ONE = "/athlete/activities$", r"/activities/\d+$"


def everything(desk: Desk) -> tuple[object, ...]:
    """What is stored of workouts and payloads."""
    return desk.workouts(), desk.store.payloads("me", "strava", superseded=True), desk.store.imports("me")


def good_before(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START))
    desk.connect(strava)
    assert desk.one().imported == 1


def well_said(error: FitintelError | None, kind: type[FitintelError]) -> None:
    assert type(error) is kind, error
    assert error is not None
    assert error.what
    assert error.next or error.why
    text = str(error)
    assert len(text) <= 500
    assert "Traceback" not in text
    assert "canary" not in text
