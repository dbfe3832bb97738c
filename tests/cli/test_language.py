"""fitintel brief and squad in another language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fitintel.cli.app import main


@pytest.fixture(autouse=True)
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path / "home"))
    rows = ["date,sport,duration (s),distance (m)"]
    rows += [f"2025-{1 + n // 28:02}-{1 + n % 28:02},running,{1500 + 7 * (n % 11)},{4000 + 90 * (n % 7)}"
             for n in range(0, 200, 2)]  # fmt: skip
    file = tmp_path / "history.csv"
    file.write_text("\n".join(rows))
    with pytest.raises(SystemExit):
        main(["import", str(file)])
    capsys.readouterr()


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == code
    out = capsys.readouterr()
    return out.out + out.err


def test_the_brief_is_told_in_the_language_that_is_asked_for(capsys):
    asked = ("brief", "--no-notebook", "--day", "latest")
    assert "Daily brief for You" in run(capsys, *asked)
    german = run(capsys, *asked, "--language", "de")
    assert "Tagesbericht für You" in german
    assert "Daten bis" in german
    document = json.loads(run(capsys, *asked, "--language", "fr", "--json"))
    assert document["language"] == "fr"
    assert [section["title"] for section in document["sections"]][:3] == ["Priorité", "Disponibilité", "Aujourd'hui"]


def test_the_same_values_stand_behind_the_sentences_of_every_language(capsys):
    asked = ("brief", "--no-notebook", "--day", "latest", "--json")
    english, spanish = (json.loads(run(capsys, *asked, "--language", code)) for code in ("en", "es"))
    for one, other in zip(english["sections"], spanish["sections"], strict=True):
        assert [line["values"] for line in one["lines"]] == [line["values"] for line in other["lines"]]
        assert [line["run_id"] for line in one["lines"]] == [line["run_id"] for line in other["lines"]]


def test_the_squad_and_what_changed_are_told_in_it_too(capsys):
    assert "Gruppe, " in run(capsys, "squad", "--language", "de", "--day", "latest")
    assert "Ce qui a changé pour You" in run(capsys, "brief", "--diff", "--day", "latest", "--language", "fr")


def test_an_unknown_language_is_wrong_usage_and_the_known_ones_are_named(capsys):
    said = run(capsys, "brief", "--no-notebook", "--day", "latest", "--language", "xx", code=2)
    assert "known: de, en, es, fr" in said


def test_what_the_reader_prefers_holds_for_every_report_until_another_is_asked_for(capsys, tmp_path):
    run(capsys, "prefer", "--language", "de", "--units", "imperial")
    brief = ("brief", "--no-notebook", "--day", "latest")
    said = run(capsys, *brief)
    assert "Tagesbericht für You" in said
    assert " mi" in said
    assert " km" not in said
    assert "Daily brief for You" in run(capsys, *brief, "--language", "en")
    assert " km" in run(capsys, *brief, "--units", "metric")
    assert " mi" in run(capsys, "workouts")
    file = tmp_path / "more.csv"
    file.write_text("date,sport,duration (s),distance (m)\n2025-11-02,running,1800,5000\n2025-11-03,running,x,5000\n")
    report = run(capsys, "import", str(file), code=3)
    assert "2 Zeilen gelesen" in report
    assert "in Quarantäne" in report
    assert " mi" in report
