"""The examples of the OpenAPI document: one for each request and answer, true to their schemas, and nobody's secret."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fitintel.api.document import document
from fitintel.api.examples import RECORDED
from tests.api.recorded import cut, masked

DOCUMENT = document()
JSON = "application/json"


def parts() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each JSON body of a request and of an answer that says that it was done."""
    for path, methods in DOCUMENT["paths"].items():
        for method, said in methods.items():
            bodies = {"request": said.get("requestBody", {}), **{
                status: answer for status, answer in said["responses"].items() if status.startswith("2")}}  # fmt: skip
            for which, body in bodies.items():
                if JSON in body.get("content", {}):
                    yield f"{method} {path} {which}", body["content"][JSON]


@pytest.mark.parametrize(("name", "part"), [pytest.param(*one, id=one[0]) for one in parts()])
def test_each_request_and_answer_has_an_example_that_fits_its_schema(name: str, part: dict[str, Any]) -> None:
    schema = {**part["schema"], "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(part["example"])
    assert part["example"] not in ({}, []), name


def test_every_recorded_route_is_one_of_the_document() -> None:
    routes = {f"{method} {path}" for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert set(json.loads(RECORDED.read_text())) <= routes


def test_examples_hold_no_token_and_no_place_of_the_machine_they_were_made_on() -> None:
    text = RECORDED.read_text()
    assert not re.search(r"fi[arp]_[\w-]{8}", text)
    assert not re.search(r"/(tmp|work|home|root)/", text)


def test_what_opens_something_is_masked_and_lists_are_cut() -> None:
    assert masked({"access": "fia_0123456789", "name": "anna"}) == {"access": "fia_...", "name": "anna"}
    assert cut({"items": [1, 2, 3], "next": None}) == {"items": [1, 2], "next": None}
