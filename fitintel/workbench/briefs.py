"""brief(): from an athlete's workouts to a stored Brief, and to the runs and cards that it can be opened to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import SERVICES, Action, Kind
from fitintel.core import days
from fitintel.core.errors import NotFound, UsageError
from fitintel.core.records import Athlete, Brief, OpenBrief, Run
from fitintel.core.stated import ExcusedDays, Goal, PlannedWorkout, Threshold, excused_days, goal_on, known
from fitintel.workbench.door.verbs import whole

if TYPE_CHECKING:
    from fitintel.core.recorded import Recorded
    from fitintel.core.workouts import Workouts
    from fitintel.intelligence.brief import Composition
    from fitintel.storage.store import Store
    from fitintel.workbench.door import AthleteDoor, BriefDoor, Door

EXCUSED_DAYS = 4
"""days of a calendar week that must be excused for the week to be left out: most of it"""
PLAN = ("day", "number", "sport", "duration", "distance", "rpe")
"""what of a planned workout a brief reads"""
AIM = ("kind", "value", "valid_from", "name")
RACE = ("sport", "distance", "target")
"""what of a goal a brief reads, and of an event besides"""
PLAN_DAYS = 28
"""d. A brief reads plans of so many days before and after its own."""
CURRENT_DAYS = 28
"""d. Without a workout for longer than this, a brief for no stated day is for the last day with data, and says so."""


def brief(
    bench: Door,
    athlete_id: str | None = None,
    day: str | int | None = None,
    *,
    known_on: datetime | None = None,
) -> Brief:
    """The brief of an athlete's day; equal data give the equal brief, stored once.

    `known_on` uses the thresholds as they were known at that time; without it, a correction made since makes a new
    brief of the day, and the earlier one stays readable. What the actor has no consent for is withheld from it.
    """
    from fitintel.workbench.withheld import seen_brief

    return seen_brief(bench, made_brief(bench, athlete_id, day, known_on=known_on).brief)


def made_brief(
    bench: Door, athlete_id: str | None = None, day: str | int | None = None, *, known_on: datetime | None = None
) -> Composition:
    """The brief of an athlete's day, kept, with the runs that made it; whole, whoever asks."""
    athlete = whom(bench, athlete_id)
    may_brief(bench, athlete.id)
    with whole(bench):
        return _made(bench, athlete, day, known_on)


def _made(bench: Door, athlete: Athlete, day: str | int | None, known_on: datetime | None) -> Composition:
    from fitintel.core.promotion import champions
    from fitintel.workbench.auditing import of_brief
    from fitintel.workbench.fared import fared
    from fitintel.workbench.followed import follow
    from fitintel.workbench.happening import brief_made
    from fitintel.workbench.shadow import run_beside
    from fitintel.workbench.telling import as_told, judge

    workouts = bench.store.workouts(athlete.id)
    wanted = which_day(int(workouts["day"][-1]) if len(workouts) else None, day)
    began = datetime.now(UTC)
    made = composed(bench, athlete, workouts, wanted, champions(bench.store.promotions()), known_on)
    bench.blobs.put_many("snapshots", made.journal.snapshots)
    new = all(made.brief.id != stored for stored, *_ in bench.store.briefs(athlete.id, day=wanted))
    told = as_told(bench.store, made.brief)
    bench.store.save_brief(made.brief, list(made.journal.runs.values()), told,
                           fared=fared(made.brief, made.journal, began) if new else None,
                           noted=[bench.entry("runs", athlete.id, "brief", detail=of_brief(made.brief, made.journal))],
                           signer=bench.audit.signer)  # fmt: skip
    judge(bench.store, athlete.id, workouts, wanted)
    follow(bench.store, athlete.id, workouts, wanted)
    if new:
        brief_made(bench, made.brief, told)
    # last: the brief is there, whatever a challenger does
    run_beside(bench, made)
    return made


def may_brief(bench: Door, athlete_id: str) -> None:
    """Raise NotAllowed unless the actor may read the athlete's briefs; a night makes them and reads none."""
    bench.may(Action.CREATE if bench.actor.roles & SERVICES else Action.READ, athlete_id, Kind.BRIEF)


def briefed(bench: AthleteDoor) -> list[Athlete]:
    """Athletes whose briefs this actor may read, or make."""
    does = Action.CREATE if bench.actor.roles & SERVICES else Action.READ
    return [one for one in bench.athletes() if bench.permits(does, one.id, Kind.BRIEF)]


def composed(
    bench: Door, athlete: Athlete, workouts: Workouts, day: int, champions: Mapping[str, str],
    known_on: datetime | None = None,
) -> Composition:  # fmt: skip
    """The brief of a day from what is stored, with these versions of algorithms; nothing is written."""
    from fitintel.intelligence.brief import compose
    from fitintel.workbench.kept_laps import laps_of, names_of
    from fitintel.workbench.labels import holding, plain
    from fitintel.workbench.measured import measured
    from fitintel.workbench.quality import qualities
    from fitintel.workbench.questions import alike
    from fitintel.workbench.telling import answered, told_before
    from fitintel.workbench.wellness import NIGHT_DAYS, columns, nights, sources

    thresholds = stated_thresholds(bench.store.stated(athlete.id, Threshold), known_on)
    habit = stated_habit(bench.store, athlete.id, day, known_on)
    kept = recorded(bench.store, athlete.id)
    figures = recorded_figures(kept) if thresholds else None
    health = bench.store.wellness(athlete.id, until=day)
    return compose(athlete, workouts, day, figures=figures, thresholds=thresholds, habit=habit,
                   quality=qualities(kept), wellness=columns(health, day),
                   nights=nights(health, day, back=NIGHT_DAYS), before=told_before(bench.store, athlete.id, day),
                   sources=sources(health, bench.store.connections(athlete.id), day),
                   answers=answered(bench.store.answers(athlete.id), day, known_on),
                   false_alerts=measured(bench.store, athlete.id),
                   alike=alike(bench.store, athlete.id, day), laps=laps_of(kept), names=names_of(kept),
                   labels=plain(holding(bench.store, athlete.id, known_on=known_on)),
                   recall=_Recall(bench, athlete.id, day), champions=champions)  # fmt: skip


