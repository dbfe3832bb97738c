"""One evaluation of everything: complete, the same for the same seed, kept, and read back."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
import pytest

from fitintel.core.errors import NotFound, StorageError
from fitintel.core.settings import read
from fitintel.core.workouts import Workouts
from fitintel.intelligence.simulate import DEVELOPMENT_SEED, simulate_squad
from fitintel.tracking.evaluations import metrics, parameters
from fitintel.views.evaluation import evaluation_rows, evaluation_summary
from fitintel.workbench.evaluate_all import HISTORY, SQUAD, Scale, code_digest, evaluate_all
from fitintel.workbench.figures import Figure, Target, middle, share
from fitintel.workbench.forecast_figures import forecast_figures
from fitintel.workbench.kept_evaluations import folder, keep, kept, mark_logged, waiting
from fitintel.workbench.simulated import checked
from fitintel.workbench.weekly_series import weekly_series

SMALL = Scale(athletes=2, years=2.0, replicates=1, replay_days=20)


@pytest.fixture(scope="module")
def person() -> Workouts:
    return checked(simulate_squad(seed=5, athletes=1, years=2.2, end_day=20366)[0]).workouts


@pytest.fixture(scope="module")
def made(person):
    return evaluate_all({"one": person}, seed=DEVELOPMENT_SEED, scale=SMALL)


@pytest.fixture
def settings(tmp_path):
    return read(home=tmp_path)


def test_every_aim_of_the_project_is_among_the_figures(made):
    aimed = {(each.of, each.area) for each in made.figures if each.target != Target()}
    assert aimed >= {
        (SQUAD, "forecast of weekly load"), (SQUAD, "classification: activity"), (SQUAD, "classification: session"),
        (SQUAD, "changes of habit"), (SQUAD, "entry errors and sensor faults"), (SQUAD, "alerts"),
        (HISTORY, "forecast of weekly load"), (HISTORY, "alerts"),
    }  # fmt: skip
    for nominal in ("50 %", "80 %", "95 %"):
        made.figure(SQUAD, "forecast of weekly load", f"{nominal} interval held the outcome")
    assert {row["subject"] for row in made.athletes[SQUAD]} == {"load", "distance", "duration", "ctl"}


def test_the_same_seed_gives_the_same_evaluation(made, person):
    again = evaluate_all({"one": person}, seed=DEVELOPMENT_SEED, scale=SMALL)
    assert again.id == made.id
    assert again.figures == made.figures


def test_another_seed_another_history_or_other_code_is_another_evaluation(made):
    assert len({made.id, replace(made, seed=1).id, replace(made, inputs={}).id, replace(made, code="other").id}) == 4
    assert replace(made, seconds=9.0).id == made.id


def test_an_evaluation_is_kept_once_and_read_back_as_it_was(made, settings):
    document = made.as_dict()
    place = keep(settings, document)
    written = place.stat().st_mtime_ns
    assert keep(settings, document) == place
    assert place.stat().st_mtime_ns == written
    assert kept(settings) == kept(settings, made.id) == json.loads(json.dumps(document))


def test_the_newest_is_shown_and_one_waits_until_it_is_logged(made, settings):
    first, second = made.as_dict(), replace(made, seed=1).as_dict()
    keep(settings, first)
    time.sleep(0.01)
    keep(settings, second)
    assert kept(settings)["id"] == second["id"]
    assert [each["id"] for each in waiting(settings)] == [first["id"], second["id"]]
    mark_logged(settings, first["id"])
    assert [each["id"] for each in waiting(settings)] == [second["id"]]


@pytest.mark.parametrize("name", ["e-12", "../secret", "e-" + "0" * 20])
def test_an_id_that_is_none_is_not_looked_for(settings, name):
    folder(settings).mkdir(parents=True)
    (settings.home / "secret.json").write_text("{}")
    with pytest.raises(NotFound):
        kept(settings, name)


def test_a_damaged_evaluation_is_named(made, settings):
    place = keep(settings, made.as_dict())
    place.write_text(place.read_text()[:100])
    with pytest.raises(StorageError, match="damaged") as caught:
        kept(settings, made.id)
    assert caught.value.where == str(place)


def test_the_table_has_every_figure_and_says_what_does_not_hold(made):
    document = made.as_dict()
    tables = evaluation_rows(document)
    assert sum(len(rows) for _, rows in tables.values()) == len(made.figures)
    missed = [each for each in made.figures if each.holds is False]
    verdicts = [row[-1] for _, rows in tables.values() for row in rows]
    assert verdicts.count("does not hold") == len(missed)
    said = evaluation_summary(document)
    assert made.id in said
    assert all(each.name in said for each in missed)


def test_mlflow_is_given_every_number_the_seed_and_all_versions(made):
    document = made.as_dict()
    numbers = metrics(document)
    assert sum("/low" not in name and "/high" not in name for name in numbers) == sum(
        each.value is not None for each in made.figures
    )
    said = parameters(document)
    assert said["seed"] == str(DEVELOPMENT_SEED)
    assert said["version.weekly_forecast"] == made.versions["weekly_forecast"]
    assert said["code"] == code_digest()
    assert all(len(value) <= 500 for value in said.values())


def test_an_aim_is_judged_by_the_value_and_not_without_one():
    figure = Figure("squad", "a", "b", "all", 0.9, None, None, 1, "cases", "share", Target(0.85, 0.95))
    assert figure.holds is True
    assert replace(figure, value=0.96).holds is replace(figure, value=0.84).holds is False
    assert replace(figure, value=None).holds is replace(figure, target=Target()).holds is None
    assert share("squad", "a", "b", 0, 0, "cases").value is None


def test_a_median_has_an_interval_from_three_athletes_on_that_holds_it():
    assert middle("squad", "a", "b", [0.5, 0.7], seed=1).low is None
    many = middle("squad", "a", "b", np.linspace(0.5, 1.5, 41).tolist(), seed=1)
    assert 0.5 < many.low < many.value < many.high < 1.5
    assert many == middle("squad", "a", "b", np.linspace(0.5, 1.5, 41).tolist(), seed=1)


def test_forecasts_that_are_no_better_than_last_year_are_counted():
    week = 7 * np.arange(160) + 18998
    season = 100 + 50 * np.sin(2 * np.pi * np.arange(160) / 52)
    noise = np.random.default_rng(1).gamma(4, 25, 160)
    figures, rows = forecast_figures(
        "squad", {"seasonal": {"load": (week, season)}, "noisy": {"load": (week, noise)}}, seed=1
    )
    losing = next(each for each in figures if each.name.startswith("athletes for whom it is no better"))
    assert (losing.value, losing.n) == (0.5, 2)
    assert [row["athlete"] for row in rows] == ["noisy", "seasonal"]


def test_weekly_load_adds_up_and_ctl_begins_warm(person):
    series = weekly_series(person)
    week, load = series["load"]
    assert len(week) == len(load)
    assert (np.diff(week) == 7).all()
    assert len(series["ctl"][0]) < len(week)
    assert np.isfinite(series["ctl"][1]).all()
    assert weekly_series(person.take(slice(0, 0))) == {}
