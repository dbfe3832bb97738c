"""What goes wrong in lists, limits and single rides of an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.errors import AnswerTooLarge, AskedToWait, UnexpectedAnswer, UnsafeAddress, UpstreamError
from tests.ingest.connectors import faults
from tests.ingest.connectors.cases import LIST, ONE, everything, good_before, well_said
from tests.ingest.connectors.conftest import DAY, START, Desk
from tests.ingest.connectors.servers import StravaCloud, ride, samples


def good_after(desk: Desk) -> None:
    """The next sync is as if nothing had happened."""
    connection = desk.connection()
    if connection.retry_at is not None:
        desk.store.note_sync("me", "strava")
    report = desk.one()
    assert report.error is None, report.error


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
