"""REST: the same records as people read, in pages, with problems that say what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from fitintel.api.app import create_app
from fitintel.core import days, settings
from fitintel.views.opened import view_of
from fitintel.workbench.door import Workbench
from tests.api.conftest import LAST

V1 = "/api/v1"
DAY = days.iso(LAST)


def test_pages_hold_every_workout_once_newest_first(client: TestClient, home: Path) -> None:
    found, cursor = [], None
    while True:
        answer = client.get(
            f"{V1}/athletes/ann/workouts", params={"limit": 7, **({"cursor": cursor} if cursor else {})}
        )
        assert answer.status_code == 200
        page = answer.json()
        assert len(page["items"]) <= 7
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    with Workbench.open(home) as bench:
        stored = bench.workouts("ann")
    assert [row["id"] for row in found] == [
        str(one)
        for _, one in sorted(zip(stored["day"], stored["id"], strict=True), key=lambda r: (-int(r[0]), str(r[1])))
    ]
    assert {row["hr_mean"] for row in found} == {None}
    assert all(row["duration"] > 0 for row in found)


def test_a_brief_is_what_people_read_and_is_not_sent_twice(client: TestClient, home: Path) -> None:
    answer = client.get(f"{V1}/athletes/ann/briefs/{DAY}")
    with Workbench.open(home) as bench:
        view = view_of(bench.open_brief("ann", LAST))
    assert answer.json() == json.loads(json.dumps(view.as_dict(), default=str))
    again = client.get(f"{V1}/athletes/ann/briefs/{DAY}", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{V1}/athletes/ann/briefs/{DAY}", params={"units": "imperial"})
    assert other.headers["etag"] != answer.headers["etag"]


def test_each_run_of_a_brief_can_be_opened_and_explained(client: TestClient) -> None:
    brief = client.get(f"{V1}/athletes/bob/briefs/{DAY}").json()
    runs = {line["run_id"] for section in brief["sections"] for line in section["lines"] if line["run_id"]}
    assert len(runs) > 5
    for run_id in sorted(runs):
        assert client.get(f"{V1}/runs/{run_id}").json()["id"] == run_id
    assert client.get(f"{V1}/runs/{min(runs)}/explanation").status_code == 200


def test_every_algorithm_has_its_card(client: TestClient) -> None:
    page = client.get(f"{V1}/algorithms", params={"limit": 200}).json()
    with Workbench.open() as bench:
        assert {one["id"] for one in page["items"]} == set(bench.cards())
    assert client.get(f"{V1}/algorithms/pmc").json()["id"] == "pmc"


def test_a_file_is_taken_in_once_and_its_rows_are_counted(client: TestClient) -> None:
    content = b"date,sport,duration (min),distance (km)\n2026-01-02,run,40,8\n2026-01-03,run,x,8\n"
    sent = [("files", ("../../new.csv", content, "text/csv")), ("files", ("new.csv", b"\x00\x01", "text/csv"))]
    good, bad = client.post(f"{V1}/athletes/bob/imports", files=sent).json()
    assert good["file"] == "new.csv"
    assert (good["read"], good["imported"] + good["warned"], good["quarantined"]) == (2, 1, 1)
    assert bad["outcome"] == "quarantined"
    assert bad["error"]
    again = client.post(f"{V1}/athletes/bob/imports", files=sent[:1]).json()[0]
    assert again["imported"] == again["warned"] == 0
    waiting = client.get(f"{V1}/athletes/bob/quarantine").json()["items"]
    assert {one["rule"] for one in waiting} >= {good["problems"][0]["rule"]}
    ledger = client.get(f"{V1}/athletes/bob/imports").json()["items"]
    assert {one["file_name"] for one in ledger} >= {"new.csv", "bob.csv"}


def test_what_is_stated_and_said_comes_back(client: TestClient) -> None:
    mine = f"{V1}/athletes/ann"
    goal = {"fields": {"kind": "training_days", "value": "4", "valid_from": DAY}}
    assert client.post(f"{mine}/goals", json=goal).status_code == 201
    assert [(one["kind"], one["value"], one["valid_from"]) for one in client.get(f"{mine}/goals").json()] == [
        ("training_days", 4.0, DAY)
    ]
    night = {"day": DAY, "values": {"sleep_duration": "7h20", "resting_hr": "52"}}
    assert client.post(f"{mine}/wellness", json=night).json()["imported"] == 1
    values = {one["metric"]: one["value"] for one in client.get(f"{mine}/wellness").json()["items"]}
    assert values == {"sleep_duration": 26_400.0, "resting_hr": 52.0}
    workout = client.get(f"{mine}/workouts").json()["items"][0]["id"]
    client.post(f"{mine}/workouts/{workout}/labels", json={"activity": "walk", "why": "it was one"})
    assert [(one["workout_id"], one["value"]) for one in client.get(f"{mine}/labels").json()] == [(workout, "walk")]
    client.delete(f"{mine}/workouts/{workout}/labels")
    assert client.get(f"{mine}/labels").json() == []
    client.post(f"{mine}/comments", json={"text": "<script>alert(1)</script>"})
    assert [one["text"] for one in client.get(f"{mine}/comments").json()] == ["<script>alert(1)</script>"]
    assert client.post(f"{mine}/comments", json={"text": "x", "by": "another"}).status_code == 422
    brief = client.get(f"{mine}/briefs/{DAY}").json()
    assert brief["day"] == DAY


def test_the_squad_and_the_archive_are_there(client: TestClient) -> None:
    assert {row["athlete"] for row in client.get(f"{V1}/squad/{DAY}").json()["athletes"]} == {"ann", "bob"}
    archive = client.get(f"{V1}/athletes/ann/export")
    assert archive.headers["content-type"] == "application/zip"
    assert archive.content[:2] == b"PK"
    seen = client.get(f"{V1}/athletes/ann/access").json()
    assert {"rest"} <= {one["surface"] for one in seen}


def test_every_route_is_described(client: TestClient) -> None:
    document = client.get(f"{V1}/openapi.json").json()
    assert document["info"]["title"] == "fitintel"
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            assert said.get("summary"), (path, method)
            assert said.get("description"), (path, method)


@pytest.mark.parametrize(
    ("path", "status"),
    [("athletes/nobody", 404), ("athletes/nobody/workouts", 404), (f"athletes/ann/briefs/{DAY}x", 422),
     ("athletes/ann/workouts?limit=0", 422), ("athletes/ann/workouts?limit=1000", 422), ("runs/r-none", 404),
     ("athletes/ann/workouts?cursor=%00", 422), ("athletes/ann/workouts?cursor=e30", 422), ("algorithms/no", 404),
     ("athletes/ann/workouts?since=yesterday", 422), ("nothing", 404), (f"athletes/ann/briefs/{DAY}?units=ells", 422),
     (f"athletes/ann/briefs/{DAY}?language=tlh", 422)],
)  # fmt: skip
def test_a_problem_says_what_and_never_more_than_it_should(client: TestClient, path: str, status: int) -> None:
    answer = client.get(f"{V1}/{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status
    assert said["title"]
    assert "Traceback" not in answer.text


def test_answers_are_private_and_foreign_hosts_are_refused(client: TestClient) -> None:
    answer = client.get(f"{V1}/athletes/ann/comments")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get(f"{V1}/athletes", headers={"host": "evil.example"}).status_code == 421


def test_without_accounts_only_this_machine_is_let_in(home: Path) -> None:
    app = create_app(settings.read({}, home=home))
    with TestClient(app, base_url="http://127.0.0.1", client=("192.0.2.7", 1)) as far:
        assert far.get(f"{V1}/athletes").status_code == 403
        assert far.get(f"{V1}/health").json() == {"status": "up"}


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: TestClient) -> None:
    answer = client.post(f"{V1}/sessions", content=b"{" + b" " * 2_000_000 + b"}")
    assert answer.status_code == 413
