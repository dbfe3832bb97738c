"""How algorithms fare: errors and coverage as truth arrives, labels, answered alerts, drift of inputs, limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from fitintel.cli.app import app
from fitintel.core import snapshot
from fitintel.core.answers import Action, Answer, Told
from fitintel.core.performance import Executed, Expected, Fared, Point
from fitintel.core.records import Athlete
from fitintel.storage.store import Store
from fitintel.workbench.door import Workbench
from fitintel.workbench.limits import limits, outside
from fitintel.workbench.points import close_days
from fitintel.workbench.truths import agreement, precision, settle
from tests.storage.examples import a_brief, a_run

DAY = 20353
"""Monday 22 September 2025"""
WEEKS = "Date,Activity,Distance (km),Duration\n" + "".join(
    f"2025-{month:02d}-{day:02d},Run,{5 + day % 3},{1800 + 60 * day}\n" for month in (8, 9) for day in range(1, 29)
)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    (tmp_path / "history.csv").write_text(WEEKS)
    with Workbench.open(tmp_path / "home", surface="cli") as opened:
        opened.store.put_athlete(Athlete("anna", "Anna"))
        opened.import_files([tmp_path / "history.csv"], athlete_id="anna")
        yield opened


def said(store: Store, fared: Fared, name: str, athlete: str = "anna", day: int = DAY) -> None:
    """A brief of which only what it says of its algorithms matters."""
    store.save_brief(replace(a_brief(), id=name, athlete_id=athlete, day=day), [a_run()], fared=fared)


def forecast(due: int, low: float, high: float, *, run: str = "r-1", span: int = 7) -> Expected:
    return Expected("anna", run, due, "weekly_forecast", "2.0.0", "distance", span, (low + high) / 2, low, high, 0.8)


def ran(name: str, day: int = DAY, athlete: str = "anna", **more: Any) -> Executed:
    given = {"version": "2.0.0", "runs": 4, "insufficient": 1, "seconds": (0.1, 0.3), "inputs": {}}
    return Executed(athlete, name, day, "weekly_forecast", **{**given, **more})


def test_a_forecast_is_judged_by_the_total_of_its_week_once_the_week_is_over(bench: Workbench) -> None:
    store, week = bench.store, DAY - 7
    rows = bench.workouts("anna")
    inside = (rows["day"] >= week) & (rows["day"] < week + 7)
    truth = float(rows["distance"][inside].sum())
    assert truth > 0
    said(
        store, Fared((ran("b-1"),), (forecast(week, truth - 1, truth + 5), forecast(week + 7, 0, 1, run="r-2"))), "b-1"
    )
    assert settle(store, week + 6) == 0, "its last day is not over"
    assert settle(store, week + 7) == 1
    assert settle(store, week + 7) == 0
    (one,) = store.expected(since=week)
    assert (one.truth, one.judged, one.covered, one.error) == (truth, week + 7, True, pytest.approx(2.0))


def test_the_point_of_a_night_has_error_and_coverage_with_their_interval(bench: Workbench) -> None:
    store, week = bench.store, DAY - 14
    rows = bench.workouts("anna")
    truths = [float(rows["distance"][(rows["day"] >= at) & (rows["day"] < at + 7)].sum()) for at in (week, week + 7)]
    held = forecast(week, truths[0] - 10, truths[0] + 30)
    missed = forecast(week + 7, truths[1] + 100, truths[1] + 300, run="r-2")
    said(store, Fared((ran("b-1"),), (held, missed)), "b-1")
    (point,) = [one for one in close_days(store, bench.blobs, DAY + 1) if one.algorithm == "weekly_forecast"]
    figures = point.figures
    assert (figures["runs"], figures["insufficient_share"]) == (4, 0.25)
    assert figures["error_distance"] == pytest.approx((10 + 200) / 2)
    assert (figures["coverage"], figures["coverage_n"], figures["nominal"]) == (0.5, 2, 0.8)
    assert (figures["coverage_low"], figures["coverage_high"]) == (pytest.approx(0.0945, abs=1e-4),
                                                                   pytest.approx(0.9055, abs=1e-4))  # fmt: skip
    assert figures["latency_p50"] == pytest.approx(0.2)
    assert close_days(store, bench.blobs, DAY + 1) == (), "each run and each forecast is counted once"
    said(store, Fared((ran("b-2", DAY + 1),), ()), "b-2", day=DAY + 1)
    (later,) = close_days(store, bench.blobs, DAY + 2)
    assert (later.figures["coverage"], later.figures["coverage_n"]) == (0.5, 2), "the window goes on"
    assert "truths" not in later.figures


def guesses(bench: Workbench) -> dict[str, str]:
    """What the newest brief said of each workout's activity."""
    made = bench.store.brief(bench.store.briefs("anna")[-1][0])
    run = next(one for one in bench.store.runs(made.run_ids) if one.algorithm == "activity_type")
    value = snapshot.load(bench.blobs.get("snapshots", run.output))
    return dict(zip(map(str, value["id"]), map(str, value["label"]), strict=True))


