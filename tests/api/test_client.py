"""The generated client is that of this API, and reads what the server says."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fitintel.api.document import DIGEST, digest, document
from fitintel.core import days
from tests.api.conftest import LAST

CLIENTS = Path(__file__).parents[2] / "clients" / "python"


@pytest.fixture
def generated(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(CLIENTS))
    return importlib.import_module("fitintel_client").Client(base_url="http://127.0.0.1").set_httpx_client(client)


def asked(noun: str, verb: str, generated: Any, **given: Any) -> Any:
    return importlib.import_module(f"fitintel_client.api.{noun}.{verb}").sync(client=generated, **given)


def test_the_client_was_made_from_the_document_that_the_server_gives() -> None:
    assert (CLIENTS / DIGEST).read_text().strip() == digest(document()), "make client"


def test_each_operation_has_one_name() -> None:
    names = [said["operationId"] for methods in document()["paths"].values() for said in methods.values()]
    assert len(names) == len(set(names))


def test_the_client_reads_athletes_workouts_and_briefs(client: TestClient, generated: Any) -> None:
    assert [one.id for one in asked("athletes", "athletes", generated).items] == ["ann", "bob"]
    page = asked("workouts", "workouts", generated, athlete_id="ann", limit=3)
    plain = client.get("/api/v1/athletes/ann/workouts", params={"limit": 3}).json()
    assert [one.id for one in page.items] == [one["id"] for one in plain["items"]]
    assert [one.duration for one in page.items] == [one["duration"] for one in plain["items"]]
    assert page.next_ == plain["next"]
    day = days.iso(LAST)
    brief = asked("briefs", "brief", generated, athlete_id="ann", day=day)
    assert brief.to_dict() == client.get(f"/api/v1/athletes/ann/briefs/{day}").json()


def test_the_client_says_a_remark_and_reads_it(generated: Any) -> None:
    remark = importlib.import_module("fitintel_client.models").Remark(text="by the client")
    assert asked("alerts", "comment", generated, athlete_id="bob", body=remark).to_dict()["text"] == "by the client"
    assert "by the client" in [one.to_dict()["text"] for one in asked("alerts", "comments", generated,
                                                                      athlete_id="bob")]  # fmt: skip
