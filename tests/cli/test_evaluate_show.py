"""fitintel evaluate show, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fitintel.cli.app import main
from fitintel.core.settings import read
from fitintel.workbench.kept_evaluations import keep

TARGET = {"least": 0.85, "most": None}
DOCUMENT = {
    "id": "e-" + "a" * 20, "seed": 7, "end_day": 20366, "code": "c" * 64, "at": "2025-10-07T06:00:00+00:00",
    "seconds": 9.0, "scale": {"athletes": 2, "years": 3.0, "replicates": 1, "replay_days": 20}, "inputs": {},
    "athletes": {"squad": [], "history": []}, "versions": {"brief": "1.1.0"},
    "figures": [
        {"of": "squad", "area": "changes of habit", "name": "found", "group": "all", "value": 0.5, "low": 0.4,
         "high": 0.6, "n": 10, "unit_n": "cases", "unit": "share", "target": TARGET, "holds": False},
        {"of": "squad", "area": "alerts", "name": "false", "group": "all", "value": 0.25, "low": 0.1, "high": 0.4,
         "n": 1, "unit_n": "athlete-months", "unit": "per athlete-month", "target": {"least": None, "most": 0.5},
         "holds": True},
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "show", *words])
    assert ended.value.code == code
    out = capsys.readouterr()
    return out.out + out.err


def test_the_newest_is_shown_with_values_aims_and_what_does_not_hold(home, capsys):
    keep(read(home=home), DOCUMENT)
    said = run(capsys)
    assert "50.0 %" in said
    assert "at least 85.0 %" in said
    assert "1 athlete-month " in said
    assert "1 of 2 aims hold." in said
    assert "changes of habit: found: 50.0 %, aim at least 85.0 %" in said
    assert json.loads(run(capsys, str(DOCUMENT["id"]), "--json")) == DOCUMENT


def test_without_one_it_says_how_to_make_one(capsys):
    assert "fitintel evaluate all" in run(capsys, code=1)
