"""Twelve actors, every route, field and topic, the ids of others in every place of a request: nothing comes out.

Each cell (actor, route, place) is asked once, for a victim that is drawn for it, so that every actor meets all twelve
athletes; who has an account shows its token, as other software does. The full form; tests/api/test_idor.py is the fast.
"""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fitintel.access.actor import Action, Actor, Kind
from fitintel.api.app import create_app
from fitintel.api.graphql import schema
from fitintel.api.who import actor_of
from fitintel.core.events import Topic
from fitintel.core.requests import Job, JobState
from fitintel.core.settings import read as read_settings
from fitintel.workbench import happening
from fitintel.workbench.door import Workbench
from fitintel.workbench.happening import event
from tests.access.expected import COACHES, IS, Case, allowed
from tests.access.test_idor import may_know, state_of
from tests.access.world import ATHLETES, World, canary, found_in, now, text_of
from tests.api.people import V1, shown
from tests.api.positions import POSITIONS, Wish
from tests.api.test_idor import routes

SEED = 8
ACCOUNTS = {"athlete": "red1", "teammate": "red2", "stranger": "blue1", "coach": "coach-red",
            "other coach": "coach-blue", "former coach": "coach-former", "scientist": "scientist",
            "admin": "boss"}  # fmt: skip
"""actor -> its account; nobody has none, and services are no accounts"""
ASKED = {
    "alias": 'query {{ a: athlete(id: "{own}") {{ id }} b: athlete(id: "{victim}") {{ {all} }} }}',
    "variable": 'query q($x: String!) {{ athlete(id: $x) {{ {all} }} run(id: "{run}") {{ id record }} }}',
    "nested": 'query {{ athletes(first: 200) {{ items {{ {all} }} }} '
              'run(id: "{run}") {{ id record parents }} }}',
    "list": 'query {{ athlete(id: ["{victim}", "{own}"]) {{ {all} }} }}',
    "fragment": 'query {{ athlete(id: "{victim}") {{ ...f }} }} fragment f on Athlete {{ {all} }}',
    "cursor": 'query {{ athletes(first: 1, after: "WyJyZWQiXQ") {{ items {{ {all} }} next }} }}',
    "answer": 'mutation {{ answer(athleteId: "{victim}", key: "{key}", action: "dismiss", why: "x") }}',
    "own answer": 'mutation {{ answer(athleteId: "{own}", key: "{victim}:{key}", action: "dismiss") }}',
    "label": 'mutation {{ label(athleteId: "{own}", workoutId: "{workout}", level: "activity", value: "hike") }}',
}  # fmt: skip
"""place in a query -> the query"""
ALL = ('id name brief(day: "{day}") {{ id sections {{ lines {{ text reason values run {{ id record }} }} }} }} '
       "workouts(first: 200) {{ items }} alerts(openOnly: false) {{ record }}")  # fmt: skip


@contextlib.contextmanager
def asking(world: World, name: str) -> Iterator[TestClient]:
    """The server, asked with the token of an actor; a service, which has none, is put in its place."""
    app = create_app(world.settings)
    service: Actor = world.actors[name]
    headers = shown(world, ACCOUNTS[name]) if name in ACCOUNTS else {}
    if name not in ACCOUNTS and name != "anonymous":
        app.dependency_overrides[actor_of] = lambda: service.through("rest")
    with TestClient(app, base_url="http://127.0.0.1", headers=headers, raise_server_exceptions=False) as client:
        yield client


def copied(kept: World, folder: Path) -> World:
    """A world of one actor's own."""
    shutil.copytree(kept.settings.home, folder)
    return replace(kept, settings=read_settings({}, home=folder))


def begun(world: World) -> dict[str, str]:
    """A job of each athlete, that says what only they know; and the tag of each athlete's own brief."""
    with Workbench(world.settings) as bench:
        for one in ATHLETES:
            bench.vault.put_job(Job(f"j-{one}", one, one, "import", now(), now(), JobState.DONE, 1, 1,
                                    {"what": canary(one, "training")}))  # fmt: skip
    tags = {}
    for one in ATHLETES:
        with TestClient(create_app(world.settings), base_url="http://127.0.0.1", headers=shown(world, one)) as client:
            answer = client.get(f"{V1}/athletes/{one}/briefs/{world.objects[one]['day']}")
            assert answer.status_code == 200, answer.text
            tags[one] = answer.headers["etag"]
    return tags


def victims(name: str, draw: random.Random) -> Iterator[str]:
    """All that are not the actor's own, in an order that is drawn, again and again."""
    others = [one for one in ATHLETES if one != IS.get(name)]
    while True:
        yield from draw.sample(others, len(others))


def at_routes(name: str, world: World, client: TestClient, tags: dict[str, str], draw: random.Random) -> int:
    known, own, made, whose = may_know(name), IS.get(name, "nobody7"), 0, victims(name, draw)
    seen: set[tuple[str, str]] = set()
    for method, route in routes(client):
        for place, written in POSITIONS.items():
            theirs = {**world.objects[victim := next(whose)], "job_id": f"j-{victim}"}
            answer = client.request(**written(Wish(method, route, theirs, own, tags[victim])).kwargs())
            made += 1
            cell = (name, method, route, place, victim)
            assert answer.status_code < 500, (cell, answer.text[:300])
            text = f"{answer.text} {answer.headers}"
            assert found_in(text) <= known, (cell, found_in(text) - known)
            seen |= found_in(text)
            # that nothing has changed is known only to who may read it, and to the service that made it
            assert answer.status_code != 304 or any(
                allowed(Case(name, action, Kind.BRIEF, victim, None, None)) for action in (Action.READ, Action.CREATE)
            ), cell
    # the walk reaches what may be read: a server that refused everything would pass it otherwise
    assert bool(seen) is (name in IS or name in COACHES or name == "nightly"), (name, seen)
    return made


