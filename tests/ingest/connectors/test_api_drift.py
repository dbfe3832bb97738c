"""Answers that changed their form, loop, or are no longer permitted."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from fitintel.core.connections import ConnectionState
from fitintel.core.errors import AccessLost, FitintelError, UpstreamError
from fitintel.core.records import Outcome
from fitintel.workbench import accounts, syncing
from tests.ingest.connectors import faults
from tests.ingest.connectors.cases import LIST, everything, good_before, well_said
from tests.ingest.connectors.conftest import DAY, START, Desk
from tests.ingest.connectors.servers import StravaCloud, ride

DRIFT = {
    "a field renamed": ({"moving_time": None, "movingTime": 60}, "moving_time"),
    "a number as text": ({"distance": "5000"}, "distance"),
    "true for a number": ({"elapsed_time": True}, "elapsed_time"),
    "null where a number is needed": ({"elapsed_time": None}, "elapsed_time"),
    "an object for a number": ({"average_heartrate": {"value": 130}}, "average_heartrate"),
    "a negative time": ({"moving_time": -5}, "moving_time"),
    "a number beyond all bounds": ({"distance": 1e300}, "distance"),
    "a date that is none": ({"start_date": "yesterday"}, "start_date"),
    "no date": ({"start_date": None}, "start_date"),
    "a sport that is a number": ({"sport_type": 5}, "sport_type"),
    "an offset beyond the world": ({"utc_offset": 1e6}, "utc_offset"),
    "laps that are no list": ({"laps": {"a": 1}}, "laps"),
}  # fmt: skip


@pytest.mark.parametrize("name", DRIFT)
def test_api_05_an_answer_that_has_changed_its_form_waits_in_quarantine_with_its_path(name: str, desk, strava) -> None:
    changes, path = DRIFT[name]
    good_before(desk, strava)
    workouts = desk.workouts()
    strava.add(ride(2, START + DAY, **changes))
    strava.add(ride(3, START + 2 * DAY))
    report = desk.one()
    assert (report.quarantined, report.imported, report.error) == (1, 1, None), "the next one is not held up"
    (problem,) = desk.store.problems(athlete_id="me", outcome=Outcome.QUARANTINED.value)
    assert problem.rule == "answer_unexpected"
    assert f"strava.activity.{path}" in problem.detail
    assert [row for row in desk.workouts().rows() if row["source_id"] == "1"] == list(workouts.rows())
    (kept,) = desk.store.payloads("me", "strava", external_id="2")
    assert desk.office.blobs.get("raw", kept.sha256).startswith(b'{"fitintel_payload":"strava"')
    asked = len(strava.asked("/activities/2"))
    assert desk.one().quarantined == 0, "said once"
    assert len(strava.asked("/activities/2")) == asked, "and not downloaded again"


STREAM_DRIFT = {
    "a list shorter than time": ("heartrate", [130] * 60),
    "a text among numbers": ("watts", [150] * 60 + ["150"]),
    "a flag among numbers": ("altitude", [True] + [100.0] * 60),
    "no list": ("distance", 300.0),
    "a position with one number": ("latlng", [[48.0]] * 61),
    "times that are null": ("time", [None, *range(60)]),
    "movement that is a number": ("moving", [1] * 61),
}  # fmt: skip


@pytest.mark.parametrize("name", STREAM_DRIFT)
def test_api_05_samples_that_have_changed_their_form_are_not_half_stored(name: str, desk: Desk, strava) -> None:
    channel, data = STREAM_DRIFT[name]
    strava.add(ride(1, START))
    strava.streams["1"][channel]["data"] = data
    desk.connect(strava)
    report = desk.one()
    assert (report.quarantined, report.imported) == (1, 0)
    (problem,) = desk.store.problems(athlete_id="me", outcome=Outcome.QUARANTINED.value)
    assert f"strava.streams.{channel}" in problem.detail
    assert len(desk.workouts()) == 0
    assert desk.store.recordings("me") == ()


def test_api_05_a_new_sport_is_other_and_said(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START, sport_type="Quidditch", type="Quidditch"))
    desk.connect(strava)
    desk.one()
    assert desk.workouts()["sport"].tolist() == ["other"]
    assert "sport_unknown" in {problem.rule for problem in desk.store.problems(athlete_id="me")}


def test_api_06_a_page_that_comes_again_and_again_is_a_loop(desk: Desk, strava: StravaCloud) -> None:
    good_before(desk, strava)
    before = everything(desk)
    strava.go_wrong(LIST, lambda request: request.say(200, [strava.activities["1"], ride(2, START + DAY)]), 100)
    well_said(desk.one().error, UpstreamError)
    assert len(strava.asked(LIST)) < 20
    assert everything(desk) == before


def test_api_06_entries_that_come_twice_and_out_of_order_are_one_each(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(4)
    both = strava.activities
    pages = {"1": [both["4"], both["2"], both["4"]], "2": [both["1"], both["2"], both["3"]]}
    strava.go_wrong(LIST, lambda request: request.say(200, pages.get(request.query["page"], [])), 100)
    desk.connect(strava)
    assert desk.one().imported == 4
    assert desk.workouts()["source_id"].tolist() == ["1", "2", "3", "4"]


def test_api_07_a_revoked_permission_marks_the_connection_and_others_go_on(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START), owner="77")
    strava.add(ride(2, START), owner="88")
    desk.connect(strava, "77", "anna")
    desk.connect(strava, "88", "ben")
    strava.access = {token: kept for token, kept in strava.access.items() if kept[0] != "77"}
    strava.refresh = {token: account for token, account in strava.refresh.items() if account != "77"}
    first, second = desk.sync()
    well_said(first.error, AccessLost)
    assert first.reconnect
    assert second.imported == 1
    lost = desk.connection(athlete="anna")
    assert (lost.state, lost.sealed, lost.expires_at) == (ConnectionState.LOST, b"", None)
    asked = len(strava.requests)
    assert desk.sync()[0].reconnect
    assert [path for _, path, _, form in strava.requests[asked:] if path == "/oauth/token"] == []


def test_api_07_a_permission_that_does_not_reach_far_enough_asks_to_connect_again(desk: Desk, strava) -> None:
    desk.connect(strava)
    strava.go_wrong(LIST, faults.says(403, {"message": "Forbidden"}))
    report = desk.one()
    well_said(report.error, AccessLost)
    assert desk.connection().state is ConnectionState.LOST


def test_api_07_reading_activities_must_have_been_allowed(desk: Desk, strava: StravaCloud) -> None:
    desk.athlete()
    started = accounts.begin(desk.office, "me", "strava", "http://localhost:8721/")
    with pytest.raises(FitintelError, match="not allowed to show your activities"):
        accounts.finish(desk.office, "me", "strava", strava.allow("77", started.url, scope="read"))
    assert desk.connection().state is ConnectionState.STARTED


def test_api_10_a_clock_that_is_ahead_is_accepted_and_a_far_future_is_not(desk: Desk, strava: StravaCloud) -> None:
    now = time.time()
    strava.add(ride(1, START))
    strava.add(ride(2, now + 600))
    strava.add(ride(3, now + 40 * DAY))
    desk.connect(strava)
    report = desk.one()
    assert (report.imported, report.quarantined) == (2, 1)
    assert {problem.rule for problem in desk.store.problems(outcome=Outcome.QUARANTINED.value)} == {"date_in_future"}
    assert (desk.connection().cursor or 0.0) <= time.time(), "the cursor does not pass today"
    strava.add(ride(4, now - 3600))
    assert desk.one().imported == 1


def test_a_reparse_after_a_reader_has_changed_reads_the_kept_bytes(desk: Desk, strava, monkeypatch) -> None:
    strava.add(ride(1, START, moving_time=None))
    desk.connect(strava)
    assert desk.one().quarantined == 1
    from fitintel.ingest import source
    from fitintel.ingest.sources import strava as reader

    monkeypatch.setattr(reader, "NEEDED", ("elapsed_time", "distance"))
    monkeypatch.setattr(reader, "SOURCE", replace(reader.SOURCE, version="2"))
    source.recorder.cache_clear()
    source.readers.cache_clear()
    try:
        asked = len(strava.requests)
        (report,) = syncing.reparse(desk.office, desk.store.connections())
    finally:
        source.recorder.cache_clear()
        source.readers.cache_clear()
    assert report.imported == 1
    assert len(strava.requests) == asked
    assert len(desk.workouts()) == 1
    assert desk.store.problems(outcome=Outcome.QUARANTINED.value) == ()
