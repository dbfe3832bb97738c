"""Writes that come twice are done once; imports that go on by themselves say how far they are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fitintel.api import repeats
from fitintel.core.requests import JobState
from fitintel.workbench import jobs
from fitintel.workbench.door import Workbench
from tests.access.world import World
from tests.api.people import V1, server, shown

REMARK = f"{V1}/athletes/red1/comments"
CSV = b"date,sport,duration (min),distance (km)\n2026-08-01,run,40,8\n2026-08-02,run,41,8\n"


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    with server(world) as made:
        yield made


def said(world: World, athlete: str = "red1") -> list[str]:
    with Workbench(world.settings) as bench:
        return [one.text for one in bench.comments(athlete)]


def say(client: TestClient, headers: dict[str, str], key: str, text: str = "twice") -> Any:
    return client.post(REMARK, json={"text": text}, headers={**headers, "idempotency-key": key})


def test_a_request_that_comes_again_is_done_once_and_answered_the_same(world: World, client: TestClient) -> None:
    first = say(client, shown(world, "red1"), "k1")
    # another log-in of the same person: the key is the account's
    second = say(client, shown(world, "red1"), "k1")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.status_code == 201
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert said(world).count("twice") == 1
    assert say(client, shown(world, "red1"), "k2", "thrice").status_code == 201
    assert said(world)[-2:] == ["twice", "thrice"]


def test_a_key_with_another_request_is_refused_and_another_account_has_its_own(
    world: World, client: TestClient
) -> None:
    mine = shown(world, "red1")
    assert say(client, mine, "k").status_code == 201
    assert say(client, mine, "k", "other words").status_code == 422
    assert client.post(f"{V1}/athletes/red1/answers", json={"key": "x", "action": "dismiss"},
                       headers={**mine, "idempotency-key": "k"}).status_code == 422  # fmt: skip
    theirs = say(client, shown(world, "coach-red"), "k")
    assert theirs.status_code == 201
    assert "idempotency-replayed" not in theirs.headers
    assert "other words" not in said(world)


def test_what_came_to_nothing_may_be_asked_anew(world: World, client: TestClient) -> None:
    mine = shown(world, "red1")
    assert say(client, mine, "k", "").status_code == 422
    assert say(client, mine, "k", "now with words").status_code == 201
    assert say(client, {}, "k").status_code == 401
    assert say(client, mine, "").status_code == 400
    assert say(client, mine, "x" * 256).status_code == 400


def test_a_first_request_that_is_under_way_is_waited_for_and_one_that_was_cut_off_is_not(
    world: World, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = shown(world, "red1")
    with Workbench(world.settings) as bench:
        ended: list[Any] = []
        with monkeypatch.context() as cut_off:
            cut_off.setattr(client.app.state.gate.vault, "end_repeat", ended.append)  # type: ignore[attr-defined]
            assert say(client, mine, "k").status_code == 201
            again = say(client, mine, "k")
            assert (again.status_code, again.headers["retry-after"]) == (409, "1")
        monkeypatch.setattr(repeats, "CUT_OFF", timedelta(0))
        assert say(client, mine, "k").status_code == 201
        assert bench.vault.begin_repeat(ended[0], datetime.now(UTC) - timedelta(days=1)) is not None
        assert bench.vault.begin_repeat(ended[0], datetime.now(UTC) + timedelta(days=1)) is None, "forgotten by then"


def test_what_was_answered_is_not_said_again_after_a_right_has_changed(world: World, client: TestClient) -> None:
    coach = shown(world, "coach-red")
    assert say(client, coach, "k", "of the coach").status_code == 201
    with Workbench(world.settings) as bench:
        bench.withdraw_consent(athlete_id="red1")
    again = say(client, coach, "k", "of the coach")
    assert again.status_code == 409
    assert "of the coach" not in again.text
    assert said(world).count("of the coach") == 1


def test_an_upload_that_comes_again_is_answered_the_same_and_log_ins_are_never_kept(
    world: World, client: TestClient
) -> None:
    mine = {**shown(world, "red1"), "idempotency-key": "up"}
    first, second = (client.post(f"{V1}/athletes/red1/imports", files=[("files", ("a.csv", CSV, "text/csv"))],
                                 headers=mine) for _ in range(2))  # fmt: skip
    assert first.json()[0]["imported"] == 2
    assert second.content == first.content
    wrong = {"name": "red1", "password": "no"}
    for _ in range(2):
        answer = client.post(f"{V1}/sessions", json=wrong, headers={"idempotency-key": "log"})
        assert answer.status_code == 401
        assert "idempotency-replayed" not in answer.headers


def test_an_import_that_goes_on_by_itself_says_how_far_it_is(world: World, client: TestClient) -> None:
    mine = shown(world, "red1")
    begun = client.post(f"{V1}/athletes/red1/imports", files=[("files", ("a.csv", CSV, "text/csv"))],
                        headers={**mine, "prefer": "respond-async"})  # fmt: skip
    assert begun.status_code == 202
    assert begun.headers["preference-applied"] == "respond-async"
    for _ in range(200):
        found = client.get(begun.headers["location"], headers=mine).json()
        if found["state"] != "working":
            break
        time.sleep(0.05)
    assert found["state"] == "done", found
    assert [one["imported"] for one in found["result"]] == [2]
    for name in ("red2", "coach-red", "boss"):
        theirs = client.get(begun.headers["location"], headers=shown(world, name))
        assert theirs.status_code == 404
        assert theirs.json() == client.get(f"{V1}/jobs/{found['id'][:-1]}x", headers=shown(world, name)).json() | {
            "title": theirs.json()["title"]
        }
    with Workbench(world.settings) as bench:
        told = [one for one in bench.vault.events(0) if one.kind == "job"]
        assert [(one.detail["job"], one.detail["state"]) for one in told] == [(found["id"], "done")]


def test_a_job_that_fails_or_falls_silent_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from fitintel.core.errors import UsageError

    with world.bench("athlete") as bench:

        def refuses(_: Any) -> None:
            raise UsageError("It cannot be", next="do something else")

        failed = jobs.work(bench, jobs.begin(bench, "red1"), refuses)
        assert (failed.state, failed.result["what"]) == (JobState.FAILED, "It cannot be")
        with pytest.raises(ZeroDivisionError):
            jobs.work(bench, jobs.begin(bench, "red1"), lambda _: 1 // 0)
        silent = jobs.begin(bench, "red1")
        assert jobs.job_of(bench, silent.id).state is JobState.WORKING
        monkeypatch.setattr(jobs, "SILENT", timedelta(0))
        assert jobs.job_of(bench, silent.id).result == jobs.CUT_OFF
