"""fitintel label, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fitintel.cli.app import main


@pytest.fixture(autouse=True)
def workout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path / "home"))
    run(capsys, "add", "2025-10-07", "--sport", "run", "--duration", "45min", "--distance", "4km")
    return str(told(capsys, "workouts")[0]["id"])


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == code, capsys.readouterr()
    out = capsys.readouterr()
    return out.out + out.err


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    return json.loads(run(capsys, *words, "--json", code=code))


def test_a_workout_is_labelled_listed_and_unlabelled(capsys: pytest.CaptureFixture[str], workout: str) -> None:
    assert run(capsys, "label", workout, "activity=walk", "session=easy", "--why", "I walked").count("Kept") == 2
    rows = told(capsys, "label", "list")
    assert [(row["level"], row["label"], row["why"]) for row in rows] == [
        ("activity", "walk", "I walked"), ("session", "easy", "I walked"),
    ]  # fmt: skip
    assert "Taken back" in run(capsys, "label", "undo", workout, "session")
    assert [row["level"] for row in told(capsys, "label", "list")] == ["activity"]
    assert len(told(capsys, "label", "list", "--history")) == 3


def test_the_long_form_is_the_same(capsys: pytest.CaptureFixture[str], workout: str) -> None:
    assert told(capsys, "label", "add", workout, "activity=walk") == told(capsys, "label", workout, "activity=walk")


def test_what_is_no_label_is_said(capsys: pytest.CaptureFixture[str], workout: str) -> None:
    assert "walk" in run(capsys, "label", workout, "activity=wlak", code=2)
    assert "activity=walk" in run(capsys, "label", workout, "walk", code=2)
    assert "one level" in run(capsys, "label", workout, "activity=walk", "activity=run", code=2)
    assert "No workout has a label" in run(capsys, "label", "list")
