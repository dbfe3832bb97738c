"""The walk of the policy: every route, field, topic and page has its row here, and front ends have no other way in.

A row says what one must be allowed to do. It is held to the server: a token that is made for everything but that opens
nothing there. Verbs of the workbench, which commands and pages ask, are walked by reflection in test_idor.py.
"""

from __future__ import annotations

import ast
from pathlib import Path

from fastapi.testclient import TestClient

from fitintel.access.actor import Action, Kind
from fitintel.api.app import create_app
from fitintel.api.document import document
from fitintel.api.graphql import schema
from fitintel.api.hub import KINDS
from fitintel.core.events import Topic
from fitintel.workbench.door import Workbench
from tests.access.world import World

ROOT = Path(__file__).parents[2]
OPEN, SEEN, SELF, RELEASE = "open", "seen", "self", "release"
"""asks for nobody; lists what may be seen of anything; belongs to the account itself; is the same in every workspace"""
ROUTES = {
    "GET /health": OPEN, "POST /sessions": OPEN, "POST /sessions/renewals": OPEN, "DELETE /sessions": OPEN,
    "GET /athletes": SEEN, "GET /athletes/{athlete_id}": SEEN,
    "GET /athletes/{athlete_id}/workouts": "workout:read",
    "GET /athletes/{athlete_id}/workouts/{workout_id}/stream": "recording:read",
    "GET /athletes/{athlete_id}/labels": "workout:read",
    "POST /athletes/{athlete_id}/workouts/{workout_id}/labels": "workout:update",
    "DELETE /athletes/{athlete_id}/workouts/{workout_id}/labels": "workout:update",
    "GET /athletes/{athlete_id}/wellness": "health:read", "POST /athletes/{athlete_id}/wellness": "health:create",
    "GET /athletes/{athlete_id}/alerts": "brief:read", "GET /athletes/{athlete_id}/insights": "brief:read",
    "GET /athletes/{athlete_id}/answers": "brief:read", "POST /athletes/{athlete_id}/answers": "brief:annotate",
    "GET /athletes/{athlete_id}/comments": "message:read", "POST /athletes/{athlete_id}/comments": "message:create",
    "GET /athletes/{athlete_id}/briefs/{day}": "brief:read",
    "GET /athletes/{athlete_id}/imports": "import:read", "POST /athletes/{athlete_id}/imports": "import:create",
    "GET /athletes/{athlete_id}/quarantine": "import:read", "GET /jobs/{job_id}": SELF,
    "GET /athletes/{athlete_id}/consents": "consent:read", "POST /athletes/{athlete_id}/consents": "consent:create",
    "POST /athletes/{athlete_id}/consents/withdrawals": "consent:withdraw",
    "GET /athletes/{athlete_id}/access": "audit:read", "GET /athletes/{athlete_id}/export": "export:execute",
    "GET /athletes/{athlete_id}/{what}": "statement:read", "POST /athletes/{athlete_id}/{what}": "statement:create",
    "GET /squad/{day}": "brief:read", "GET /runs/{run_id}": "brief:read", "GET /runs/{run_id}/replay": "brief:read",
    "GET /runs/{run_id}/explanation": "brief:read", "GET /audit": "audit:read", "GET /audit/verdict": "audit:verify",
    "GET /algorithms": RELEASE, "GET /algorithms/{algorithm_id}": "algorithm:read",
}  # fmt: skip
"""route below /api/v1 -> `kind:action`"""
FIELDS = {
    "Query.athletes": SEEN, "Query.athlete": SEEN, "Query.run": "brief:read", "Query.algorithm": "algorithm:read",
    "Mutation.answer": "brief:annotate", "Mutation.label": "workout:update", "Subscription.events": "TOPICS",
    "Athlete.id": SEEN, "Athlete.name": "profile:read", "Athlete.units": SEEN, "Athlete.simulated": SEEN,
    "Athlete.brief": "brief:read", "Athlete.workouts": "workout:read", "Athlete.alerts": "brief:read",
}  # fmt: skip
"""field of GraphQL that opens something -> the same; what is below them is part of what they open"""
ALONE = ("storage", "tracking")
"""parts that hold records: front ends reach them through the workbench alone"""


def test_every_route_has_its_row_and_every_row_its_route() -> None:
    found = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, said in document()["paths"].items()
             for method in said}  # fmt: skip
    assert found == set(ROUTES)
    for right in {*ROUTES.values(), *FIELDS.values()} - {OPEN, SEEN, SELF, RELEASE, "TOPICS"}:
        kind, action = right.split(":")
        assert Kind(kind)
        assert Action(action)


def test_every_field_that_opens_something_has_its_row() -> None:
    kinds = schema._schema.type_map
    found = {f"{name}.{field}" for name in ("Query", "Mutation", "Subscription", "Athlete")
             for field in kinds[name].fields}  # type: ignore[union-attr]  # fmt: skip
    assert found == set(FIELDS)
    assert set(KINDS) == set(Topic)


def scopes_without(right: str) -> list[str]:
    return [f"{kind.value}:{action.value}" for kind in Kind for action in Action
            if f"{kind.value}:{action.value}" != right]  # fmt: skip


def test_a_token_for_everything_but_what_the_row_says_opens_nothing(world: World) -> None:
    rights = sorted({right for route, right in ROUTES.items() if ":" in right and route.startswith("GET")})
    tokens = {}
    with Workbench(world.settings) as bench:
        for right in rights:
            made = bench.new_token(right.replace(":", "-"), scopes_without(right), account="red1")
            tokens[right] = made.secret
        tokens["*"] = bench.new_token("all", ["*:*"], account="red1").secret
    theirs = world.objects["red1"]
    ids = {"{athlete_id}": "red1", "{workout_id}": theirs["workout_id"], "{day}": theirs["day"],
           "{run_id}": theirs["run_id"], "{what}": "thresholds", "{algorithm_id}": "pmc"}  # fmt: skip
    with TestClient(create_app(world.settings), base_url="http://127.0.0.1") as client:
        for route, right in ROUTES.items():
            method, path = route.split()
            if method != "GET" or ":" not in right:
                continue
            for name, value in ids.items():
                path = path.replace(name, value)
            narrow = client.get(f"/api/v1{path}", headers={"authorization": f"Bearer {tokens[right]}"})
            # a squad of nobody is nothing either
            nobody = path.startswith("/squad") and narrow.json()["athletes"] == []
            assert narrow.status_code in (403, 404) or nobody, (route, right, narrow.status_code)


def test_front_ends_get_at_records_through_the_workbench_alone() -> None:
    for folder in ("fitintel/cli", "fitintel/board", "streamlit_app"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else (
                    [one.name for one in node.names] if isinstance(node, ast.Import) else [])  # fmt: skip
                for name in names:
                    part = name.removeprefix("fitintel.").partition(".")[0]
                    assert not (name.startswith("fitintel.") and part in ALONE), (path, name)
