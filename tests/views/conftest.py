"""One brief with an insight of every kind, built by hand: views are tested without the algorithms."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from fitintel.core.card import Card, Validity
from fitintel.core.records import Athlete, Brief, Insight, Level, Run, Section
from fitintel.core.units import UnitSystem

DAY = 20368  # 7 Oct 2025
MONDAY = 20367

_CARDS = (
    ("training_gap", "anomaly", "Training gap", Validity.HIGH, {"daily": "daily totals"}, {"days": 365}),
    ("workout_anomaly", "anomaly", "Workout check", Validity.USEFUL, {"workouts": "workouts", "types": "types"}, {}),
    ("load_change", "anomaly", "Week against norm", Validity.USEFUL, {"weekly": "weekly totals"}, {"weeks": 26}),
    ("theil_sen_trend", "trend", "Trend", Validity.USEFUL, {"values": "one per week"}, {"confidence": 0.9}),
    ("change_points", "trend", "Lasting shifts", Validity.USEFUL, {"week": "day", "values": "any"}, {"min_size": 4}),
    ("weekly_forecast", "forecast", "Weekly forecast", Validity.USEFUL, {"week": "day", "values": "m"},
     {"nominal": 0.8}),
    ("consistency_score", "consistency", "Consistency", Validity.USEFUL, {"day": "day", "training": "0/1"},
     {"weeks": 8, "nominal": 0.8, "goal": None}),
    ("pmc", "load", "Performance chart", Validity.ROUGH, {"daily_load": "a.u."}, {"ctl_days": 42, "atl_days": 7}),
    ("daily_totals", "features", "Daily totals", Validity.HIGH, {"workouts": "workouts", "day": "day"}, {}),
    ("workout_type", "classify", "Workout type", Validity.USEFUL, {"workouts": "workouts"}, {}),
)  # fmt: skip


def cards() -> dict[str, Card]:
    return {
        name: Card(
            id=name, version="1.0.0", family=family, title=title, inputs=inputs, output=(title.lower(), "unit"),
            source="Author 1991, Journal 1:1", validity=validity, limits=("a limit that matters", "another one"),
            parameters=parameters, description=f"{title} of an athlete.",
        )
        for name, family, title, validity, inputs, parameters in _CARDS
    }  # fmt: skip


def runs() -> dict[str, Run]:
    return {
        f"r-{name}": Run(
            id=f"r-{name}", algorithm=name, version="1.0.0", parameters=card.parameters,
            inputs={key: f"{abs(hash(name)):064x}"[:64] for key in card.inputs}, parents=(), output="f" * 64,
            at=datetime(2025, 10, 7, tzinfo=UTC), seconds=0.01,
        )
        for name, card in cards().items()
    }  # fmt: skip


def insights() -> list[Insight]:
    made: list[Insight] = []

    def say(section: Section, code: str, run: str | None, level: Level = Level.INFO, **values: Any) -> None:
        made.append(Insight(section, code, values, (f"r-{run}",) if run else (), level, values.get("subject", "")))

    # fmt: off
    shift = {"day": MONDAY - 7 * 150, "low": MONDAY - 7 * 153, "high": MONDAY - 7 * 148, "relative": 0.73}
    week = {"week": MONDAY - 7, "value": 33000.0, "expected": 19800.0, "low": 10800.0, "high": 23400.0}
    say(Section.FOCUS, "focus_consistency", "consistency_score", score=71.4, weakest="R")
    say(Section.ALERTS, "alert_entry_error", "workout_anomaly", Level.ALERT, day=DAY - 2, field="duration",
        value=74065.0, expected=1930.0, sport="running", duration=74065.0, distance=3218.7)
    say(Section.ALERTS, "alert_load_higher", "load_change", Level.ALERT, z=3.9, **week)
    say(Section.TRENDS, "trend_improving", "theil_sen_trend", subject="distance", slope=310.0, low=80.0, high=520.0,
        per_4_weeks=1240.0, relative=0.05, weeks=26, p=0.004)
    say(Section.TRENDS, "trend_plateau", "theil_sen_trend", subject="sessions", slope=0.0, low=-0.03, high=0.02,
        per_4_weeks=0.0, relative=0.0, weeks=26, p=0.81)
    say(Section.TRENDS, "trend_uncertain", "theil_sen_trend", subject="pace", slope=0.002, low=-0.004, high=0.009,
        per_4_weeks=0.008, relative=0.003, weeks=24, p=0.42)
    say(Section.TRENDS, "change_point", "change_points", subject="distance", before=21000.0, after=36400.0, **shift)
    say(Section.FORECAST, "forecast_week", "weekly_forecast", subject="distance", week=MONDAY, mean=42100.0,
        low=30000.0, high=55210.0, nominal=0.8, achieved=0.79, achieved_low=0.73, achieved_high=0.84, n_tests=210,
        model="theta", mase=0.81, mase_seasonal_naive=1.05)
    say(Section.CONSISTENCY, "consistency_score", "consistency_score", score=71.4, low=62.0, high=80.0, F=0.84, R=0.55,
        G=0.93, P=None, goal=4.0, weeks=8, early=False, last_training_days=2)
    say(Section.LOAD, "load_state", "pmc", ctl=341.2, atl=412.7, tsb=-64.3, method="MET minutes", validity="rough",
        warming_up=False, coverage=0.97)
    say(Section.LOAD, "load_week", "load_change", verdict="higher", **week)
    say(Section.RECOMMENDATIONS, "recommend_fix_entry", "workout_anomaly", day=DAY - 2, field="duration")
    say(Section.RECOMMENDATIONS, "recommend_anchor_days", "consistency_score", weekdays=[1, 3, 5, 6])
    kinds = (("running", "run", ""), ("running", "run", "watch_left_running"), ("walking", "walk", ""),
             ("cycling", "other", ""), ("running", "unsure", ""))
    for n, (sport, label, flags) in enumerate(kinds):
        duration, distance = (74065.0, 3218.7) if flags else (1800.0 + 60 * n, 5000.0 + 900 * n)
        say(Section.RECENT, "recent_workout", "workout_type", id=f"w{n}", day=DAY - 2 - n, sport=sport, label=label,
            confidence=0.97, duration=duration, distance=distance, flags=flags)
    say(Section.MISSING, "missing_heart_rate", "daily_totals", Level.MISSING, share=0.0)
    say(Section.MISSING, "missing_rpe", "daily_totals", Level.MISSING, share=0.03)
    say(Section.MISSING, "missing_start_times", "daily_totals", Level.MISSING)
    say(Section.MISSING, "missing_excluded", "daily_totals", Level.MISSING, n=5, rules={"duration_over_24h": 5})
    # fmt: on
    return made


def charts() -> dict[str, Any]:
    random.seed(3)
    count = 620
    week = [MONDAY - 7 * (count - n) for n in range(count)]
    level = [21000.0 if n < count - 150 else 36400.0 for n in range(count)]
    distance = [max(0.0, x * (1 + 0.25 * math.sin(n / 8.3)) + random.gauss(0, 6500)) for n, x in enumerate(level)]
    duration = [x * 0.36 for x in distance]
    ahead = [MONDAY + 7 * n for n in range(4)]
    ctl, atl, load = 280.0, 300.0, []
    for n in range(180):
        today = max(0.0, random.gauss(340 + 60 * math.sin(n / 20), 260)) * (random.random() > 0.35)
        tsb = ctl - atl
        ctl, atl = ctl + (today - ctl) / 42, atl + (today - atl) / 7
        load.append((DAY - 179 + n, ctl, atl, tsb))
    calendar = [random.choice([0, 0, 0, 1500, 2400, 3000, 4200, 7000]) for _ in range(84)]
    return {
        "subject": "distance",
        "weeks": {"week": week[-104:], "distance": distance[-104:], "duration": duration[-104:], "sessions": [4] * 104},
        "history": {"week": week, "value": distance},
        "change_points": {"day": [MONDAY - 7 * 150], "low": [MONDAY - 7 * 153], "high": [MONDAY - 7 * 148],
                          "before": [21000.0], "after": [36400.0]},
        "load": dict(zip(("day", "ctl", "atl", "tsb"), map(list, zip(*load, strict=True)), strict=True)),
        "calendar": {"day": list(range(DAY - 83, DAY + 1)), "duration": calendar},
        "forecast": {"week": ahead, "mean": [42100.0] * 4, "low": [30000.0, 28000.0, 26000.0, 25000.0],
                     "high": [55210.0, 57000.0, 58000.0, 60000.0]},
        "forecast_days": {"day": [MONDAY + n for n in range(7)], "mean": [0, 6000, 5200, 7000, 0, 9000, 15000],
                          "low": [0, 0, 0, 2000, 0, 3000, 6000], "high": [4000, 9000, 9400, 12000, 3000, 14000, 22000]},
    }  # fmt: skip


def make_brief(**changes: Any) -> Brief:
    fields: dict[str, Any] = {
        "id": "b-3f2a8c1d9e7b6a504132", "athlete_id": "ann", "day": DAY, "last_day": DAY - 2, "version": "1.0.0",
        "inputs": "c" * 64, "insights": tuple(insights()), "charts": charts(), "run_ids": tuple(runs()),
    }  # fmt: skip
    return Brief(**(fields | changes))


def make_view(units: UnitSystem = UnitSystem.METRIC, *, name: str = "Ann Example", **changes: Any) -> Any:
    from fitintel.views.brief import brief_view

    athlete = Athlete("ann", name, units)
    return brief_view(make_brief(**changes), athlete=athlete, units=units, runs=runs(), cards=cards())


@pytest.fixture
def view() -> Any:
    return make_view()


@pytest.fixture
def view_of() -> Callable[..., Any]:
    return make_view
