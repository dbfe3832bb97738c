"""evaluate, promote, promotions, rollback, replay and fairness, as a person types them."""

from __future__ import annotations

import json
import random
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fitintel.cli.app import main
from fitintel.core.details import Details
from fitintel.core.records import Athlete
from fitintel.workbench.door import Workbench
from tests.workbench.planted_versions import BETTER, FAILING, WORSE, planted  # noqa: F401
from tests.workbench.test_promotion import LAST, filled  # noqa: F401

FORECAST = "weekly_forecast"


class Shell:
    """Types commands in one workspace."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = home, capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        out = self._capsys.readouterr()
        assert ended.value.code == code, out
        return out.out + out.err

    def told(self, *words: str, code: int = 0) -> Any:
        return json.loads(self(*words, "--json", code=code))

    def bench(self) -> Workbench:
        return Workbench.open(self.home)


@pytest.fixture
def shell_in(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """A shell in a folder; what MLflow is told is tested elsewhere."""
    monkeypatch.setattr("fitintel.workbench.track.track_in_child", lambda *_, **__: True)

    def opened(home: Path) -> Shell:
        monkeypatch.setenv("FITINTEL_HOME", str(home))
        return Shell(home, capsys)

    return opened


@pytest.fixture
def shell(shell_in, filled: Path, tmp_path: Path, planted: Path) -> Shell:  # noqa: F811
    shutil.copytree(filled, tmp_path / "home")
    return shell_in(tmp_path / "home")


def test_past_runs_replay_alike_after_a_promotion_a_roll_back_and_a_restart(shell: Shell) -> None:
    with shell.bench() as bench:
        made = [bench.brief(name, day) for name in ("a00", "a01") for day in (LAST - 7, LAST)]
        runs = sorted({run for brief in made for run in brief.run_ids})
        forecasts = [run.id for run in bench.store.runs(runs) if run.algorithm == FORECAST]
    some = sorted({*random.Random(5).sample(runs, 20), *forecasts})
    assert forecasts

    def replayed() -> list[tuple[str, ...]]:
        found = [shell.told("replay", run) for run in some]
        assert all(one["same"] for one in found)
        return [(one["run"], one["version"], one["output"], json.dumps(one["value"])) for one in found]

    before = replayed()
    assert shell.told("evaluate", FORECAST, "--challenger", BETTER)["passed"]
    assert f"{BETTER} is in use" in shell("promote", FORECAST, BETTER, "--why", "it knows the cycle")
    with shell.bench() as bench:
        again = bench.brief("a00", LAST)
        (new,) = [run for run in bench.store.runs(again.run_ids) if run.algorithm == FORECAST][:1]
        assert new.version == BETTER
    assert replayed() == before
    assert shell.told("replay", new.id)["same"]
    assert f"{FAILING} (not in use) fails on these inputs: KeyError: 'no such sport'." in shell("replay", forecasts[0])
    shell("rollback", FORECAST, "--why", "to see")
    assert replayed() == before
    assert shell.told("replay", new.id)["same"], "what was promoted for a while replays too"


def test_the_figures_that_a_promotion_changes_are_kept_with_it_as_they_were(shell: Shell) -> None:
    with shell.bench() as bench:
        usual = bench.version_in_use(FORECAST)
        bench.brief("a00", LAST)
        bench.brief("a01", LAST)
        expected = bench.affected_figures(FORECAST, usual, BETTER)
    shell("evaluate", FORECAST, "--challenger", BETTER)
    made = shell.told("promote", FORECAST, BETTER)
    assert {row["athlete_id"] for row in made["affected"]} == {"a00", "a01"}
    assert [(row["figure"], row["before"], row["after"]) for row in made["affected"]] == [
        (one.figure, one.before, one.after) for one in expected]  # fmt: skip
    with shell.bench() as bench:
        bench.brief("a00", LAST)  # the newest brief is made with the new version: comparing now would tell nothing new
        bench.brief("a00", LAST - 70)
    name = made["promotion"]["id"]
    assert shell.told("promotions", "--figures", name)["affected"] == made["affected"]
    assert shell.told("promotions")["promotions"][0]["figures"] == len(expected)
    text = shell("promotions", "--figures", name)
    assert f"{len(expected)} figures of 2 latest briefs differ" in text
    assert expected[0].text in text
    assert "There is no promotion named 'p-0'" in shell("promotions", "--figures", "p-0", code=2)
    back = shell.told("rollback", FORECAST)["affected"]
    changed = {(row["athlete_id"], row["figure"]): row for row in back if row["athlete_id"] == "a01"}
    assert changed
    for one in expected:
        if one.athlete_id == "a01":
            row = changed[one.athlete_id, one.figure]
            assert (row["before"], row["after"]) == (one.after, one.before)


def test_a_worse_challenger_is_refused_in_words_with_exit_code_1(shell: Shell) -> None:
    assert "The gate refuses it" in shell("evaluate", FORECAST, "--challenger", WORSE)
    said = shell("promote", FORECAST, WORSE, code=1)
    assert f"The gate refuses {FORECAST} {WORSE}" in said
    assert "not so: it wins on interval_score over athletes" in said
    assert "Nothing was promoted" in shell("promotions")


def weeks_of(name: str, number: int, *, wandering: bool) -> str:
    """Weekly runs: around one distance, or wandering off from it week by week."""
    rng = np.random.default_rng([number, wandering])
    steps = rng.normal(0, 0.12, 60)
    level = np.exp(np.cumsum(steps) if wandering else steps)
    first = date(2025, 1, 6)
    lines = ["date,sport,duration (min),distance (km)"]
    lines += [f"{first + timedelta(weeks=week)},run,{60 * one:.1f},{10 * one:.3f}" for week, one in enumerate(level)]
    return "\n".join(lines)


def test_the_monthly_fairness_report_groups_by_what_athletes_said_and_raises_an_alert(shell_in, tmp_path: Path) -> None:
    """The histories of one sex are harder to forecast: the report says so, with the group named, without a table."""
    shell = shell_in(tmp_path / "home")
    with shell.bench() as bench:
        for number in range(48):
            name, sex = f"a{number:02}", ("female", "male")[number % 2]
            bench.store.put_athlete(Athlete(name, name))
            file = tmp_path / f"{name}.csv"
            file.write_text(weeks_of(name, number, wandering=sex == "female"))
            bench.import_files([file], athlete_id=name)
            bench.store.put_details(Details(name, sex, 1960 + number % 40, name, datetime.now(UTC)))
    text = shell("fairness", "--algorithm", FORECAST, "--month", "2026-03")
    assert "ALERT error of sex female and male" in text
    document = json.loads((tmp_path / "home" / "fairness" / "2026-03.json").read_text())
    assert any(one.startswith("error of sex female and male") for one in document["alerts"])
    (report,) = document["reports"]
    assert {row["by"] for row in report["rows"]} == {"sex", "age_band", "sport", "device_class", "history_length"}
    assert {(row["group"], row["athletes"]) for row in report["rows"] if (row["by"], row["figure"]) == ("sex", "error")
            } == {("female", 24), ("male", 24)}  # fmt: skip
    assert not any(gap["alarm"] for gap in report["gaps"] if gap["by"] == "age_band"), "ages are mixed over both"

    from fitintel.tracking.connection import connect
    from fitintel.tracking.fairness import EXPERIMENT
    from fitintel.workbench.track_promotions import tell_promotions

    with shell.bench() as bench:
        artifacts = (tmp_path / "artifacts").as_uri()
        assert tell_promotions(bench.settings, bench.store, artifacts) == (0, 1)
        assert tell_promotions(bench.settings, bench.store, artifacts) == (0, 0)
        with connect(bench.settings.mlflow_uri) as client:
            place = client.get_experiment_by_name(EXPERIMENT).experiment_id
            (run,) = client.search_runs([place])
    assert run.data.tags["fitintel.month"] == "2026-03"
    assert int(run.data.tags["fitintel.alerts"]) == len(document["alerts"])
    assert run.data.metrics[f"{FORECAST}/sex/female/error"] > 1.25 * run.data.metrics[f"{FORECAST}/sex/male/error"]
