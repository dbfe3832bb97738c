"""Requests and queries made from the two schemas, with the token of each role: no error of ours, nothing of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis_graphql import from_schema

from fitintel.api.document import document
from fitintel.api.graphql import schema
from tests.access.test_idor import may_know
from tests.access.world import World, found_in
from tests.api.people import V1, server, shown
from tests.api.test_idor import served
from tests.api.test_schema import OPERATIONS

ROLES = {"athlete": "red1", "coach": "coach-red", "scientist": "scientist", "admin": "boss"}
"""actor of the world -> its account"""
SERVICES = ("ingest", "nightly", "monitor")
"""actors without an account: they are put where a token would lead"""


def runs(examples: int) -> Any:
    return settings(max_examples=examples, deadline=None, derandomize=True, phases=(Phase.generate,),
                    suppress_health_check=list(HealthCheck), database=None)  # fmt: skip


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    with server(world, raise_server_exceptions=False) as made:
        yield made


def rest(client: TestClient, actor: str, headers: dict[str, str], examples: int) -> None:
    known = may_know(actor)
    for operation in OPERATIONS.values():
        if "sessions" in operation.path:
            continue

        @runs(examples)
        @given(case=operation.as_strategy())
        def asked(case: schemathesis.Case) -> None:
            sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
            sent.pop("cookies", None)
            own = {name: value for name, value in (sent.pop("headers", None) or {}).items()
                   if name.lower() != "authorization"}  # fmt: skip
            answer = client.request(**{key: value for key, value in sent.items() if value is not None},
                                    headers={**own, **headers})  # fmt: skip
            assert answer.status_code < 500, answer.text[:500]
            assert found_in(answer.text) <= known

        asked()


def graphql(client: TestClient, actor: str, headers: dict[str, str], examples: int) -> None:
    known = may_know(actor)

    @runs(examples)
    @given(query=from_schema(schema.as_str()))
    def asked(query: str) -> None:
        answer = client.post(f"{V1}/graphql", json={"query": query}, headers=headers)
        assert answer.status_code in (200, 400), answer.text[:500]
        assert "Unexpected error" not in answer.text
        assert found_in(answer.text) <= known

    asked()


@pytest.mark.parametrize("actor", ROLES)
def test_no_role_finds_an_error_or_what_is_not_theirs(actor: str, world: World, client: TestClient) -> None:
    headers = shown(world, ROLES[actor])
    rest(client, actor, headers, 1)
    graphql(client, actor, headers, 10)


@pytest.mark.slow
@pytest.mark.parametrize("actor", ROLES)
def test_many_requests_of_each_role_find_nothing_either(actor: str, world: World, client: TestClient) -> None:
    headers = shown(world, ROLES[actor])
    rest(client, actor, headers, 10)
    graphql(client, actor, headers, 100)


@pytest.fixture
def serving(world: World, request: pytest.FixtureRequest) -> Iterator[tuple[str, TestClient]]:
    """A service, and the server as it meets it."""
    name = str(request.param)
    with served(world, world.actors[name]) as made:
        yield name, made


@pytest.mark.parametrize("serving", SERVICES, indirect=True)
def test_no_service_finds_an_error_or_what_is_not_its_work(serving: tuple[str, TestClient]) -> None:
    name, client = serving
    rest(client, name, {}, 1)
    graphql(client, name, {}, 5)


@pytest.mark.slow
@pytest.mark.parametrize("serving", SERVICES, indirect=True)
def test_many_requests_of_each_service_find_nothing_either(serving: tuple[str, TestClient]) -> None:
    name, client = serving
    rest(client, name, {}, 10)
    graphql(client, name, {}, 100)


def test_every_body_that_is_written_refuses_what_it_does_not_know() -> None:
    found = document()
    forms = {said["$ref"].rpartition("/")[2] for methods in found["paths"].values() for operation in methods.values()
             for kind, content in operation.get("requestBody", {}).get("content", {}).items()
             if kind == "application/json" for said in [content["schema"]]}  # fmt: skip
    assert len(forms) >= 7
    assert [one for one in forms if found["components"]["schemas"][one].get("additionalProperties") is not False] == []
