"""A service that goes wrong changes nothing, says what is wrong, and is as good as before when it is well again."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from fitintel.core.connections import ConnectionState
from fitintel.core.errors import AnswerTooLarge, FitintelError, UnsafeAddress, UpstreamError
from fitintel.core.records import Outcome, Problem
from tests.badinputs import api
from tests.badinputs.api import Wrong
from tests.badinputs.case import generated
from tests.badinputs.classes import CLASS
from tests.badinputs.test_catalogue import SAID
from tests.ingest.connectors.conftest import DAY, START, Desk
from tests.ingest.connectors.servers import StravaCloud, ride

SERVICES = generated(api)
CASES = [pytest.param(wrong, id=f"{name}-{wrong.variant}") for name, make in SERVICES.items() for wrong in make()]


def class_of(error: FitintelError) -> str:
    for kind, name in ((UnsafeAddress, "E_SSRF"), (AnswerTooLarge, "E_LIMIT"), (UpstreamError, "E_UPSTREAM")):
        if isinstance(error, kind):
            return name
    raise AssertionError(f"an error without class: {error!r}")


def waiting(desk: Desk) -> tuple[Problem, ...]:
    return desk.store.problems(outcome=Outcome.QUARANTINED.value)


@pytest.mark.parametrize("wrong", CASES)
def test_a_service_that_goes_wrong_ends_as_listed_and_the_good_rides_around_it_are_in(
    desk: Desk, strava: StravaCloud, wrong: Wrong
) -> None:
    strava.add(ride(1, START))
    desk.connect(strava)
    assert desk.one().imported == 1
    if wrong.hurried:
        desk.office = replace(desk.office, limits=replace(desk.office.limits, read=0.5, total=1.0, attempts=2))
    before, ledger = desk.workouts(), desk.store.imports("me")
    strava.add(ride(2, START + DAY))
    wrong.make(strava)

    report = desk.one()

    if report.error is not None:
        assert class_of(report.error) == wrong.found
        assert report.error.what
        assert report.error.next or report.error.why
        texts = [str(report.error)]
        assert desk.connection().last_error
    else:
        assert (report.quarantined, {CLASS[each.rule] for each in waiting(desk)}) == (1, {wrong.found})
        texts = [f"{each.value} {each.detail}" for each in waiting(desk)]
    for text in texts:
        assert len(text) <= 500
        assert not SAID.search(text)
        assert "canary" not in text
        for word in wrong.says:
            assert word in text
    assert desk.workouts() == before
    assert len(desk.store.imports("me")) == len(ledger) + wrong.rows
    for payload in desk.store.payloads("me", "strava"):
        kept = desk.office.blobs.get("raw", payload.sha256)
        assert hashlib.sha256(kept).hexdigest() == payload.sha256
    if wrong.reconnect:
        lost = desk.connection()
        assert (lost.state, lost.sealed) == (ConnectionState.LOST, b""), "its token is gone"

    # the same again: the same answer, and nothing more
    again = desk.one()
    assert (again.error is None) == (report.error is None)
    assert desk.workouts() == before
    assert len(desk.store.imports("me")) == len(ledger) + wrong.rows

    # well again: what was missing comes, once
    strava.faults.clear()
    strava.add(ride(2, wrong.then()))
    if wrong.reconnect:
        desk.connect(strava)
    desk.store.note_sync("me", "strava")
    mended = desk.one()
    assert mended.error is None, mended.error
    assert len(desk.workouts()) == 2
    assert waiting(desk) == () or wrong.rows
