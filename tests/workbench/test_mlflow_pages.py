"""MLflow's own pages in a real browser, after 30 nights of briefs."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from fitintel.core import settings as settings_
from fitintel.workbench.door import Workbench
from fitintel.workbench.track import log_file
from tests.tracking.mlflow_servers import MlflowServer

pytestmark = pytest.mark.slow
NIGHTS = 30
PATIENCE = 180_000
"""ms; the pages are 20 MB of scripts, and the machine may have other work"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """(store, address of the server): the embedded MLflow after the nights of two athletes."""
    home = tmp_path_factory.mktemp("nights")
    settings = replace(settings_.read({}, home=home / "var"))
    with Workbench(settings) as bench:
        bench.ensure_demo()
        chosen = [one.id for one in bench.athletes()[:2]]
        last = int(bench.store.workouts(chosen[0])["day"][-1])
        for day in range(last - NIGHTS + 1, last + 1):
            for one in chosen:
                bench.brief(one, day)
        assert bench.track(night=True), log_file(settings).read_text()
        artifacts = (settings.home / "mlflow-artifacts").as_uri()
        with MlflowServer(home, settings.mlflow_uri, artifacts) as mlflow:
            yield bench, mlflow.uri


@pytest.fixture(scope="module")
def page(chromium):
    shown = chromium.new_page(viewport={"width": 1400, "height": 1000})
    shown.set_default_timeout(PATIENCE)
    yield shown
    shown.close()


def look(page, name: str) -> str:
    """The text of the page; a picture of it too, where FITINTEL_SCREENSHOTS names a folder."""
    if folder := os.environ.get("FITINTEL_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder, f"{name}.png")))
    return page.inner_text("body")


def test_the_registered_algorithms_are_listed(served, page):
    _, uri = served
    page.goto(f"{uri}/#/models")
    page.wait_for_selector("text=fitintel.anomaly.alert_budget")
    assert look(page, "models").count("fitintel.") >= 10


def test_a_model_shows_its_card_and_the_champion(served, page):
    bench, uri = served
    card = bench.card("weekly_forecast")
    page.goto(f"{uri}/#/models/fitintel.forecast.weekly_forecast")
    page.wait_for_selector("text=@ champion")
    text = look(page, "model")
    for said in (card.title, card.limits[0], card.validity.value, "owner", "inputs"):
        assert said in text, said


def test_the_performance_of_30_nights_is_a_chart(served, page):
    from fitintel.tracking.connection import connect

    bench, uri = served
    with connect(bench.settings.mlflow_uri) as client:
        place = client.get_experiment_by_name("fitintel.performance").experiment_id
        (run,) = client.search_runs([place], "tags.`fitintel.algorithm` = 'weekly_forecast'")
    page.goto(f"{uri}/#/experiments/{place}/runs/{run.info.run_id}/model-metrics")
    drawn = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(
        plot => (plot.data || []).map(line => (line.y || []).length))"""
    page.wait_for_function(f"({drawn})().some(nights => nights >= {NIGHTS})")
    text = look(page, "chart")
    assert "runs" in text
    assert "coverage" in text
