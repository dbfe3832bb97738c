"""Cases API-01 to API-10 of the bad inputs: what a service may do wrong, and what must come of it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.connections import ConnectionState
from fitintel.core.errors import (
    AccessLost,
    AnswerTooLarge,
    AskedToWait,
    FitintelError,
    UnexpectedAnswer,
    UnsafeAddress,
    UpstreamError,
)
from fitintel.core.records import Outcome
from fitintel.workbench import accounts, syncing
from tests.ingest.connectors import faults
from tests.ingest.connectors.conftest import DAY, START, Desk
from tests.ingest.connectors.servers import StravaCloud, ride, samples

LIST, ONE = "/athlete/activities$", r"/activities/\d+$"


def everything(desk: Desk) -> tuple[object, ...]:
    """What is stored of workouts and payloads."""
    return desk.workouts(), desk.store.payloads("me", "strava", superseded=True), desk.store.imports("me")


def good_before(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START))
    desk.connect(strava)
    assert desk.one().imported == 1


def good_after(desk: Desk) -> None:
    """The next sync is as if nothing had happened."""
    connection = desk.connection()
    if connection.retry_at is not None:
        desk.store.note_sync("me", "strava")
    report = desk.one()
    assert report.error is None, report.error


def well_said(error: FitintelError | None, kind: type[FitintelError]) -> None:
    assert type(error) is kind, error
    assert error is not None
    assert error.what
    assert error.next or error.why
    text = str(error)
    assert len(text) <= 500
    assert "Traceback" not in text
    assert "canary" not in text


UPSTREAM = {
    "a login page": (faults.login_page, UpstreamError),
    "an empty body": (faults.says(200), UpstreamError),
    "no content": (faults.no_content, UpstreamError),
    "a page that says it is JSON": (faults.says(200, faults.PAGE), UpstreamError),
    "data that says it is a page": (faults.says(200, b"[]", "text/html"), UpstreamError),
    "NaN": (faults.says(200, b"[NaN]"), UpstreamError),
    "a name twice": (faults.says(200, b'[{"id": 1, "id": 2}]'), UpstreamError),
    "nested too deep": (faults.says(200, b"[" * 5000 + b"]" * 5000), UpstreamError),
    "not text": (faults.says(200, b"\xff\xfe\x00"), UpstreamError),
    "an object for a list": (faults.says(200, {"message": "ok"}), UnexpectedAnswer),
    "an entry without id": (faults.says(200, [{"name": "x"}]), UnexpectedAnswer),
    "an id that is a path": (faults.says(200, [{"id": "../../admin"}]), UnexpectedAnswer),
    "500": (faults.says(500, b"oops"), UpstreamError),
    "503 with a page": (faults.says(503, faults.PAGE, "text/html"), UpstreamError),
    "silence after headers": (faults.silence_after_headers, UpstreamError),
    "reset": (faults.reset, UpstreamError),
    "one byte at a time": (faults.drip, UpstreamError),
    "one byte of header at a time": (faults.drip_headers, UpstreamError),
    "shorter than said": (faults.shorter_than_said, UpstreamError),
    "unasked packing": (faults.unasked_packing, UpstreamError),
    "a gzip bomb": (faults.bomb, AnswerTooLarge),
    "no end": (faults.endless, AnswerTooLarge),
    "a redirect to a private address": (faults.redirect("http://169.254.169.254/latest/meta-data/"), UnsafeAddress),
    "a redirect to a file": (faults.redirect("file:///etc/passwd"), UnsafeAddress),
    "a redirect to another port": (faults.redirect("http://127.0.0.1:9/"), UnsafeAddress),
    "a redirect in circles": (faults.redirect("/api/v3/athlete/activities"), UpstreamError),
}  # fmt: skip


@pytest.mark.parametrize("name", UPSTREAM)
def test_api_01_03_04_a_list_that_goes_wrong_changes_nothing_and_is_said(name: str, desk: Desk, strava) -> None:
    fault, kind = UPSTREAM[name]
    good_before(desk, strava)
    before = everything(desk)
    strava.add(ride(2, START + DAY))
    strava.go_wrong(LIST, fault, 100)
    quick = replace(desk.office.limits, read=0.5, total=1.0, attempts=2)
    desk.office = replace(desk.office, limits=quick)
    report = desk.one()
    well_said(report.error, kind)
    if "at a time" in name:
        assert report.error is not None
        assert "no whole answer within 1 s" in str(report.error.why), "no single byte was late"
    assert everything(desk) == before
    assert desk.connection().last_error
    strava.faults.clear()
    good_after(desk)
    assert len(desk.workouts()) == 2
    assert desk.connection().last_error == ""


def test_api_01_the_body_is_named_by_its_hash(desk: Desk, strava: StravaCloud) -> None:
    desk.connect(strava)
    strava.go_wrong(LIST, faults.login_page)
    error = desk.one().error
    assert error is not None
    assert "sha256" in str(error.why)


@pytest.mark.parametrize("name", ["an empty body", "500", "reset", "shorter than said", "a gzip bomb", "a login page"])
def test_a_ride_that_cannot_be_fetched_leaves_those_before_it_and_comes_later(name: str, desk, strava, rides) -> None:
    rides(3)
    desk.connect(strava)
    strava.go_wrong("/activities/2$", UPSTREAM[name][0], 100)
    report = desk.one()
    well_said(report.error, UPSTREAM[name][1])
    assert desk.workouts()["source_id"].tolist() == ["1"]
    assert desk.connection().cursor == START + DAY
    strava.faults.clear()
    good_after(desk)
    assert desk.workouts()["source_id"].tolist() == ["1", "2", "3"]


def test_a_burst_of_failures_is_waited_out(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(2)
    desk.connect(strava)
    strava.go_wrong(LIST, faults.says(500), 2)
    strava.go_wrong(ONE, faults.reset, 2)
    assert desk.one().imported == 2


def test_truncated_json_is_not_half_believed(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(1)
    desk.connect(strava)
    strava.go_wrong(ONE, faults.truncated(lambda: strava.activities["1"]), 1)
    well_said(desk.one().error, UpstreamError)
    assert len(desk.workouts()) == 0
    good_after(desk)
    assert len(desk.workouts()) == 1


@pytest.mark.parametrize(("after", "least", "most"), [("3600", 3590, 3610), ("1000000000", 86_390, 86_410)])
def test_api_02_a_wait_is_kept_up_to_a_day(desk: Desk, strava, after: str, least: int, most: int) -> None:
    good_before(desk, strava)
    strava.go_wrong(LIST, faults.says(429, {"message": "Rate Limit Exceeded"}, retry_after=after))
    report = desk.one()
    well_said(report.error, AskedToWait)
    assert report.waits_until is not None
    assert least <= (report.waits_until - datetime.now(UTC)).total_seconds() <= most
    asked = len(strava.requests)
    again = desk.one()
    assert isinstance(again.error, AskedToWait)
    assert len(strava.requests) == asked, "the service is not asked meanwhile"
    good_after(desk)


def test_api_02_a_date_is_a_wait_too_and_nonsense_is_none(desk: Desk, strava: StravaCloud) -> None:
    good_before(desk, strava)
    later = (datetime.now(UTC) + timedelta(hours=2)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    strava.go_wrong(LIST, faults.says(429, retry_after=later))
    assert isinstance(desk.one().error, AskedToWait)
    desk.store.note_sync("me", "strava")
    strava.go_wrong(LIST, faults.says(429, retry_after="soon"), 2)
    assert desk.one().error is None, "it was tried again"


def test_api_02_without_a_time_it_is_tried_again_and_then_said(desk: Desk, strava: StravaCloud) -> None:
    good_before(desk, strava)
    strava.go_wrong(LIST, faults.says(429), 100)
    well_said(desk.one().error, UpstreamError)


def test_api_02_a_short_wait_is_waited(desk: Desk, strava: StravaCloud) -> None:
    good_before(desk, strava)
    strava.go_wrong(LIST, faults.says(429, retry_after="0.1"), 1)
    assert desk.one().error is None


def test_api_02_limits_that_are_used_up_are_not_overdrawn(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(3)
    desk.connect(strava)
    strava.go_wrong("/activities/1/streams$", faults.says(
        200, samples(), x_ratelimit_limit="200,2000", x_ratelimit_usage="20,2000",
        x_readratelimit_limit="100,1000", x_readratelimit_usage="5,10",
    ))  # fmt: skip
    report = desk.one()
    well_said(report.error, AskedToWait)
    assert report.imported == 1, "what was paid for is kept"
    assert strava.asked("/activities/2") == []
    assert report.waits_until is not None
    assert (report.waits_until.hour, report.waits_until.minute) == (0, 0), "the day of UTC begins"


def test_api_02_one_accounts_wait_does_not_stop_the_others(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START), owner="77")
    strava.add(ride(2, START), owner="88")
    desk.connect(strava, "77", "anna")
    desk.connect(strava, "88", "ben")
    strava.go_wrong(LIST, faults.says(429, retry_after="3600"), 1)
    first, second = desk.sync()
    assert isinstance(first.error, AskedToWait)
    assert (second.error, second.imported) == (None, 1)


def test_three_broken_accounts_of_twenty_do_not_touch_the_others(desk: Desk, strava: StravaCloud) -> None:
    for number in range(20):  # names in order, so that reports are
        strava.add(ride(100 + number, START), owner=str(1000 + number))
        desk.connect(strava, str(1000 + number), f"athlete-{number:02}")
    strava.go_wrong("/activities/103$", faults.login_page, 100)
    strava.go_wrong("/activities/107$", faults.reset, 100)
    strava.go_wrong("/activities/111$", faults.redirect("http://10.0.0.1/"), 100)
    reports = desk.sync()
    broken = {report.athlete_id for report in reports if report.error is not None}
    assert broken == {"athlete-03", "athlete-07", "athlete-11"}
    assert sum(report.imported for report in reports) == 17


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
