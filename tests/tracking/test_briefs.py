"""Briefs as MLflow runs."""

from __future__ import annotations

import math

import pytest

from fitintel.core.records import Insight, Section
from fitintel.tracking.briefs import EXPERIMENT, IDS, TABLE, figures, log_briefs, parameters


@pytest.fixture
def log(client, mlflow_place):
    return lambda *briefs: log_briefs(client, briefs, mlflow_place.artifacts)


@pytest.fixture
def runs_of(client):
    def find(brief_id):
        place = client.get_experiment_by_name(EXPERIMENT).experiment_id
        return client.search_runs([place], f"tags.`fitintel.brief` = '{brief_id}'")

    return find


def test_a_brief_is_one_finished_run_with_figures_parameters_and_digest(log, runs_of, make_brief):
    assert log(make_brief("b-1")) == ("b-1",)
    (run,) = runs_of("b-1")
    assert run.info.status == "FINISHED"
    assert run.data.metrics == {"consistency/consistency/score": 71.5}
    assert run.data.params == {"athlete": "a-01", "day": "2025-10-07", "brief_version": "1.0.0", "pmc.ctl_days": "42"}
    assert run.data.tags["fitintel.inputs"] == "ab" * 32
    assert run.data.tags["algorithm.pmc"] == "1.2.0"
    assert run.data.tags["fitintel.simulated"] == "false"


def test_the_same_brief_is_logged_once(log, runs_of, make_brief):
    log(make_brief("b-2"))
    assert log(make_brief("b-2"), make_brief("b-3")) == ("b-3",)
    assert len(runs_of("b-2")) == len(runs_of("b-3")) == 1


def test_the_briefs_of_a_fleet_are_one_run_with_a_row_for_each(client, log, make_brief):
    import json

    import mlflow

    pairs = [make_brief(f"b-fleet-{i}", athlete_id=f"a-{i:02d}", inputs=f"{i:02d}" * 32) for i in range(30)]
    assert len(log(*pairs)) == 30
    place = client.get_experiment_by_name(EXPERIMENT).experiment_id
    (run,) = [one for one in client.search_runs([place]) if "b-fleet-7" in one.data.tags[IDS]]
    assert run.data.metrics == {"briefs": 30.0}
    assert run.data.tags["algorithm.pmc"] == "1.2.0"
    rows = json.loads(mlflow.artifacts.load_text(f"{run.info.artifact_uri}/{TABLE}"))
    assert [row["id"] for row in rows] == [brief.id for brief, _ in pairs]
    assert rows[7]["inputs"] == "07" * 32
    assert rows[7]["parameters"]["athlete"] == "a-07"
    assert rows[7]["figures"] == {"consistency/consistency/score": 71.5}


def test_after_an_interruption_only_what_was_not_logged_is_sent(client, log, make_brief):
    first = [make_brief(f"b-cut-{i}") for i in range(3)]
    log(*first)  # and nobody marked them
    assert log(*first, make_brief("b-cut-3")) == ("b-cut-3",)


def test_an_unfinished_run_is_completed_and_not_doubled(client, log, runs_of, make_brief):
    log(make_brief("b-warm"))
    place = client.get_experiment_by_name(EXPERIMENT).experiment_id
    client.create_run(place, tags={"fitintel.brief": "b-4"})  # all that was done before the interruption
    assert log(make_brief("b-4")) == ("b-4",)
    (run,) = runs_of("b-4")
    assert run.info.status == "FINISHED"
    assert run.data.metrics


def test_more_figures_than_one_call_takes_are_all_logged(log, runs_of, make_brief):
    many = {f"figure_{i:04d}": float(i) for i in range(1234)}
    log(make_brief("b-5", (Insight(Section.TRENDS, "many", many, ("r-1",)),)))
    (run,) = runs_of("b-5")
    assert len(run.data.metrics) == 1234


def test_only_finite_numbers_are_figures_and_no_text_is_logged(make_brief):
    values = {"name": "Ada Example", "note": "knee hurts", "on": True, "none": None, "nan": math.nan, "inf": math.inf,
              "mase": {"seasonal naive": 0.9, "theta": 0.8}, "n": 3}  # fmt: skip
    brief, _ = make_brief("b-6", (Insight(Section.FORECAST, "forecast", values, (), subject="distance"),))
    assert figures(brief) == {
        "forecast/forecast/distance/mase/seasonal naive": 0.9,
        "forecast/forecast/distance/mase/theta": 0.8,
        "forecast/forecast/distance/n": 3.0,
    }


def test_two_sentences_of_one_kind_keep_both_their_figures(make_brief):
    said = tuple(Insight(Section.ALERTS, "alert_entry_error", {"value": value}, ()) for value in (1.0, 2.0, 3.0))
    brief, _ = make_brief("b-7", said)
    assert list(figures(brief).values()) == [1.0, 2.0, 3.0]


def test_an_algorithm_that_ran_with_several_settings_says_so(make_brief):
    from dataclasses import replace

    brief, (run,) = make_brief("b-8")
    told = parameters(brief, [run, replace(run, parameters={"ctl_days": 28, "plan": {str(i): i for i in range(999)}})])
    assert told["pmc.ctl_days"] == "several"
    assert told["pmc.plan"].endswith("characters")
