"""fitintel history, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fitintel.cli.app import main


@pytest.fixture(autouse=True)
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path / "home"))
    rows = ["date,sport,duration (s),distance (m)"]
    for week in range(90):
        for day in range(3 if week < 45 else 6):
            number = 7 * week + day
            rows.append(f"{2020 + number // 360}-{number % 360 // 30 + 1:02}-{min(number % 30 + 1, 28):02},running,"
                        f"{1500 + 7 * (number % 11)},{4000 + 90 * (number % 7)}")  # fmt: skip
    file = tmp_path / "history.csv"
    file.write_text("\n".join(dict.fromkeys(rows)))
    with pytest.raises(SystemExit):
        main(["import", str(file)])
    capsys.readouterr()


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["history", *words])
    assert ended.value.code == code
    out = capsys.readouterr()
    return out.out + out.err


def test_years_regimes_and_changes_are_printed_and_the_same_in_json(capsys):
    said = run(capsys)
    assert "What changed: " in said
    assert "Regimes" in said
    document = json.loads(run(capsys, "--json"))
    assert document["changes"]
    assert said.count("  before  ") == len(document["changes"])
    assert all(one["run_id"] in said for one in document["changes"])


def test_a_year_without_weeks_is_wrong_usage(capsys):
    assert "2031" in run(capsys, "--year", "2031", code=2)
