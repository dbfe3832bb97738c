"""GraphQL: the figures of the brief, nothing that is not to be seen, and limits that hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fitintel.core import days
from fitintel.views.opened import view_of
from fitintel.workbench.door import Workbench
from tests.api.conftest import LAST

DAY = days.iso(LAST)
BOARD = """query ($day: String!) {
  athletes(first: 10) {
    items { id name brief(day: $day) { id sections { name lines { text badge runId run { id algorithm { id } } } } }
            workouts(first: 3) { items next } alerts { record } }
    next
  }
}"""


def asked(client: TestClient, query: str, **variables: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/graphql", json={"query": query, "variables": variables})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_board_in_one_query_says_what_the_briefs_say(client: TestClient, home: Path) -> None:
    found = asked(client, BOARD, day=DAY)
    assert "errors" not in found
    rows = {row["id"]: row for row in found["data"]["athletes"]["items"]}
    with Workbench.open(home) as bench:
        for name in ("ann", "bob"):
            view = view_of(bench.open_brief(name, LAST))
            said = [line["text"] for section in rows[name]["brief"]["sections"] for line in section["lines"]]
            assert said == [line.text for section in view.sections for line in section.lines]
            assert rows[name]["brief"]["id"] == view.header.brief_id
    lines = [line for section in rows["ann"]["brief"]["sections"] for line in section["lines"] if line["runId"]]
    assert all(line["run"]["id"] == line["runId"] and line["run"]["algorithm"]["id"] for line in lines)
    assert len(rows["ann"]["workouts"]["items"]) == 3


def test_what_is_not_there_is_null_and_an_error_says_what_to_do(client: TestClient) -> None:
    assert asked(client, '{ athlete(id: "nobody") { name } run(id: "r-none") { id } }') == {
        "data": {"athlete": None, "run": None}
    }
    found = asked(client, '{ athlete(id: "ann") { workouts(first: 100000) { next } } }')
    assert "200" in found["errors"][0]["message"]


@pytest.mark.parametrize(
    "query",
    [
        "{ " + " ".join(f'a{n}: athlete(id: "ann") {{ id }}' for n in range(40)) + " }",
        "{ athletes { items { brief { sections { lines { run { algorithm { id card } } } } } } } "
        "x: athletes { items { " + "id " * 3000 + "} } }",
        "{ athletes { items { brief { sections { lines { run { algorithm { id { a { b { c { d } } } } } } } } } } }",
    ],
    ids=["aliases", "tokens", "depth"],
)
def test_a_query_that_asks_for_too_much_is_refused_before_it_runs(client: TestClient, query: str) -> None:
    answer = client.post("/api/v1/graphql", json={"query": query}).json()
    assert answer.get("data") is None
    assert answer["errors"]


def test_an_answer_given_here_is_known_everywhere(client: TestClient, home: Path) -> None:
    with Workbench.open(home) as bench:
        bench.brief("ann", LAST)
        key = bench.told("ann")[0].key
    query = """mutation ($key: String!) { answer(athleteId: "ann", key: $key, action: "helpful", why: "so it was") }"""
    assert asked(client, query, key=key)["data"]["answer"]["action"] == "helpful"
    with Workbench.open(home) as bench:
        assert [(one.key, one.why) for one in bench.answers("ann")] == [(key, "so it was")]
    unknown = asked(client, query, key="nothing_of_the_kind")
    assert "nothing_of_the_kind" in unknown["errors"][0]["message"]
    with Workbench.open(home) as bench:
        workout = str(bench.workouts("bob")["id"][-1])
    said = asked(
        client, f'mutation {{ label(athleteId: "bob", workoutId: "{workout}", level: "activity", value: "walk") }}'
    )
    assert said["data"]["label"][0]["value"] == "walk"
    with Workbench.open(home) as bench:
        assert [one.value for one in bench.labels("bob")] == ["walk"]


def test_queries_by_get_and_pages_of_the_server_are_not_served(client: TestClient) -> None:
    assert client.get("/api/v1/graphql", params={"query": "{ athletes { next } }"}).status_code in (400, 404, 405)