def test_labels_are_held_against_what_was_said_before_them(bench: Workbench) -> None:
    now = datetime.now(UTC)
    first = str(bench.workouts("anna")["id"][0])
    bench.label(first, activity="hike", athlete_id="anna")
    assert agreement(bench.store, bench.blobs, now + timedelta(hours=1), 90) == {}, "nothing had been said yet"
    bench.brief("anna", "2025-09-28")
    known = guesses(bench)
    some = [name for name in known if name != first and known[name] == "run"][:5]
    for place, name in enumerate(some):
        bench.label(name, activity="run" if place < 3 else "hike", athlete_id="anna")
    bench.brief("anna", "2025-09-28")  # knows the labels, and proves nothing
    later = datetime.now(UTC) + timedelta(hours=1)
    assert agreement(bench.store, bench.blobs, later, 90) == {"activity_type": (3, 5)}
    assert agreement(bench.store, bench.blobs, later + timedelta(days=91), 90) == {}, "only of the window"
    bench.label(some[4], activity="run", athlete_id="anna")
    assert agreement(bench.store, bench.blobs, later, 90) == {"activity_type": (3, 4)}, "that brief knew a label"


def test_alerts_are_held_against_what_was_answered(bench: Workbench) -> None:
    store, now = bench.store, datetime.now(UTC)
    made = bench.brief("anna", "2025-09-28")
    run = next(one for one in store.runs(made.run_ids) if one.algorithm == "load_change")
    answers = {"k-1": Action.ACKNOWLEDGE, "k-2": Action.HELPFUL, "k-3": Action.DISMISS, "k-4": Action.SNOOZE,
               "k-5": Action.ACKNOWLEDGE}  # fmt: skip
    for key, action in answers.items():
        level = "notice" if key == "k-5" else "alert"
        section = "trends" if key == "k-5" else "alerts"
        store.tell([Told("anna", made.day, made.id, key, section, "alert_load", level, (run.id,), (), made.day)])
        store.answer([Answer(f"a-{key}", "anna", key, action, made.day, "me", now)])
    assert precision(store, now, 90)["load_change"] == (2, 3), "a snooze says nothing, and a notice is no alert"
    assert precision(store, now + timedelta(days=91), 90) == {}
    store.answer([Answer("a-again", "anna", "k-1", Action.DISMISS, made.day, "me", now + timedelta(seconds=1))])
    assert precision(store, now + timedelta(seconds=2), 90)["load_change"] == (1, 3), "the last word counts"


def nights(store: Store, moved: float, athletes: int) -> None:
    """Two nights 28 days apart; the second with inputs that are so much higher."""
    rng = np.random.default_rng(athletes)
    for number in range(athletes):
        name = f"a{number:02}"
        store.put_athlete(Athlete(name, name))
        value = float(rng.normal(100, 10))
        for place, day in enumerate((DAY - 28, DAY)):
            one = ran(
                f"b-{name}-{place}", day, name, inputs={"values": value + place * (moved + float(rng.normal(0, 1)))}
            )
            said(store, Fared((one,), ()), f"b-{name}-{place}", name, day)


