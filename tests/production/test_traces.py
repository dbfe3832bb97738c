"""One trace from the gateway's header to SQL; and no span says who, what or where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from fitintel.api.app import create_app
from fitintel.core.spans import FOLDER, span, trace_id
from fitintel.core.spans_kept import DAYS, Lines
from tests.production.conftest import fill, settings_of

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"
CONF = Path(__file__).resolve().parents[2] / "deploy" / "nginx" / "gateway.conf.j2"


@pytest.fixture
def traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER, str(tmp_path / "traces"))
    return tmp_path / "traces"


@pytest.fixture
def client(traces: Path, tmp_path: Path) -> Iterator[TestClient]:
    settings = settings_of(tmp_path / "home", tmp_path / "repository")
    settings.home.mkdir()
    fill(settings, tmp_path)
    with TestClient(create_app(settings), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as made:
        yield made


def spans(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]


def test_one_trace_goes_from_the_gateways_header_to_sql(client: TestClient, traces: Path) -> None:
    answer = client.get("/api/v1/athletes/ann/workouts?limit=1", headers={"traceparent": PARENT})
    assert answer.status_code == 200
    mine = [one for one in spans(traces) if one["trace"] == TRACE]
    (request,) = (one for one in mine if one["name"] == "request")
    assert request["parent"] == "00f067aa0ba902b7"
    assert (request["method"], request["status"]) == ("GET", 200)
    assert "{athlete_id}" in str(request["route"])
    by_id = {one["span"]: one for one in mine}
    verbs = [one for one in mine if one["name"] == "verb"]
    statements = [one for one in mine if one["name"] == "statement"]
    assert verbs
    assert any("workouts" in str(one["statement"]) for one in statements)
    below = [one for one in statements if by_id.get(one["parent"], {}).get("name") == "verb"]
    assert below, "a statement belongs to the verb that sent it"
    assert all(by_id[one["parent"]]["name"] in ("request", "verb") for one in verbs)


def test_requests_without_the_header_are_traces_of_their_own(client: TestClient, traces: Path) -> None:
    for _ in range(2):
        client.get("/api/v1/athletes")
    found = {one["trace"] for one in spans(traces) if one["name"] == "request"}
    assert len(found) == 2
    assert TRACE not in found


def test_no_span_holds_an_id_a_value_or_a_query(client: TestClient, traces: Path) -> None:
    client.get("/api/v1/athletes/ann/workouts?limit=1&cursor=canary-in-a-query")
    client.post("/api/v1/athletes/ann/comments", json={"text": "canary in a note"})
    said = "".join(path.read_text() for path in traces.glob("*.jsonl"))
    assert said
    for word in ('"ann"', "/ann/", "canary", "first.csv"):
        assert word not in said, word


def test_a_failure_says_its_kind_and_not_its_words(traces: Path) -> None:
    with pytest.raises(ValueError, match="canary"), span("verb", verb="x"):
        raise ValueError("canary")
    (one,) = spans(traces)
    assert (one["failed"], one["error"]) == (True, "ValueError")
    assert "canary" not in json.dumps(one)


def test_without_the_setting_nothing_is_kept_and_opentelemetry_is_not_loaded(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = ("import sys; from fitintel.core.spans import span, trace_id\n"
            "with span('verb') as said: said['x'] = 1\n"
            "assert trace_id() == ''; sys.exit('opentelemetry' in sys.modules)")  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path).returncode == 0
    assert not list(tmp_path.iterdir())


def test_files_of_spans_are_kept_for_a_week(traces: Path) -> None:
    traces.mkdir()
    for day in range(1, 20):
        (traces / f"spans-2026-01-{day:02}.jsonl").touch()
    with span("verb"):
        assert len(trace_id()) == 32
    assert len(list(traces.glob("spans-2026-01-*"))) == DAYS
    assert all(path.stat().st_mode & 0o077 == 0 for path in traces.glob("spans-2026-1*"))


def test_a_full_disk_costs_spans_and_no_work(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert Lines(tmp_path / "file" / "below").export([]).name == "FAILURE"


def test_the_gateway_begins_every_trace_itself() -> None:
    text = CONF.read_text()
    assert 'proxy_set_header traceparent "00-$request_id-$first_span-01";' in text
    assert "$http_traceparent" not in text
