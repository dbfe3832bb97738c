"""How everybody stands on a day: kept from their briefs, and made again where anything behind a brief has changed.

A squad's page is looked at far more often than briefs change. What it shows of each athlete is kept under a digest of
all that the brief depends on, so that the page of a large squad opens without making or opening one brief.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.core import days, snapshot
from fitintel.core.people import Part
from fitintel.core.promotion import champions
from fitintel.core.records import Athlete, Brief, Insight, Level, OpenBrief, Run, Section
from fitintel.core.standing import Board, Raised, Standing, Stated, of_plain, plain
from fitintel.core.stated import ExcusedDays, known
from fitintel.intelligence.brief import VERSION
from fitintel.intelligence.triage import needs_a_look
from fitintel.workbench.briefs import CURRENT_DAYS, brief, opened, which_day
from fitintel.workbench.door.verbs import whole
from fitintel.workbench.measured import RATE
from fitintel.workbench.withheld import closed, lacking, seen_runs

if TYPE_CHECKING:
    from fitintel.core.answers import Answer, Told
    from fitintel.workbench.door import BriefDoor, Progress

KEPT, FORM = "standing", "1"
"""name and form of what is kept, beside fitted models: both are made again from the data whenever they are missing"""
CODES = ("readiness_verdict", "readiness_insufficient", "readiness_none", "load_state", "load_week", "week_so_far",
         "week_plan", "consistency_score", "today_plan", "yesterday_plan", "goal_event", "alerts_rate")  # fmt: skip
"""insights of which a squad's page shows something"""
WEEKS = 8
SPORT_DAYS = 56
"""d. The sport of an athlete is the most frequent one of so many days."""


def board(
    bench: BriefDoor, day: str | int | None = None, *, most: int | None = None, progress: Progress | None = None
) -> Board:  # fmt: skip
    """Everybody whose brief this actor may read, on a day (default: as `squad` chooses it), who needs a look first.

    Each with what was said of them. At most `most` briefs are made; of the others what was kept is given, marked as no
    longer `current`, and those of whom nothing is kept come last, without a brief.
    """
    # who shares no brief is not on the board: one refusal must not close it
    everyone = [one for one in bench.athletes() if bench.permits(Action.READ, one.id, Kind.BRIEF)]
    for one in everyone:
        bench.may(Action.READ, one.id, Kind.BRIEF)
    wanted = _day(bench, everyone, day)
    used = champions(bench.vault.promotions())
    rates = bench.vault.fitted(RATE, bench.card(RATE).version)
    revisions, kept = bench.vault.revisions(), bench.vault.models(KEPT, FORM)
    found: dict[str, Standing] = {}
    for one in everyone:
        inputs, value = kept.get(one.id, ("", None))
        if value is not None and value["day"] == wanted:
            same = inputs == _inputs(revisions[one.id], wanted, used, rates.get(one.id, ""))
            kept_one = of_plain(one, value, current=same and _in_use(bench, value["versions"], used))
            found[one.id] = _seen(bench, kept_one)
    old = [one for one in everyone if one.id not in found or not found[one.id].current]
    for done, one in enumerate(old[:most]):
        if progress:
            progress(done, len(old), f"brief of {one.name}")
        found[one.id] = standing(bench, one, wanted, used)
    rows = [found.get(one.id) or _nothing(one, wanted) for one in everyone]
    rows.sort(key=lambda row: (not row.brief_id, -row.score, row.athlete.name, row.athlete.id))
    said = bench.store.comments_on([one.id for one in everyone])
    return Board(tuple(rows), said, *squads_of(bench, everyone))


def standing(bench: BriefDoor, athlete: Athlete, day: int, used: Mapping[str, str] | None = None) -> Standing:
    """How one athlete stands, as it was kept, or from their brief of the day where something has changed since."""
    with whole(bench):
        one = _standing(bench, athlete, day, used)
    return _seen(bench, one)


def _standing(bench: BriefDoor, athlete: Athlete, day: int, used: Mapping[str, str] | None) -> Standing:
    used = champions(bench.store.promotions()) if used is None else used
    # before the brief is made: what changes meanwhile makes the key another, never the other way round
    rates = bench.vault.fitted(RATE, bench.card(RATE).version)
    inputs = _inputs(bench.store.revision(athlete.id), day, used, rates.get(athlete.id, ""))
    kept = bench.store.model(athlete.id, KEPT, FORM)
    if kept is not None and kept[0] == inputs and _in_use(bench, kept[1]["versions"], used):
        return of_plain(athlete, kept[1], current=True)
    made = brief(bench, athlete.id, day)
    one = _of_brief(bench, athlete, made)
    bench.store.save_model(athlete.id, KEPT, FORM, inputs, plain(one))
    return one


def _seen(bench: BriefDoor, one: Standing) -> Standing:
    """What the actor may see of it: where something is withheld, made anew from the brief as they see it."""
    if not one.brief_id or not lacking(bench, one.athlete.id):
        return one
    return replace(_of_brief(bench, one.athlete, bench.store.brief(one.brief_id)), current=one.current)


def _of_brief(bench: BriefDoor, athlete: Athlete, made: Brief) -> Standing:
    day, runs = made.day, seen_runs(bench, made, bench.vault.runs(made.run_ids))
    score, reasons = needs_a_look(made)
    chart = made.charts.get("weeks", {})
    subject = str(made.charts.get("subject", "distance"))
    return Standing(
        athlete, day, made.id, made.last_day, score, tuple(_stated(each, runs) for each in reasons),
        {each.code: _stated(each, runs) for each in reversed(made.insights) if each.code in CODES},
        _alerts(bench, athlete.id, made, runs), subject,
        tuple(int(week) for week in _tail(chart, "week")),
        tuple(None if value != value else float(value) for value in _tail(chart, subject)),
        _sport(bench, athlete.id, day), _excused(bench, athlete.id, day),
        {run.algorithm: run.version for run in runs.values()},
    )  # fmt: skip


