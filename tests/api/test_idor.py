"""Every route and field, asked by everybody for somebody else's records: nothing of theirs comes out.

Routes come from the OpenAPI document, fields from the GraphQL schema: a new one is asked as soon as it is there. Each
answer is searched for canaries in body and headers, and an athlete that may not be seen answers as one that is not
there. The expectation is worked out from the specified matrix (tests/access/expected.py), by no code of access/.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fitintel.access.actor import Actor, Kind
from fitintel.api import hub, live
from fitintel.api.app import create_app
from fitintel.api.who import actor_of
from fitintel.core.events import Topic
from fitintel.workbench import happening
from fitintel.workbench.door import Workbench
from fitintel.workbench.happening import event
from tests.access.expected import COACHES, IS
from tests.access.test_idor import STRANGERS, may_know, state_of
from tests.access.world import ATHLETES, World, found_in, text_of
from tests.api.positions import BODIES

V1 = "/api/v1"
OPEN = {("post", f"{V1}/sessions"), ("post", f"{V1}/sessions/renewals"), ("delete", f"{V1}/sessions"),
        ("get", f"{V1}/health")}  # fmt: skip
"""routes that ask for nobody"""
FORMS = ("{}",)
"""ways in which an id is written into a path; all of them are in positions.py"""


def served(world: World, actor: Actor) -> TestClient:
    app = create_app(world.settings)
    app.dependency_overrides[actor_of] = lambda: actor.through("rest")
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


def routes(client: TestClient) -> list[tuple[str, str]]:
    paths = client.get(f"{V1}/openapi.json").json()["paths"]
    found = [(method, path) for path, said in paths.items() for method in said if (method, path) not in OPEN]
    return [(m, p.replace("{what}", what)) for m, p in found
            for what in (("thresholds", "goals", "plans", "excuses") if "{what}" in p else ("",))]  # fmt: skip


def ask(client: TestClient, method: str, path: str, theirs: dict[str, Any]) -> Any:
    body = BODIES.get(path.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
    if method == "post" and path.split("?")[0].endswith("/imports"):
        return client.post(
            path, files=[("files", ("x.csv", b"date,sport,duration (min)\n2026-01-01,run,3\n", "text/csv"))]
        )
    if method == "post":
        return client.post(path, json=json.loads(json.dumps(body or {}).replace("KEY", theirs["key"])))
    return client.request(method, path)


def targets(path: str, theirs: dict[str, Any], own: str | None, forms: tuple[str, ...] = FORMS) -> Iterator[str]:
    """The victim's ids in every place, in several ways; and the victim's records under the thief's own name."""
    ids = {"{workout_id}": theirs["workout_id"], "{day}": theirs["day"], "{run_id}": theirs["run_id"],
           "{algorithm_id}": "pmc"}  # fmt: skip
    for name, value in ids.items():
        path = path.replace(name, value)
    if "{athlete_id}" not in path:
        yield from (path, f"{path}?athlete_id={theirs['athlete_id']}", f"{path}?athlete={theirs['athlete_id']}")
        return
    for form in forms:
        whole = form.format(theirs["athlete_id"], theirs["athlete_id"])
        mark, _, query = whole.partition("?")
        yield path.replace("{athlete_id}", mark) + (f"?{query}" if query else "")
    if own is not None:
        yield path.replace("{athlete_id}", own)


def walk(name: str, world: World, victims: int, forms: tuple[str, ...]) -> int:
    known, own, before, made = may_know(name), IS.get(name), state_of(world), 0
    with served(world, world.actors[name]) as client:
        for (method, path), victim in product(routes(client), STRANGERS[name][:victims]):
            # what somebody writes under their own name is theirs
            mine = own if method == "get" or "{athlete_id}" not in path else None
            for target in targets(path, world.objects[victim], mine, forms):
                answer = ask(client, method, target, world.objects[victim])
                made += 1
                assert answer.status_code < 500, (name, method, target, answer.text[:300])
                text = f"{answer.text} {answer.headers}"
                assert found_in(text) <= known, (name, method, target, found_in(text) - known)
    after = state_of(world)
    if name == "nightly":  # a night may write messages, and nothing else (security.md, section 4)
        with Workbench(world.settings) as bench:
            for one in ATHLETES:
                place = after[one].index(text_of(bench.vault.comments(one)))
                before[one][place] = after[one][place]
    changed = {one for one in ATHLETES if before[one] != after[one]}
    theirs = {own} if own else {one for one in ATHLETES if one[:-1] == COACHES.get(name)}
    assert changed <= theirs | (set(ATHLETES) if name == "ingest" else set())
    return made


@pytest.mark.parametrize("name", STRANGERS)
def test_no_route_gives_or_changes_what_is_not_theirs(name: str, world: World) -> None:
    assert walk(name, world, 1, FORMS[:1]) >= 30


@pytest.mark.parametrize("name", ["anonymous", "athlete", "coach", "former coach", "scientist", "monitor"])
def test_an_athlete_that_may_not_be_seen_answers_as_one_that_is_not_there(name: str, world: World) -> None:
    victim = {"coach": "blue1"}.get(name, "red3")
    with served(world, world.actors[name]) as client:
        for method, path in routes(client):
            if "{athlete_id}" not in path or method != "get":
                continue
            answers = [ask(client, method, next(targets(path, {**world.objects[victim], "athlete_id": one}, None)),
                           world.objects[victim]) for one in (victim, "nobody7")]  # fmt: skip
            said = [(one.status_code, one.text.replace("nobody7", victim)) for one in answers]
            assert said[0] == said[1], (method, path)