def at_fields(name: str, world: World, client: TestClient, draw: random.Random) -> int:
    known, made = may_know(name), 0
    seen: set[tuple[str, str]] = set()
    for victim in draw.sample(ATHLETES, len(ATHLETES)):
        if victim == IS.get(name):
            continue
        theirs = world.objects[victim]
        said = {"victim": victim, "own": IS.get(name, "nobody7"), "run": theirs["run_id"], "key": theirs["key"],
                "workout": theirs["workout_id"], "all": ALL.format(day=theirs["day"])}  # fmt: skip
        for place, query in ASKED.items():
            one: dict[str, Any] = {"query": query.format(**said)}
            if place == "variable":
                one["variables"] = {"x": victim}
            for sent in (one, [one, one]):
                answer = client.post(f"{V1}/graphql", json=sent)
                made += 1
                assert answer.status_code < 500, (name, victim, place, answer.text[:300])
                text = f"{answer.text} {answer.headers}"
                assert found_in(text) <= known, (name, victim, place, found_in(text) - known)
                seen |= found_in(text)
    assert bool(seen) is (name in IS or name in COACHES or name == "nightly"), (name, seen)
    return made


def at_topics(name: str, world: World, client: TestClient) -> int:
    """With a socket for each topic: each athlete's, everybody's, several, and from the first event on."""
    made, told = 0, 0
    for topic in Topic:
        may = {one for one in ATHLETES if allowed(Case(name, Action.READ, happening.KINDS[topic], one, None, None))}
        with client.websocket_connect(f"{V1}/live") as socket:
            socket.receive_json()
            for wanted in (*ATHLETES, None, "red1,red2", ["red1", "red2"]):
                socket.send_json({"type": "subscribe", "topic": topic.value, "athlete": wanted, "after": 0})
                made += 1
                while (said := socket.receive_json())["type"] == "event":
                    assert said["athlete"] in may, (name, topic, wanted, said)
                    told += 1
                # promotions are of no athlete, whoever is named
                open_to_all = wanted is None or topic is Topic.PROMOTIONS
                assert said["type"] == "refused" or open_to_all or wanted in may, (name, topic, wanted, said)
                assert found_in(str(said)) <= may_know(name)
    assert told or not (name in IS or name in COACHES), name
    return made


def left_alone(name: str, world: World, before: dict[str, list[str]]) -> None:
    """What is stored of others is what it was; a night may write messages (security.md, section 4)."""
    after, own = state_of(world), IS.get(name)
    if name == "nightly":
        with Workbench(world.settings) as bench:
            for one in ATHLETES:
                place = after[one].index(text_of(bench.vault.comments(one)))
                before[one][place] = after[one][place]
    theirs = {own} if own else {one for one in ATHLETES if one[:-1] == COACHES.get(name)}
    assert {one for one in ATHLETES if before[one] != after[one]} <= theirs | (
        set(ATHLETES) if name == "ingest" else set()
    )


def attempts(name: str, world: World, draw: random.Random) -> dict[str, int]:
    """Everything that one actor asks, each kind counted."""
    tags = begun(world)
    with Workbench(world.settings) as bench:
        bench.vault.put_events([event(topic, "made", one) for topic in Topic for one in ATHLETES])
    with asking(world, name) as client:
        before = state_of(world)
        made = {"routes": at_routes(name, world, client, tags, draw), "fields": at_fields(name, world, client, draw)}
        if name in ACCOUNTS:
            made["topics"] = at_topics(name, world, client)
        left_alone(name, world, before)
    return made


@pytest.mark.slow
def test_five_thousand_attempts_with_ids_in_every_place_give_nothing(kept_world: World, tmp_path: Path) -> None:
    draw, total, cells = random.Random(SEED), 0, 0
    for name, actor in kept_world.actors.items():
        assert actor.id
        made = attempts(name, copied(kept_world, tmp_path / name.replace(" ", "-")), draw)
        print(f"{name}: {made}")
        total, cells = total + sum(made.values()), cells + made["routes"]
    print(f"seed {SEED}: {total:,} attempts; {cells:,} cells of 12 actors, every route and {len(POSITIONS)} places")
    assert len(kept_world.actors) == 12
    assert cells >= 12 * 40 * len(POSITIONS)
    assert total >= 5_000


def test_each_query_is_one_that_the_schema_answers() -> None:
    from graphql import parse, validate

    said = {"victim": "a", "own": "b", "run": "r", "key": "k", "workout": "w", "all": ALL.format(day="2026-10-01")}
    for place, query in ASKED.items():
        errors = validate(schema._schema, parse(query.format(**said)))
        # a list in the place of one id is refused
        assert bool(errors) is (place == "list"), (place, errors)


def test_a_request_of_each_place_names_the_victim() -> None:
    theirs = {"athlete_id": "victim9", "workout_id": "w-victim9", "run_id": "r-victim9", "key": "k"}
    for place, written in POSITIONS.items():
        sent = written(Wish("post", "/athletes/{athlete_id}/workouts/{workout_id}/labels", theirs, "me", '"t-victim9"'))
        assert "victim9" in f"{sent.path} {sent.query} {sent.headers} {sent.body} {sent.file}", place