def open_standing(bench: BriefDoor, athlete: Athlete, day: str | int | None) -> tuple[Standing, OpenBrief]:
    """How one athlete stands, and the brief behind it; a brief that is there is opened, not made again."""
    rows = _last_day(bench, athlete.id)
    one = standing(bench, athlete, which_day(rows, day))
    return one, opened(bench, bench.store.brief(one.brief_id))


def _in_use(bench: BriefDoor, versions: Mapping[str, str], used: Mapping[str, str]) -> bool:
    return all(version == (used.get(name) or bench.card(name).version) for name, version in versions.items())


def _inputs(revision: int, day: int, used: Mapping[str, str], rate: str) -> str:
    """Digest of all that a brief depends on, but for the versions of the algorithms that it ran."""
    return snapshot.digest({"revision": revision, "day": day, "composition": VERSION, "used": dict(used), "rate": rate,
                            "form": FORM})  # fmt: skip


def _day(bench: BriefDoor, everyone: Sequence[Athlete], day: str | int | None) -> int:
    """The day of the squad; the first athlete with recent data settles it where no day is named."""
    if day not in (None, "", "latest"):
        return which_day(None, day)
    today, last = days.today(), None
    for one in everyone:
        found = _last_day(bench, one.id)
        last = max((each for each in (last, found) if each is not None), default=None)
        if day != "latest" and last is not None and today - last <= CURRENT_DAYS:
            return today
    return which_day(last, day)


def _stated(insight: Insight, runs: Mapping[str, Run]) -> Stated:
    parameters: dict[str, Any] = {}
    for run_id in insight.run_ids:
        parameters |= {name: value for name, value in runs[run_id].parameters.items() if name not in parameters}
    return Stated(insight, parameters)


def _alerts(bench: BriefDoor, athlete_id: str, made: Brief, runs: Mapping[str, Run]) -> tuple[Raised, ...]:
    from fitintel.workbench.alerts import alerts

    found = [one for one in alerts(bench.store, athlete_id, open_only=False)
             if one.state in ("open", "acknowledged", "snoozed")]  # fmt: skip
    return tuple(_raised(one.told, one.state, one.answer, bench, runs) for one in found)


def _raised(
    told: Told, state: str, answer: Answer | None, bench: BriefDoor, runs: Mapping[str, Run]
) -> Raised:  # fmt: skip
    more = [one for one in told.run_ids if one not in runs]
    behind = dict(runs) | closed(bench.vault.runs(more), lacking(bench, told.athlete_id), more)
    insight = Insight(Section(told.section), told.code, told.detail or {}, told.run_ids, Level(told.level),
                      workout_ids=told.workout_ids)  # fmt: skip
    held = answer if state != "open" else None
    return Raised(_stated(insight, behind), told.key, state, told.first_day, held.by if held else "",
                  held.why if held else "", days.number(held.at.date()) if held else None,
                  held.until if held else None)  # fmt: skip


def _tail(chart: Mapping[str, Any], name: str) -> list[Any]:
    values = chart.get(name, [])
    return list(values.tolist() if hasattr(values, "tolist") else values)[-WEEKS:]


def _last_day(bench: BriefDoor, athlete_id: str) -> int | None:
    found = bench.store.workouts(athlete_id, columns=("day",), since=days.today() - 400)
    found = found if len(found) else bench.store.workouts(athlete_id, columns=("day",))
    return int(found["day"][-1]) if len(found) else None


def _sport(bench: BriefDoor, athlete_id: str, day: int) -> str:
    rows = bench.store.workouts(athlete_id, columns=("day", "sport"), since=day - SPORT_DAYS + 1, until=day)
    most = Counter(rows["sport"].tolist()).most_common(1)
    return str(most[0][0]) if most else ""


def _excused(bench: BriefDoor, athlete_id: str, day: int) -> str:
    held = known(bench.store.stated(athlete_id, ExcusedDays))
    return next((one.reason for one in held if one.first <= day <= one.last), "")


def _nothing(athlete: Athlete, day: int) -> Standing:
    return Standing(athlete, day, "", None, 0, (), {}, (), "distance", (), (), "", "", {}, current=False)


def squads_of(
    bench: BriefDoor, everyone: Sequence[Athlete]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Athlete id -> names of the squads that they are in now, and athlete id -> accounts of their coaches."""
    now = datetime.now(UTC)
    names = {one.id: one.name for one in bench.vault.squads()}
    holding = [one for one in bench.vault.memberships() if one.holds(now) and one.squad_id in names]
    coaches: dict[str, set[str]] = {}
    for one in holding:
        if one.part is Part.COACH:
            coaches.setdefault(one.squad_id, set()).add(one.who)
    squads: dict[str, tuple[str, ...]] = {}
    coached: dict[str, tuple[str, ...]] = {}
    for athlete in everyone:
        mine = [one.squad_id for one in holding if one.part is Part.ATHLETE and one.who == athlete.id]
        if mine:
            squads[athlete.id] = tuple(sorted(names[squad] for squad in mine))
            coached[athlete.id] = tuple(sorted(set().union(*(coaches.get(squad, ()) for squad in mine))))
    return squads, coached
