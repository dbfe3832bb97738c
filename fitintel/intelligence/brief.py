"""compose(): which algorithms run, in which order, and what becomes of their results. Workouts in, a Brief out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fitintel.core import snapshot
from fitintel.core.records import Athlete, Brief, Insight, Level, Section
from fitintel.core.workouts import Workouts
from fitintel.intelligence import (
    advice,
    alerting,
    capacities,
    doubt,
    effects,
    findings,
    goals,
    labelled,
    outlooks,
    readiness_parts,
    this_week,
    today,
    yesterday,
)
from fitintel.intelligence.lap_pulse import with_pulse
from fitintel.intelligence.possible import possible_changes
from fitintel.intelligence.registry import Journal, Recall, Result

VERSION = "2.2.0"
"""Version of the composition; a change in what a brief says is a new version."""

TREND_WEEKS = 26
CHART_WEEKS = 104
LOAD_DAYS = 180
CALENDAR_DAYS = 84
STRESS_SHARE = 0.5
"""Load is told on the scale of stress if at least this share of the last year's workouts is measured or rated on it."""
DISTANCE_SHARE = 0.8
"""Distance is the athlete's main quantity if at least this share of the last year's workouts has one."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A brief and the journal of the runs that made it."""

    brief: Brief
    journal: Journal


