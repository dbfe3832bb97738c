"""From findings to alerts: which of today's findings a brief tells aloud, which it only notes, and under which key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.answers import key_of
from fitintel.core.records import Insight, Level, Section
from fitintel.intelligence.checks import WORKOUT_DAYS, habit_key
from fitintel.intelligence.findings import HABIT_DAYS, changes, pick, plain
from fitintel.intelligence.registry import Journal, Result

CODES = {"entry error": "alert_entry_error", "sensor fault": "alert_sensor_fault",
         "unusual workout": "alert_unusual_workout"}  # fmt: skip
"""kind of anomaly -> code of its insight"""
EFFECTS = ("week_distance", "week_distance_without", "week_duration", "week_duration_without", "fitness", "records")
NOTED = 3
"""At most this many findings are noted beside the alerts, the newest first."""
SAME_CHANGE = 28
"""d. A lasting change whose date moves by no more than this from one week to the next is the same."""
LOOK_BACK = 2
"""Earlier weeks at whose end it is asked whether a change was found already: older ones are no news."""
WINDOW = 56
"""d. The checks of this many days make the state of the alerts; more where a gap has lasted longer."""


def alerts(
    journal: Journal, day: int, facts: Mapping[str, Mapping[str, Any]], daily: Result, weekly: Result,
    anomalies: Result, change: Result, gap: Result, habits: Mapping[str, Result], effects: Result, *,
    answers: Sequence[Mapping[str, Any]] = (), rate: tuple[Result, Mapping[str, Any]] | None = None,
) -> list[Insight]:  # fmt: skip
    """Today's alerts, gravest first, then what is only noted.

    `facts` are workouts by id (plain values), `habits` change points by subject, `effects` those of `anomaly_effect`,
    `answers` what a person did with earlier alerts (`key`, `action`, `day`, `until`), oldest first. `rate` is what
    shuffled histories of this athlete told of false alerts: a run, and `low`, `high`, `months`.
    """
    about = [each for each in answers if str(each["key"]).startswith("alert_")]
    fresh = first_found(journal, weekly, habits, about)
    days = WINDOW + min(int(gap["days"] or 0), 10 * WINDOW)
    checks = journal.run("alert_checks", daily, weekly, anomalies, fresh, days=days)
    state = journal.run("alert_budget", checks, about)
    found = _candidates(day, facts, daily, anomalies, change, gap, habits, fresh, effects)
    by = (checks.run.id, state.run.id)
    told = [_raised(found[each["key"]], each, by, Level.ALERT) for each in state["told"] if each["key"] in found]
    quiet = [_raised(found[each["key"]], each, by, Level.NOTICE) for each in state["quiet"] if each["key"] in found]
    spoken = {key_of(one) for one in (*told, *quiet)}
    hidden = {key for key, why in state["held"].items() if why in ("dismissed", "snoozed")} | _answered(about, day)
    noted = [one for key, one in found.items()
             if one.workout_ids and key not in spoken and key not in hidden][:NOTED]  # fmt: skip
    if not told:
        values = {"checked": int(state["tested"]), "noted": len(quiet) + len(noted)}
        none = (anomalies.run.id, change.run.id, gap.run.id, *by)
        told = [Insight(Section.ALERTS, "alerts_none", values, tuple(dict.fromkeys(none)))]
    return [*told, *quiet, *noted, *_rate(journal, rate)]


def first_found(
    journal: Journal, weekly: Result, habits: Mapping[str, Result], answers: Sequence[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Lasting changes that are news: `subject`, `day` (first week of the new level), `known` (day it was found).

    A change of several subjects at one time is told once, of the first. An answered one keeps the day it had then.
    """
    week = weekly["week"]
    if not len(week):
        return []
    last = int(week[-1]) + 6
    found: list[dict[str, Any]] = []
    for subject, habit in habits.items():
        for one in changes(habit):
            if last - one["day"] >= HABIT_DAYS:
                break
            if any(abs(each["day"] - one["day"]) <= SAME_CHANGE for each in found):
                continue
            day, known = one["day"], last
            for back in range(1, LOOK_BACK + 1):
                earlier = _before(journal, weekly, subject, back)
                same = [each["day"] for each in changes(earlier) if same_change(each, one)]
                if not same:
                    break
                day, known = same[0], last - 7 * back
            if known > last - 7 * LOOK_BACK or LOOK_BACK == 0:
                found.append({"subject": subject, "day": _told_day(subject, day, answers), "known": known})
    return found


