"""NB-03 and NB-04: no file of parameters is read as YAML with objects, and notebooks are local files alone."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import papermill
import pytest

from fitintel.access.policy import read
from fitintel.core.errors import UnreadableFile, UsageError
from fitintel.reporting.notebooks import declared, execute

PACKAGE = Path(__file__).parents[2] / "fitintel"
ADDRESSES = ("s3://other-bucket/brief.ipynb", "gs://bucket/brief.ipynb", "https://example.org/brief.ipynb",
             "github://owner/repo/brief.ipynb")  # fmt: skip


def calls(name: str) -> list[tuple[str, ast.Call]]:
    """Every call of something that is called so, with the file that it stands in."""
    return [(path.name, node) for path in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name]  # fmt: skip


def test_nb_03_no_yaml_is_read_into_objects() -> None:
    for unsafe in ("yaml.unsafe_load", "yaml.full_load", "yaml.load_all", "yaml.full_load_all", "yaml.unsafe_load_all"):
        assert calls(unsafe) == []
    assert [name for name, _ in calls("yaml.load")] == ["policy.py"], "its loader is derived from the safe one"
    assert calls("papermill.execute_notebook"), "parameters are values of a call, never a file"


@pytest.mark.parametrize("text", ["version: !!python/object/apply:os.system ['exit 1']",
                                  "version: !!python/name:os.system",
                                  "a: &a [x]\nb: &b [*a, *a]\nversion: [*b, *b]"])  # fmt: skip
def test_nb_03_a_python_object_or_a_bomb_of_aliases_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read(text)


@pytest.mark.parametrize("address", ADDRESSES)
def test_nb_04_an_address_is_no_notebook_and_is_never_asked_for(address: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        declared(Path(address))
    with pytest.raises(UnreadableFile):
        execute(Path(address), {}, tmp_path / "out.ipynb")


@pytest.mark.parametrize("address", ADDRESSES)
def test_nb_04_what_is_written_is_a_file_whatever_its_name(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def noted(source: str, out: str, **_: Any) -> None:
        given.extend((source, out))

    monkeypatch.setattr(papermill, "execute_notebook", noted)
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "brief.ipynb"
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "name: str = ''"}
    source.write_text(json.dumps({"cells": [cell]}))
    execute(source, {}, Path(address))
    assert len(given) == 2
    assert not any("://" in one for one in given)
