"""fitintel wellness, threshold, goal, plan and excuse, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    return json.loads(run(capsys, *words, "--json", code=code))


def test_wellness_is_typed_and_listed_with_unit_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "wellness", "add", "2025-10-07", "--sleep", "7h30", "--rmssd", "61", "--asleep", "23:10")
    assert (said["read"], said["imported"]) == (1, 1)
    rows = told(capsys, "wellness", "list")
    assert [(row["day"], row["metric"], row["value"], row["unit"]) for row in rows] == [
        ("2025-10-07", "hrv_rmssd", 61.0, "ms"), ("2025-10-07", "sleep_duration", 27000.0, "s"),
        ("2025-10-07", "sleep_start", -3000.0, "s"),
    ]  # fmt: skip
    assert "7:30 h" in run(capsys, "wellness", "list")
    assert told(capsys, "wellness", "list", "--metric", "weight") == []


def test_wellness_out_of_range_is_kept_aside_with_exit_code_3(capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "wellness", "add", "2025-10-07", "--fatigue", "11", code=3)
    assert said["quarantined"] == 1
    assert "whole numbers 1 to 7" in json.dumps(said)
    assert "Next" in run(capsys, "wellness", "list") or "no wellness" in run(capsys, "wellness", "list").lower()


def test_statements_are_kept_listed_and_withdrawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert "250 W" in run(capsys, "threshold", "add", "power", "250W", "--from", "2025-09-01", "--sport", "cycling")
    assert told(capsys, "threshold", "list")[0]["valid_from"] == "2025-09-01"
    assert "withdrawn" in run(capsys, "threshold", "add", "power", "none", "--from", "2025-09-01", "--sport", "cycling")
    assert told(capsys, "threshold", "list") == []
    assert len(told(capsys, "threshold", "list", "--history")) == 2
    assert told(capsys, "goal", "add", "training_days", "4")["value"] == 4.0
    assert told(capsys, "plan", "add", "tomorrow-ish", "-t", "30min", code=2)["error"]["what"].startswith("day:")
    assert told(capsys, "excuse", "add", "2025-10-06", "2025-10-12", "--reason", "ill")["reason"] == "ill"
    assert "6 Oct 2025" in run(capsys, "excuse", "list")


def test_a_wrong_unit_names_the_units_and_ends_with_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert "units: W" in run(capsys, "threshold", "add", "power", "250kg", code=2)
    assert "70kg or 70lb" in run(capsys, "wellness", "add", "2025-10-07", "--weight", "70", code=2)


def test_a_table_of_several_people_asks_whose_rows_are_meant(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "dailySteps.csv"
    path.write_text("Id,ActivityDay,StepTotal\n1,4/13/2016,900\n2,4/13/2016,901\n")
    assert "--person 1" in run(capsys, "import", str(path), code=2)
    assert told(capsys, "import", str(path), "--person", "2")["imported"] == 1
    assert [row["value"] for row in told(capsys, "wellness", "list")] == [901.0]