def compose(
    athlete: Athlete,
    workouts: Workouts,
    day: int,
    *,
    figures: Mapping[str, Any] | None = None,
    thresholds: Sequence[Mapping[str, Any]] = (),
    habit: Mapping[str, Any] | None = None,
    quality: Mapping[str, Any] | None = None,
    wellness: Mapping[str, Any] | None = None,
    nights: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    sources: Sequence[Mapping[str, Any]] = (),
    answers: Sequence[Mapping[str, Any]] = (),
    false_alerts: tuple[Result, Mapping[str, Any]] | None = None,
    alike: Mapping[str, Any] | None = None,
    labels: Sequence[Mapping[str, Any]] = (),
    laps: Mapping[str, Any] | None = None,
    names: Mapping[str, str] | None = None,
    recall: Recall | None = None,
    champions: Mapping[str, str] | None = None,
) -> Composition:
    """The brief of `day` [day number] from workouts (columns of ANALYSIS, any order; later days are left out).

    `figures` of recordings and `thresholds` (statements as known that day) are what `load_hierarchy` takes. `habit` is
    what the athlete stated of it: `goal` [training days a week], `excused_weeks` [first day numbers], `planned_minutes`
    by day number as text, `plans` as `today.Plans`, `intended` (what plans say of kinds, as `labelled.read` takes them)
    and `events` [day numbers]; each may be left out. `quality` of recordings is what `load_interval` takes, with
    `score` [0-100] of the whole and `why` in words. `wellness` is what `readiness_parts.insights` takes, `nights` the
    same of resting heart rate, HRV and sleep of up to 567 days. `before` (alerts of the last brief), `answers` to
    earlier briefs and the measured rate of `false_alerts` are what `alerting.alerts` takes. `sources` of data are what
    `late_sources` takes. `alike` says how many workouts are `undecided` or `merged`, and some `pairs` of the former.
    `labels` that people gave, `laps` and `names` are what `labelled.read` takes. `recall` gives stored runs, which are
    then not computed again; `champions` names the version to run of an algorithm that was promoted.
    """
    workouts = workouts.take(workouts["day"] <= day).ordered()
    journal = Journal(recall, champions)
    if not len(workouts):
        nothing = Insight(Section.MISSING, "missing_no_workouts", {}, (), level=Level.MISSING)
        start = Insight(Section.FOCUS, "focus_collect", {"n": 0, "needed": 5}, ())
        return Composition(_brief(athlete, workouts, day, [start, nothing], {}, journal), journal)

    daily = journal.run("daily_totals", workouts, day)
    weekly = journal.run("weekly_totals", daily)
    reading = labelled.read(journal, workouts, day, labels, laps=laps, thresholds=thresholds, names=names,
                            events=(habit or {}).get("events", ()),
                            plans=(habit or {}).get("intended", ()))  # fmt: skip
    types = reading.types
    anomalies = journal.run("workout_anomaly", workouts, types)
    beats = with_pulse(laps, workouts["id"].tolist())
    if beats:
        anomalies = journal.run("lap_anomaly", workouts, anomalies, beats)
    loads = best_loads(journal, workouts, figures, thresholds)
    daily_load = journal.run("daily_load", loads, day)
    pmc = journal.run("pmc", daily_load)
    open_ = doubt.doubt(journal, loads, quality, day)
    change = journal.run("load_change", weekly)
    gap = journal.run("training_gap", daily)
    consistency = journal.run("consistency_score", daily.part("day"), daily.part("training"),
                              **_stated(athlete, daily, habit or {}))  # fmt: skip
    speed = journal.run("weekly_speed", workouts, types, weekly)

    main = main_subject(workouts, day)
    week = weekly.part("week")
    habits = {subject: journal.run("change_points", week, weekly.part(subject)) for subject in (main, "sessions")}
    hinted = possible_changes(journal, daily, weekly, main)
    trends = {subject: journal.run("theil_sen_trend", weekly.part(subject, last=TREND_WEEKS))
              for subject in (main, "sessions")}  # fmt: skip
    weekly_load = outlooks.weekly_load(journal, daily_load, pmc, weekly)
    trends["load"] = journal.run("theil_sen_trend", weekly_load.part("load", last=TREND_WEEKS))
    trends["pace"] = journal.run("theil_sen_trend", speed.part("speed", last=TREND_WEEKS), **outlooks.band("pace"))
    forecast = journal.run("weekly_forecast", week, weekly.part(main))
    complete = _complete_days(daily, weekly)
    forecast_days = journal.run(
        "daily_forecast", *(Result(daily[name][:complete], daily.run) for name in ("day", main))
    )

    shown = _rows(workouts, anomalies, day)
    without = journal.run("anomaly_effect", workouts, anomalies, loads, day)
    body = readiness_parts.deviation(journal, wellness, nights, day)
    alerts = alerting.alerts(journal, day, shown, daily, weekly, anomalies, change, gap, habits, without,
                             body=body, answers=answers, before=before, rate=false_alerts)  # fmt: skip
    latest = list(workouts.take(slice(-5, None)).rows())
    recent = doubt.of_workouts(labelled.of_workouts(
        findings.recent(latest, Result(_tail(types.value, len(latest)), types.run)), reading), open_)  # fmt: skip
    readiness = today.after_gap(readiness_parts.insights(journal, wellness, daily_load, day), gap)
    plans = list((habit or {}).get("plans", ()))
    advised = advice.recommendations(alerts, consistency, daily, pmc, change, gap, loads)
    said: list[Insight] = [
        today.verdict(advice.focus(alerts, consistency, pmc, change, gap, workouts), readiness),
        *readiness,
        *today.insights(journal, day, workouts, reading.sessions, loads, daily, daily_load, pmc, plans, readiness),
        *yesterday.insights(journal, day, workouts, daily, plans, recent),
        *this_week.insights(journal, day, main, workouts, daily, consistency, plans),
        *goals.insights(
            journal, day, (habit or {}).get("goals", ()), daily, daily_load, pmc, workouts, reading.sessions, weekly
        ),
        *alerts,
        *findings.trends(trends, habits),
        *findings.possible_changes(day, hinted, habits),
        findings.forecast(main, forecast),
        *outlooks.insights(journal, weekly_load),
        *capacities.insights(journal, workouts, reading.sessions, thresholds, day),
        findings.consistency(consistency),
        *doubt.of_load(findings.load(loads, pmc, change), open_),
        *effects.with_effects(journal, advised, day, daily, daily_load, pmc),
        *recent,
        *reading.corrections,
        *reading.questions,
        *advice.missing(day, workouts, daily, alike, journal.run("late_sources", sources, day) if sources else None),
    ]
    charts = _charts(main, daily, weekly, pmc, forecast, forecast_days, habits[main])
    return Composition(_brief(athlete, workouts, day, said, charts, journal, alike), journal)


def best_loads(
    journal: Journal, workouts: Workouts, figures: Mapping[str, Any] | None, thresholds: Sequence[Mapping[str, Any]]
) -> Result:
    """Load on the scale of stress where thresholds make it possible for most of the last year, else the fall-back."""
    if thresholds:
        known = figures or {"id": [], "weighted_power": [], "graded_speed": []}
        best = journal.run("load_hierarchy", workouts, known, list(thresholds))
        year = best["day"] > best["day"].max(initial=0) - advice.RECENT_DAYS
        measured = ~np.isin(best["method"].astype(str), ("duration", "none"))
        if year.any() and float(measured[year].mean()) >= STRESS_SHARE:
            return best
    return journal.run("session_load", workouts)


