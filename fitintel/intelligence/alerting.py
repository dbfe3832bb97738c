"""From findings to alerts: which of today's findings a brief tells aloud, which it only notes, and under which key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.answers import key_of
from fitintel.core.records import Insight, Level, Section
from fitintel.intelligence import alerting_since
from fitintel.intelligence.alert_candidates import SAME_CHANGE, candidates
from fitintel.intelligence.findings import HABIT_DAYS, changes, pick, plain
from fitintel.intelligence.night_scores import RANGES
from fitintel.intelligence.registry import Journal, Result

NOTED = 3
"""At most this many findings are noted beside the alerts, the newest first."""
LOOK_BACK = 2
"""Earlier weeks at whose end it is asked whether a change was found already: older ones are no news."""
WINDOW = 56
"""d. The checks of this many days make the state of the alerts; more where a gap has lasted longer."""


def alerts(
    journal: Journal, day: int, facts: Mapping[str, Mapping[str, Any]], daily: Result, weekly: Result,
    anomalies: Result, change: Result, gap: Result, habits: Mapping[str, Result], effects: Result, *,
    body: Result | None = None, answers: Sequence[Mapping[str, Any]] = (),
    before: Mapping[str, Any] | None = None, rate: tuple[Result, Mapping[str, Any]] | None = None,
) -> list[Insight]:  # fmt: skip
    """Today's alerts, gravest first, then what is only noted, and what has closed since the brief before.

    `facts` are workouts by id (plain values), `habits` change points by subject, `effects` those of `anomaly_effect`,
    `body` the run of `wellness_deviation`, `answers` what a person did with earlier alerts (`key`, `action`, `day`,
    `until`, `by`), oldest first. `before` is what the last brief of an earlier day told: its `day`, and `alerts` with
    `key`, `code`, `since` and their values (`told`). `rate` is what shuffled histories of this athlete told of false
    alerts: a run, and `low`, `high`, `months`.
    """
    about = [each for each in answers if str(each["key"]).startswith("alert_")]
    fresh = first_found(journal, weekly, habits, about)
    days = WINDOW + min(int(gap["days"] or 0), 10 * WINDOW)
    checks = journal.run("alert_checks", daily, weekly, anomalies, fresh, body, days=days)
    state = journal.run("alert_budget", checks, about)
    found = candidates(day, facts, daily, anomalies, change, gap, habits, fresh, effects, body)
    news = alerting_since.compared(journal, before, state, list(found), daily, body)
    by = (checks.run.id, state.run.id)
    said = alerting_since.answered(about, day)
    told = [alerting_since.marked(_raised(found[each["key"]], each, by, Level.ALERT), news)
            for each in state["told"] if each["key"] in found]  # fmt: skip
    quiet = [_raised(found[each["key"]], each, by, Level.NOTICE, **said.get(each["key"], {}))
             for each in state["quiet"] if each["key"] in found]  # fmt: skip
    spoken = {key_of(one) for one in (*told, *quiet)}
    hidden = {key for key, why in state["held"].items() if why in ("dismissed", "snoozed")} | _answered(about, day)
    noted = [one for key, one in found.items()
             if one.workout_ids and key not in spoken and key not in hidden][:NOTED]  # fmt: skip
    if not told:
        values = {"checked": int(state["tested"]), "noted": len(quiet) + len(noted)}
        none = (anomalies.run.id, change.run.id, gap.run.id, *by)
        told = [Insight(Section.ALERTS, "alerts_none", values, tuple(dict.fromkeys(none)))]
    return [*told, *quiet, *noted, *_unchecked(body), *alerting_since.closed(news, before, said),
            *_rate(journal, rate)]  # fmt: skip


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


def _raised(
    one: Insight, entry: Mapping[str, Any], runs: Sequence[str], level: Level, /, **more: Any
) -> Insight:  # fmt: skip
    values = {**one.values, "since": int(entry["since"]), "p": entry["p"], **more}
    if level is Level.NOTICE:
        values["acknowledged"] = True
    by = tuple(dict.fromkeys((*one.run_ids, *runs)))
    return Insight(one.section, one.code, values, by, level, one.subject, one.workout_ids)


def _unchecked(body: Result | None) -> list[Insight]:
    """The sign with most nights among those that have too few to be checked; nothing where no night is known."""
    if body is None:
        return []
    few = [{"sign": sign, **pick(body[sign], "n", "nights", "needed", "base", "base_needed")}
           for sign in RANGES if body[sign]["state"] == "insufficient_data" and body[sign]["source"]]  # fmt: skip
    if not few:
        return []
    values = {**max(few, key=lambda one: (int(one["base"]), int(one["n"]))), "signs": [one["sign"] for one in few]}
    return [Insight(Section.ALERTS, "alerts_few_nights", values, (body.run.id,), Level.MISSING)]


def _rate(journal: Journal, rate: tuple[Result, Mapping[str, Any]] | None) -> list[Insight]:
    if rate is None:
        return []
    result, bounds = rate
    journal.runs.setdefault(result.run.id, result.run)
    values = {"rate": plain(result.value), **{name: plain(bounds[name]) for name in ("low", "high", "months")}}
    return [Insight(Section.ALERTS, "alerts_rate", values, (result.run.id,))]