def same_change(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two lasting changes of one subject, told at different times, are one."""
    return bool(abs(one["day"] - other["day"]) <= SAME_CHANGE and (one["relative"] > 0) == (other["relative"] > 0))


def _before(journal: Journal, weekly: Result, subject: str, back: int) -> Result:
    cut = [Result(weekly[name][:-back], weekly.run) for name in ("week", subject)]
    return journal.run("change_points", *cut)


def _told_day(subject: str, day: int, answers: Sequence[Mapping[str, Any]]) -> int:
    start = f"alert_habit_change:{subject}:"
    days = [int(str(each["key"]).removeprefix(start)) for each in answers if str(each["key"]).startswith(start)]
    return min((each for each in days if abs(each - day) <= SAME_CHANGE), key=lambda each: abs(each - day), default=day)


def _answered(answers: Sequence[Mapping[str, Any]], day: int) -> set[str]:
    """Keys that are dismissed or snoozed today: they are not noted either."""
    latest = {str(each["key"]): each for each in answers if int(each["day"]) <= day}
    return {key for key, each in latest.items() if each["action"] in ("dismiss", "unhelpful")
            or (each["action"] == "snooze" and (each.get("until") is None or day < int(each["until"])))}  # fmt: skip


def _candidates(
    day: int, facts: Mapping[str, Mapping[str, Any]], daily: Result, anomalies: Result, change: Result, gap: Result,
    habits: Mapping[str, Result], fresh: Sequence[Mapping[str, Any]], effects: Result,
) -> dict[str, Insight]:  # fmt: skip
    """Everything that might be told today, by key; workouts newest first."""
    made = [_gap(gap, daily), _load(change), *(_habit(habits[str(each["subject"])], each) for each in fresh)]
    columns = anomalies.value
    places = [place for place, on in enumerate(columns["day"]) if 0 <= day - int(on) < WORKOUT_DAYS]
    made += [_workout(anomalies, place, facts, effects) for place in reversed(places)]
    return {key_of(one): one for one in made if one is not None}


def _gap(gap: Result, daily: Result) -> Insight | None:
    if gap["verdict"] != "long":
        return None
    last = int(daily["day"][-1]) - int(gap["days"])
    values = {**pick(gap.value, "days", "usual"), "key": f"alert_gap:{last}"}
    return _noted("alert_gap", values, gap)


def _load(change: Result) -> Insight | None:
    if change["verdict"] not in ("higher", "lower"):
        return None
    code = f"alert_load_{change['verdict']}"
    values = pick(change.value, "week", "value", "expected", "low", "high", "z")
    return _noted(code, {**values, "key": f"{code}:{values['week']}"}, change)


def _habit(habit: Result, fresh: Mapping[str, Any]) -> Insight | None:
    near = [one for one in changes(habit) if abs(one["day"] - int(fresh["day"])) <= SAME_CHANGE]
    if not near:
        return None
    subject = str(fresh["subject"])
    values = {"subject": subject, **near[0], "key": habit_key(subject, int(fresh["day"]))}
    return _noted("alert_habit_change", values, habit, subject=subject)


def _workout(anomalies: Result, place: int, facts: Mapping[str, Mapping[str, Any]], effects: Result) -> Insight:
    columns = anomalies.value
    name, code = str(columns["id"][place]), CODES[str(columns["kind"][place])]
    at = [str(each) for each in effects["id"]].index(name)
    effect = {key: plain(effects[key][at]) for key in EFFECTS}
    values = {
        "day": int(columns["day"][place]), "field": str(columns["field"][place]),
        **{key: plain(columns[key][place]) for key in ("value", "expected", "low", "high", "score")},
        "why": str(columns["why"][place]), **{key: facts[name][key] for key in ("sport", "duration", "distance")},
        **effect, "key": f"{code}:{name}",
    }  # fmt: skip
    return _noted(code, values, anomalies, effects, workout_ids=(name,))


def _noted(code: str, values: Mapping[str, Any], *results: Result, **more: Any) -> Insight:
    runs = tuple(dict.fromkeys(result.run.id for result in results))
    return Insight(Section.ALERTS, code, values, runs, level=Level.NOTICE, **more)


def _raised(one: Insight, entry: Mapping[str, Any], by: Sequence[str], level: Level) -> Insight:
    values = {**one.values, "since": int(entry["since"]), "p": entry["p"]}
    if level is Level.NOTICE:
        values["acknowledged"] = True
    runs = tuple(dict.fromkeys((*one.run_ids, *by)))
    return Insight(one.section, one.code, values, runs, level, one.subject, one.workout_ids)


def _rate(journal: Journal, rate: tuple[Result, Mapping[str, Any]] | None) -> list[Insight]:
    if rate is None:
        return []
    result, bounds = rate
    journal.runs.setdefault(result.run.id, result.run)
    values = {"rate": plain(result.value), **{name: plain(bounds[name]) for name in ("low", "high", "months")}}
    return [Insight(Section.ALERTS, "alerts_rate", values, (result.run.id,))]