def _stated(athlete: Athlete, daily: Result, habit: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of `consistency_score` from what the athlete stated; of days to come nothing is asked."""
    last = int(daily["day"][-1]) if len(daily["day"]) else 0
    found: dict[str, Any] = {"goal": habit.get("goal") or athlete.goal_days}
    if habit.get("excused_weeks"):
        found["excused_weeks"] = sorted(int(week) for week in habit["excused_weeks"] if week <= last)
    planned = {day: float(minutes) for day, minutes in (habit.get("planned_minutes") or {}).items() if int(day) <= last}
    if planned:
        minutes = dict(zip(map(str, daily["day"].tolist()), (daily["duration"] / 60.0).tolist(), strict=True))
        found |= {"planned_minutes": planned, "actual_minutes": {day: minutes.get(day, 0.0) for day in planned}}
    return found


def main_subject(workouts: Workouts, day: int) -> str:
    """`distance` where the last year's workouts mostly have one, else `duration`."""
    year = workouts.take(workouts["day"] > day - advice.RECENT_DAYS)
    measured = np.isfinite((year if len(year) else workouts)["distance"])
    return "distance" if measured.mean() >= DISTANCE_SHARE else "duration"


def _complete_days(daily: Result, weekly: Result) -> int:
    """How many days lie in complete weeks: a daily forecast is then the same all week and need not be fitted anew."""
    weeks = weekly["week"]
    return int(np.searchsorted(daily["day"], weeks[-1] + 7)) if len(weeks) else 0


def _tail(columns: dict[str, Any], count: int) -> dict[str, Any]:
    return {name: values[-count:] for name, values in columns.items() if name in ("label", "confidence")}


def _rows(workouts: Workouts, anomalies: Result, day: int) -> dict[str, dict[str, Any]]:
    """The recent workouts that anomalies speak of, by id."""
    wanted = {str(name) for name, on in zip(anomalies["id"], anomalies["day"], strict=True)
              if day - int(on) < findings.ALERT_DAYS}  # fmt: skip
    mask = np.array([name in wanted for name in workouts["id"]], dtype=bool)
    return {row["id"]: row for row in workouts.take(mask).rows()}


def _charts(
    main: str, daily: Result, weekly: Result, pmc: Result, forecast: Result, forecast_days: Result, habit: Result
) -> dict[str, Any]:
    def last(result: Result, names: tuple[str, ...], count: int) -> dict[str, Any]:
        return {name: np.asarray(result[name])[-count:] for name in names}

    charts: dict[str, Any] = {
        "subject": main,
        "weeks": last(weekly, ("week", "distance", "duration", "sessions"), CHART_WEEKS),
        "history": {"week": np.asarray(weekly["week"]), "value": np.asarray(weekly[main])},
        "change_points": {
            "day": np.asarray(habit["week"]),
            **{name: np.asarray(habit[name]) for name in ("low", "high", "before", "after")},
        },
        "load": last(pmc, ("day", "ctl", "atl", "tsb"), LOAD_DAYS),
        "calendar": last(daily, ("day", "duration"), CALENDAR_DAYS),
    }
    for name, result, time in (("forecast", forecast, "week"), ("forecast_days", forecast_days, "day")):
        if result["verdict"] != "insufficient":
            charts[name] = {key: np.asarray(result[key]) for key in (time, "mean", "low", "high")}
    return charts


def _brief(
    athlete: Athlete, workouts: Workouts, day: int, said: list[Insight], charts: dict[str, Any], journal: Journal,
    alike: Mapping[str, Any] | None = None,
) -> Brief:  # fmt: skip
    given = {"workouts": journal.keep(workouts), "day": day, "goal_days": athlete.goal_days, "alike": alike}
    inputs = snapshot.digest(given)
    identity = {"athlete": athlete.id, "day": day, "version": VERSION, "inputs": inputs, "runs": sorted(journal.runs)}
    return Brief(
        id="b-" + snapshot.digest(identity)[:20],
        athlete_id=athlete.id,
        day=day,
        last_day=int(workouts["day"][-1]) if len(workouts) else None,
        version=VERSION,
        inputs=inputs,
        insights=tuple(said),
        charts=charts,
        run_ids=tuple(journal.runs),
        simulated=athlete.simulated,
    )
