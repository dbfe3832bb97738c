"""The commands and examples of docs/api.md, done as they stand there."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fitintel.core import settings
from fitintel.workbench.serving.api import command
from tests.services import free_port, server

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```sh\n([^`]+)```\n```json\n([^`]+)```", PAGE)
REST = "..."
"""what the page leaves out"""


@pytest.fixture(scope="module")
def address(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    line, environment = command(settings.read({}, home=home), port)

    def ready() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    words = ["env", *(f"{name}={value}" for name, value in environment.items()), *line]
    with server(words, tmp_path_factory.mktemp("docs") / "log", ready):
        yield f"127.0.0.1:{port}"


def agrees(shown: Any, found: Any) -> bool:
    """Whether an answer is what the page shows, but for what the page leaves out."""
    if shown == REST:
        return True
    if isinstance(shown, dict):
        wanted = {name: value for name, value in shown.items() if name != REST}
        return all(name in found and agrees(value, found[name]) for name, value in wanted.items()) and (
            REST in shown or set(found) == set(wanted)
        )
    if isinstance(shown, list):
        wanted = [one for one in shown if one != REST]
        return (
            len(found) >= len(wanted)
            and all(map(agrees, wanted, found))
            and (REST in shown or len(found) == len(wanted))
        )
    return bool(shown == found)


def test_the_page_has_examples_of_reading_writing_and_importing() -> None:
    assert len(COMMANDS) >= 5
    assert not agrees({"a": 1}, {"a": 1, "b": 2})
    assert not agrees([1], [2])


@pytest.mark.parametrize(("typed", "shown"), COMMANDS, ids=range(len(COMMANDS)))
def test_a_command_answers_as_the_page_shows(typed: str, shown: str, address: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed (Debian: apt-get install curl)")
    done = subprocess.run(["sh", "-ec", typed.replace("localhost:8000", address)], cwd=tmp_path, capture_output=True,
                          text=True, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert agrees(json.loads(shown), json.loads(done.stdout)), done.stdout[:2000]


def test_the_examples_of_the_client_answer_as_the_page_shows(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "clients" / "python"))
    generated = importlib.import_module("fitintel_client").Client(base_url="http://127.0.0.1")
    (examples,) = re.findall(r"```pycon\n([^`]+)```", PAGE)
    test = doctest.DocTestParser().get_doctest(
        examples, {"client": generated.set_httpx_client(client)}, "api.md", "docs/api.md", 0
    )
    assert doctest.DocTestRunner().run(test) == doctest.TestResults(0, 5)
