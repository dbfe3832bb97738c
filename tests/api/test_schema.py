"""Requests made from the OpenAPI document: no server error, and no answer that the document does not know."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings

from fitintel.access.actor import LOCAL_OWNER
from fitintel.api.app import create_app
from fitintel.api.who import actor_of
from fitintel.core.settings import read as read_settings
from fitintel.workbench.door import Workbench

EXAMPLES = 5
"""requests an operation"""


def operations() -> dict[str, schemathesis.schemas.APIOperation]:
    schema = schemathesis.openapi.from_dict(create_app(read_settings({})).openapi())
    found = [result.ok() for result in schema.get_all_operations()]
    return {f"{one.method.upper()} {one.path}": one for one in found}


OPERATIONS = operations()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("schema")
    with Workbench.open(folder / "home") as bench:
        path = folder / "a.csv"
        path.write_text("date,sport,duration (min),distance (km)\n2026-01-01,run,33,7\n")
        bench.import_files([path], athlete_id="ann")
    app = create_app(read_settings({}, home=folder / "home"))
    app.dependency_overrides[actor_of] = lambda: LOCAL_OWNER
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as made:
        yield made


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_server_answers_as_its_document_says(name: str, client: TestClient) -> None:
    operation = OPERATIONS[name]
    known = {int(status) for status in operation.definition.raw["responses"] if str(status).isdecimal()}

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate),
              suppress_health_check=list(HealthCheck), database=None)  # fmt: skip
    @given(case=operation.as_strategy())
    def asked(case: schemathesis.Case) -> None:
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
        sent.pop("cookies", None)
        answer = client.request(**{key: value for key, value in sent.items() if value is not None})
        assert answer.status_code < 500, answer.text[:500]
        assert answer.status_code in known | {405}, (answer.status_code, answer.text[:500])
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["title"]

    asked()