def recorded(store: Store, athlete_id: str) -> list[Recorded]:
    """The athlete's recordings, of merged workouts that of all their sources, in the order of their workouts' ids."""
    from fitintel.workbench.twins import merged_recordings

    return sorted(merged_recordings(store, athlete_id), key=lambda one: one.workout_id)


def recorded_figures(kept: Sequence[Recorded]) -> dict[str, Any]:
    """Figures of recordings as `load_hierarchy` takes them."""
    columns = {name: [one.figures.get(name) for one in kept] for name in ("weighted_power", "graded_speed")}
    return {"id": [one.workout_id for one in kept], **columns}


def stated_habit(store: Store, athlete_id: str, day: int, known_on: datetime | None = None) -> dict[str, Any]:
    """What the athlete stated of their habit, as `compose` takes it, as known at a time (default: now).

    A calendar week is excused where at least EXCUSED_DAYS of its days are.
    """
    from fitintel.workbench.planned_kinds import planned_kinds

    goal = goal_on(store.stated(athlete_id, Goal), "training_days", day, known_on=known_on)
    excused = Counter(
        days.week_start(one) for one in excused_days(store.stated(athlete_id, ExcusedDays), known_on=known_on)
    )
    goals = known(store.stated(athlete_id, Goal), known_on=known_on)
    events = sorted(one.valid_from for one in goals if one.kind == "event")
    aims = [{name: getattr(one, name) for name in (*AIM, *(RACE if one.kind == "event" else ()))} for one in goals]
    planned: dict[str, float] = {}
    plans = known(store.stated(athlete_id, PlannedWorkout), known_on=known_on)
    for plan in plans:
        if plan.duration is not None:
            planned[str(plan.day)] = planned.get(str(plan.day), 0.0) + plan.duration / 60.0
    near = [{name: getattr(plan, name) for name in PLAN} for plan in sorted(plans, key=lambda one: one.about)
            if day - PLAN_DAYS <= plan.day <= day + PLAN_DAYS]  # fmt: skip
    return {
        "goal": goal.value if goal is not None else None,
        "excused_weeks": sorted(week for week, count in excused.items() if count >= EXCUSED_DAYS),
        "planned_minutes": dict(sorted(planned.items())),
        **({"events": events} if events else {}),
        **({"plans": near} if near else {}),
        **({"intended": intended} if (intended := planned_kinds(each for each in plans if each.day <= day)) else {}),
        **({"goals": aims} if aims else {}),
    }


def stated_thresholds(statements: Iterable[Threshold], known_on: datetime | None = None) -> list[dict[str, Any]]:
    """Thresholds as algorithms take them, as known at a time (default: now)."""
    return [
        {"kind": one.kind, "value": one.value, "sport": one.sport, "valid_from": one.valid_from}
        for one in known(statements, known_on=known_on)
    ]


def whom(bench: Door, athlete_id: str | None) -> Athlete:
    """The athlete a brief is for."""
    from fitintel.workbench.athletes import default, find

    return find(bench, athlete_id) if athlete_id else default(bench)


def which_day(last_day: int | None, day: str | int | None) -> int:
    """The day number a brief is for: a date, `today`, `latest` (last day with data), or the sensible one of the two.

    >>> which_day(20000, None) == 20000, which_day(20000, "2024-10-05")
    (True, 20001)
    """
    if isinstance(day, int):
        return day
    today = days.today()
    if day in (None, ""):
        return today if last_day is None or today - last_day <= CURRENT_DAYS else last_day
    if day == "today":
        return today
    if day == "latest":
        return today if last_day is None else last_day
    try:
        return days.number(date.fromisoformat(str(day)))
    except ValueError as error:
        raise UsageError(
            f"{day!r} is not a day", why=str(error), next="write it as 2025-10-07, or say today or latest"
        ) from None


def opened(bench: BriefDoor, made: Brief, runs: Mapping[str, Run] | None = None) -> OpenBrief:
    """What the actor may see of the brief, with its runs (default: as they are stored) and their cards."""
    from fitintel.workbench.withheld import seen_brief, seen_runs

    made = seen_brief(bench, made)
    runs = seen_runs(bench, made, bench.vault.runs(made.run_ids) if runs is None else runs.values())
    cards = {name: bench.card(name) for name in sorted({run.algorithm for run in runs.values()})}
    return OpenBrief(made, bench.athlete(made.athlete_id), runs, cards)


class _Recall:
    """Runs of the briefs next to a day, with the snapshot of their result: what a brief need not compute again.

    They are read at once: to ask for each run, also for those that are new every day, takes longer than most compute.
    """

    def __init__(self, bench: Door, athlete_id: str, day: int) -> None:
        self._blobs, self._runs = bench.blobs, bench.store.runs_about(athlete_id, day)

    def __call__(self, run_id: str) -> tuple[Run, bytes] | None:
        run = self._runs.get(run_id)
        if run is None:
            return None
        try:
            return run, self._blobs.get("snapshots", run.output)
        except NotFound:
            return None
