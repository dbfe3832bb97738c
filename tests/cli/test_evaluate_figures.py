"""fitintel evaluate forecast and alerts: a table and a sentence, or one JSON document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fitintel.cli.app import main
from fitintel.core import days

FIRST = days.number(days.date(2024, 9, 2))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace with two months of one person."""
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path / "home"))
    rows = [f"{days.iso(FIRST + at)},run,{30 + at % 7},{5 + at % 3}" for at in range(0, 60, 2)]
    (tmp_path / "diary.csv").write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
    run(capsys, "import", str(tmp_path / "diary.csv"))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("what", "header", "sentence"), [
    ("forecast", "athlete  weeks  ships", "Not enough data: no athlete has the 27 weeks"),
    ("alerts", "athlete  false alerts  months", "No history is long enough"),
])  # fmt: skip
def test_figures_are_a_table_with_its_sentence_and_the_same_as_json(home, capsys, what, header, sentence):
    text = run(capsys, "evaluate", what)
    assert text.split()[: len(header.split())] == header.split()
    assert sentence in text
    document = json.loads(run(capsys, "evaluate", what, "--json"))
    assert isinstance(document["athletes"], list)
