"""The command line as a person uses it: output, JSON, exit codes, errors without tracebacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "date,sport,distance (km),duration (min)\n2025-10-01,running,5.0,30\n2025-10-03,running,8.0,50\n"


@pytest.fixture
def run(tmp_path: Path):
    def call(*arguments: str, home: str = "home") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "FITINTEL_HOME": str(tmp_path / home), "NO_COLOR": "1"}
        return subprocess.run(
            [sys.executable, "-m", "fitintel", *arguments], capture_output=True, text=True, env=environment,
            cwd=tmp_path, timeout=300, check=False,
        )  # fmt: skip

    return call


def written(folder: Path, text: str, name: str = "table.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_import_prints_the_five_counts_as_json(run, tmp_path: Path) -> None:
    done = run("import", written(tmp_path, GOOD), "--json")
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert [counts[name] for name in ("read", "imported", "warned", "duplicate", "quarantined")] == [2, 2, 0, 0, 0]


def test_a_second_import_adds_nothing_and_says_so(run, tmp_path: Path) -> None:
    name = written(tmp_path, GOOD)
    run("import", name)
    again = run("import", name)
    assert again.returncode == 0
    assert "nothing" in again.stdout.lower()
    assert json.loads(run("import", name, "--json").stdout)["duplicate"] == 2


def test_quarantined_rows_give_exit_code_3_and_are_listed(run, tmp_path: Path) -> None:
    bad = GOOD + "2025-10-04,running,-3,20\n"
    done = run("import", written(tmp_path, bad))
    assert done.returncode == 3
    listed = run("quarantine", "--json")
    (row,) = json.loads(listed.stdout)
    assert (row["row"], row["rule"]) == (3, "negative")
    assert "-3" in row["value"]


def test_a_mended_file_is_retried_by_its_name_and_nothing_waits(run, tmp_path: Path) -> None:
    name = written(tmp_path, GOOD + "2025-10-04,running,-3,20\n")
    assert run("import", name).returncode == 3
    mended = run("quarantine", "retry", written(tmp_path, GOOD + "2025-10-04,running,3,20\n"), "--json")
    assert mended.returncode == 0
    assert json.loads(mended.stdout)["imported"] == 1
    assert json.loads(run("quarantine", "--json").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("import", "nowhere.csv"), 2, "nowhere.csv"),
        (("brief", "--athlete", "nobody"), 2, "nobody"),
        (("algorithms", "show", "pnc"), 2, "pmc"),
        (("replay", "r-0000"), 1, "r-0000"),
        (("brief", "--day", "yesterdayish"), 2, "yesterdayish"),
        (("nonsense",), 2, "nonsense"),
    ],
)
def test_errors_say_what_and_give_the_exit_code(run, tmp_path: Path, arguments, code: int, said: str) -> None:
    run("import", written(tmp_path, GOOD))
    done = run(*arguments)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_algorithms_lists_every_card_and_shows_one(run) -> None:
    listed = json.loads(run("algorithms", "--json").stdout)
    assert {"pmc", "weekly_forecast", "workout_type"} <= {card["id"] for card in listed}
    shown = run("algorithms", "show", "pmc")
    assert "validity" in shown.stdout
    assert "limit" in shown.stdout


def test_a_typed_workout_goes_into_the_brief_and_its_numbers_replay(run) -> None:
    for day in range(1, 29):
        run("add", f"2025-09-{day:02}", "--duration", "40min", "--distance", "7km") if day % 3 == 0 else None
    done = run("brief", "--day", "2025-09-28", "--no-notebook", "--json")
    assert done.returncode == 0, done.stderr
    view = json.loads(done.stdout)
    lines = [line for section in view["sections"] for line in section["lines"]]
    run_ids = {line["run_id"] for line in lines if line["run_id"]}
    replayed = json.loads(run("replay", sorted(run_ids)[0], "--json").stdout)
    assert replayed["same"] is True


def test_help_loads_nothing_heavy() -> None:
    heavy = ("numpy", "pandas", "sklearn", "statsmodels", "mlflow", "streamlit", "sqlalchemy", "rich", "pydantic")
    script = (
        "import sys\nfrom fitintel.cli.app import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "brief" in done.stdout


def test_a_file_that_cannot_be_used_fails_alone_but_not_among_good_ones(run, tmp_path: Path) -> None:
    empty, good = written(tmp_path, "", "empty.csv"), written(tmp_path, GOOD)
    alone = run("import", empty)
    assert alone.returncode == 1
    assert "empty" in alone.stdout
    together = run("import", empty, good)
    assert together.returncode == 3
    assert "2  imported" in together.stdout


def test_a_corrected_file_replaces_what_it_corrects(run, tmp_path: Path) -> None:
    lines = "id,date,sport,distance (km),duration (min)\nA1,2025-10-01,running,5.0,30\n"
    run("import", written(tmp_path, lines))
    done = run("import", written(tmp_path, lines.replace("5.0", "6.0"), "corrected.csv"), "--json")
    counts = json.loads(done.stdout)
    assert (counts["read"], counts["warned"], counts["duplicate"]) == (1, 1, 0)
    assert "stored 5000, now 6000" in counts["files"][0]["problems"][0]["detail"]
