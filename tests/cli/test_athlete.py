"""fitintel athlete, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fitintel.cli.app import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path / "home"))


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == code, capsys.readouterr()
    out = capsys.readouterr()
    return out.out + out.err


def test_details_are_set_shown_and_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Kept: me: sex female, year of birth not said." in run(capsys, "athlete", "set", "--sex", "female")
    assert json.loads(run(capsys, "athlete", "set", "--born", "1985", "--json"))["sex"] == "female"
    assert "sex female, born 1985" in run(capsys, "athlete", "show")
    assert "are forgotten" in run(capsys, "athlete", "forget")
    assert "Nothing is kept" in run(capsys, "athlete", "show")
    assert "Nothing was kept" in run(capsys, "athlete", "forget")


def test_a_year_that_cannot_be_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert "is no year of birth" in run(capsys, "athlete", "set", "--born", "85", code=2)
    assert "Nothing was said" in run(capsys, "athlete", "set", code=2)