@pytest.mark.parametrize(
    ("moved", "athletes", "alert"), [(30.0, 40, True), (0.0, 40, False), (30.0, 9, False)],
    ids=["inputs that moved", "inputs that did not", "a fleet that is too small"],
)  # fmt: skip
def test_drift_of_inputs_is_an_alert_when_it_is_more_than_chance(
    bench: Workbench, moved: float, athletes: int, alert: bool
) -> None:
    nights(bench.store, moved, athletes)
    points = {one.day: one.figures for one in close_days(bench.store, bench.blobs, DAY + 1)}
    assert not any(name.startswith("psi") for name in points[DAY - 28]), "nothing is there to compare with"
    index = points[DAY].get("psi/values")
    assert (index is None) == (athletes < limits().athletes)
    found = [one for one in outside(points[DAY], limits()) if one.startswith("drift of values")]
    assert bool(found) == alert
    assert points[DAY]["outside_limits"] == len(outside(points[DAY], limits()))
    if alert:
        assert index is not None
        assert index > max(limits().alert, points[DAY]["psi_by_chance"])
        assert found[0].endswith("(alert)")


@pytest.mark.parametrize(("figures", "says"), [
    ({"coverage": 0.5, "coverage_n": 40, "nominal": 0.8}, "coverage 0.50 of 40 cases"),
    ({"coverage": 0.7, "coverage_n": 40, "nominal": 0.8}, ""),  # at most 0.82: within what chance allows
    ({"coverage": 0.2, "coverage_n": 19, "nominal": 0.8}, ""),  # too few to judge
    ({"label_agreement": 0.5, "label_agreement_n": 60}, "label_agreement 0.50 of 60 cases"),
    ({"label_agreement": 0.8, "label_agreement_n": 60}, ""),
    ({"alert_precision": 0.2, "alert_precision_n": 30}, "alert_precision 0.20 of 30 cases"),
    ({"alert_precision": 0.45, "alert_precision_n": 30}, ""),
    ({"insufficient_rise": 0.3}, "insufficient_share has risen by 0.30"),
    ({"insufficient_rise": 0.1}, ""),
    ({"latency_p95": 2.5}, "latency_p95 2.5 s"),
    ({"psi/load": 0.2, "psi_by_chance": 0.05}, "drift of load: index 0.20, limit 0.1 (notice)"),
    ({"psi/load": 0.2, "psi_by_chance": 0.3}, ""),  # a small fleet moves so much by chance
])  # fmt: skip
def test_what_lies_outside_the_limits_is_said_and_nothing_else(figures: dict[str, float], says: str) -> None:
    found = outside(figures, limits())
    assert len(found) == bool(says)
    assert all(one.startswith(says) for one in found)


def test_a_rise_of_too_little_data_is_against_the_nights_before(bench: Workbench) -> None:
    for place in range(3):
        one = ran(f"b-{place}", DAY + place, insufficient=0 if place < 2 else 3)
        said(bench.store, Fared((one,), ()), f"b-{place}", day=DAY + place)
    points = close_days(bench.store, bench.blobs, DAY + 3)
    assert [one.figures.get("insufficient_rise") for one in points] == [None, 0.0, 0.75]
    assert any("has risen by 0.75" in one for one in outside(points[-1].figures, limits()))


def test_the_command_shows_figures_intervals_and_what_is_outside(bench: Workbench, monkeypatch) -> None:
    figures = {"runs": 24.0, "coverage": 0.5, "coverage_n": 40.0, "coverage_low": 0.352, "coverage_high": 0.648,
               "nominal": 0.8, "insufficient_share": 0.125, "latency_p95": 0.02, "error_distance": 5210.0}  # fmt: skip
    made = [Point("weekly_forecast", DAY + place, {**figures, "runs": 24.0 + place}) for place in range(3)]
    bench.store.put_points(made, [], [])
    monkeypatch.setenv("FITINTEL_HOME", str(bench.settings.home))

    def typed(*words: str) -> str:
        done = CliRunner().invoke(app, ["performance", *words])
        assert done.exit_code == 0, done.output
        return done.stdout

    text = typed("weekly_forecast")
    assert "weekly_forecast: 3 nights, 2025-09-22 to 2025-09-24" in text
    assert "last 0.5 (95 % interval 0.352 to 0.648)" in text
    assert "last 5.21e+03 m" in text
    assert "Outside the limits: coverage 0.50 of 40 cases, at most 0.65, limit 0.75." in text
    document = json.loads(typed("weekly_forecast", "--json"))["weekly_forecast"]
    assert [night["runs"] for night in document["nights"]] == [24.0, 25.0, 26.0]
    assert len(document["outside"]) == 1
    assert "weekly_forecast: coverage 0.50 of 40 cases" in typed()