def test_without_a_token_nothing_is_answered_and_with_a_wrong_one_neither(world: World) -> None:
    with TestClient(create_app(world.settings), base_url="http://127.0.0.1") as client:
        for (method, path), token in product(routes(client), (None, "Bearer fia_" + "x" * 43, "Basic YTpi", "Bearer")):
            headers = {"authorization": token} if token else {}
            target = next(targets(path, world.objects["red1"], None))
            answer = client.request(method, target, headers=headers, json={} if method == "post" else None)
            assert answer.status_code in (401, 422), (method, path, token, answer.status_code)
            assert not found_in(answer.text)


FIELDS = """{ athletes(first: 200) { items { id name brief(day: "%(day)s") { id sections { lines { text reason values
  run { id record algorithm { id } } } } } workouts(first: 200) { items } alerts(openOnly: false) { record } } }
  a: athlete(id: "%(victim)s") { id name brief(day: "%(day)s") { sections { lines { text values } } }
  workouts(first: 200) { items } alerts(openOnly: false) { record } } run(id: "%(run)s") { id record } }"""


@pytest.mark.parametrize("name", STRANGERS)
def test_no_graphql_field_gives_what_is_not_theirs(name: str, world: World) -> None:
    known, before = may_know(name), state_of(world)
    with served(world, world.actors[name]) as client:
        for victim in STRANGERS[name]:
            theirs = world.objects[victim]
            queries = [FIELDS % {"victim": victim, "day": theirs["day"], "run": theirs["run_id"]},
                       f'mutation {{ answer(athleteId: "{victim}", key: "{theirs["key"]}", action: "dismiss") }}',
                       f'mutation {{ label(athleteId: "{victim}", workoutId: "{theirs["workout_id"]}", '
                       'level: "activity", value: "hike") }']  # fmt: skip
            for query in queries:
                answer = client.post(f"{V1}/graphql", json={"query": query})
                assert answer.status_code == 200, answer.text
                assert found_in(answer.text) <= known, (name, victim, found_in(answer.text) - known)
    changed = {one for one, found in state_of(world).items() if found != before[one]}
    assert changed <= {one for one in ATHLETES if one[:-1] == COACHES.get(name)}


def test_a_query_walks_every_field_of_the_schema() -> None:
    from fitintel.api.graphql import schema

    for kind in ("Query", "Athlete", "Brief", "Section", "Line", "Run", "Alert", "WorkoutPage"):
        for field in schema._schema.type_map[kind].fields:  # type: ignore[union-attr]
            # names and titles carry no record; pages are walked by their rows
            assert field in FIELDS or field in ("algorithm", "next", "title", "day", "version", "cutoff", "units",
                                                "simulated", "code", "subject", "level", "badge", "validity", "runId",
                                                "parents"), (kind, field)  # fmt: skip


def events_of(world: World) -> list[Any]:
    with Workbench(world.settings) as bench:
        bench.vault.put_events([event(topic, "made", athlete) for topic in Topic for athlete in ATHLETES[:6]])
        return list(bench.vault.events(0))


@pytest.mark.parametrize("name", STRANGERS)
def test_no_topic_tells_what_is_not_theirs(name: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    happened = events_of(world)

    async def asks(_: Any) -> Actor:
        return world.actors[name].through("websocket")

    monkeypatch.setattr(live, "_actor", asks)
    with TestClient(create_app(world.settings), base_url="http://127.0.0.1") as client, client.websocket_connect(
        f"{V1}/live"
    ) as socket:  # fmt: skip
        socket.receive_json()
        for topic in Topic:
            socket.send_json({"type": "subscribe", "topic": topic.value, "after": 0})
            told = []
            while (said := socket.receive_json())["type"] == "event":
                told.append(said["athlete"])
            with world.bench(name) as bench:
                kind = happening.KINDS[topic]
                may = {one for one in ATHLETES if _expected(name, kind, one)}
                assert set(told) <= may, (topic, set(told) - may)
                assert bench.actor.id == world.actors[name].id
    assert happened


def _expected(name: str, kind: Kind, athlete: str) -> bool:
    from fitintel.access.actor import Action
    from tests.access.expected import Case, allowed

    return allowed(Case(name, Action.READ, kind, athlete, None, None))


def test_a_withdrawal_is_felt_by_an_open_socket_and_by_a_warm_server(world: World) -> None:
    with Workbench(world.settings) as bench:
        gate_token = _token(bench, "coach-red")
    headers = {"authorization": f"Bearer {gate_token}"}
    path = f"{V1}/athletes/red1/briefs/{world.objects['red1']['day']}"
    with TestClient(create_app(world.settings), base_url="http://127.0.0.1") as client:
        warm = client.get(path, headers=headers)
        assert warm.status_code == 200
        with client.websocket_connect(f"{V1}/live", headers=headers) as socket:
            socket.receive_json()
            socket.send_json({"type": "subscribe", "topic": "briefs", "athlete": "red1"})
            assert socket.receive_json()["type"] == "subscribed"
            with Workbench(world.settings) as bench:
                bench.withdraw_consent(athlete_id="red1")
            assert client.get(path, headers={**headers, "if-none-match": warm.headers["etag"]}).status_code in (
                403,
                404,
            )
            with Workbench(world.settings) as bench:
                bench.vault.put_events([event(Topic.BRIEFS, "made", "red1")])
            assert socket.receive_json() == {"type": "ended", "topic": "briefs", "athlete": "red1"}
            time.sleep(2 * hub.EVERY)
            socket.send_json({"type": "ping"})
            assert socket.receive_json()["type"] == "pong"
            socket.send_json({"type": "subscribe", "topic": "briefs", "athlete": "red1", "after": 0})
            assert socket.receive_json()["type"] == "refused"


def _token(bench: Workbench, name: str) -> str:
    from fitintel.workbench.sessions import Gate

    return Gate(bench.settings, bench.vault).let_in(bench.vault.account(name), strong=True).access
