"""compare(): two briefs of one athlete, and the causes of their differences, read from what their runs took in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.core import snapshot
from fitintel.core.compared import Cause, Compared
from fitintel.core.errors import NotFound, UsageError
from fitintel.core.records import Brief, Run
from fitintel.core.workouts import Workouts
from fitintel.workbench.briefs import brief, opened, which_day, whom

if TYPE_CHECKING:
    from fitintel.workbench.door import BriefDoor

Roots = dict[tuple[str, str], str]
"""(algorithm, input, parameter or `version`) -> digest or value, of everything a run stands on that no run made"""
YESTERDAY = "yesterday"


def compare(
    bench: BriefDoor, athlete_id: str | None = None, day: str | int | None = None, before: str | int | None = YESTERDAY
) -> Compared:
    """The brief of `day` beside an earlier one: `yesterday` (the latest brief of an earlier day), a day, or a brief id.

    Raises NotFound where a day that is named has no other brief, UsageError for a brief of somebody else.
    """
    athlete = whom(bench, athlete_id)
    bench.may(Action.READ, athlete.id, Kind.BRIEF)
    later = brief(bench, athlete.id, day)
    earlier = _earlier(bench, later, before)
    made_now = earlier is None
    if earlier is None:
        earlier = brief(bench, athlete.id, later.day - 1)
    one, other = opened(bench, earlier), opened(bench, later)
    causes, origin = _causes(bench, one.brief, other.brief, one.runs, other.runs)
    before_of = {run.algorithm: run for run in one.runs.values()}
    reaches = {}
    for run in other.runs.values():
        old = one.runs.get(run.id) or before_of.get(run.algorithm)
        changed = _changed(_roots(old, one.runs) if old else {}, _roots(run, other.runs))
        reaches[run.id] = tuple(sorted({place for key in changed for place in origin.get(key, ())}))
    return Compared(one, other, tuple(causes), reaches, made_now)


def _earlier(bench: BriefDoor, later: Brief, before: str | int | None) -> Brief | None:
    """The brief to compare with; None where there is none yet of an earlier day."""
    if isinstance(before, str) and before.startswith("b-"):
        found = bench.store.brief(before)
        if found.athlete_id != later.athlete_id:
            raise UsageError(f"{before} is the brief of another athlete", next="see the ids at the head of each brief")
        return found
    kept = [each for each in bench.store.briefs(later.athlete_id) if each[0] != later.id]
    if before in (None, "", YESTERDAY):
        past = [each for each in kept if each[1] < later.day]
        newest = max(past, key=lambda each: (each[1], each[2]), default=None)
    else:
        wanted = which_day(later.last_day, before)
        there = [each for each in kept if each[1] == wanted]
        newest = max(there, key=lambda each: each[2], default=None)
        if newest is None:
            raise NotFound("There is no other brief of that day", where=str(before),
                           next="name another day, or a brief id")  # fmt: skip
    return bench.store.brief(newest[0]) if newest else None


def _roots(run: Run | None, runs: Mapping[str, Run]) -> Roots:
    """What a run and those before it were given from outside, their parameters, and their versions."""
    found: Roots = {}
    todo, seen = [run] if run is not None else [], set()
    while todo:
        one = todo.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        parents = [runs[name] for name in one.parents if name in runs]
        made = {parent.output for parent in parents}
        found[one.algorithm, "version"] = one.version
        found |= {(one.algorithm, name): digest for name, digest in one.inputs.items() if digest not in made}
        found |= {(one.algorithm, f"={name}"): repr(value) for name, value in one.parameters.items()}
        todo += parents
    return found


def _changed(one: Roots, other: Roots) -> list[tuple[str, str]]:
    return [key for key in other if one.get(key) != other[key]]


def _causes(
    bench: BriefDoor, one: Brief, other: Brief, old: Mapping[str, Run], new: Mapping[str, Run]
) -> tuple[list[Cause], dict[tuple[str, str], tuple[int, ...]]]:
    """The causes, and for each changed root the places of those it shows."""
    causes: list[Cause] = []
    origin: dict[tuple[str, str], tuple[int, ...]] = {}
    by_kind: dict[Any, tuple[int, ...]] = {}

    def note(key: tuple[str, str], identity: Any, found: Iterable[Cause]) -> None:
        if identity not in by_kind:
            start = len(causes)
            causes.extend(found)
            by_kind[identity] = tuple(range(start, len(causes)))
        origin[key] = by_kind[identity]

    if one.day != other.day:
        note(("", "day"), "day", [Cause("day", {"before": one.day, "after": other.day})])
    if one.version != other.version:
        note(("", "brief"), "brief", [Cause("brief_version", {"before": one.version, "after": other.version})])
    olds = {run.algorithm: run for run in old.values()}
    for run in new.values():
        was = olds.get(run.algorithm)
        if was is None or run.id in old:
            continue
        if was.version != run.version:
            values = {"algorithm": run.algorithm, "before": was.version, "after": run.version}
            note((run.algorithm, "version"), ("version", run.algorithm), [Cause("algorithm", values)])
        for name, digest in run.inputs.items():
            if was.inputs.get(name) == digest or name not in (*SAID, "workouts", "day", "signs"):
                continue
            key = (run.algorithm, name)
            if name == "signs":  # plain values of runs that went before
                origin[key] = (*by_kind.get("day", ()), *by_kind.get("wellness", ()))
                continue
            if name == "day":
                origin[key] = by_kind.get("day", ())
            elif name == "workouts":
                note(key, "workouts", _workouts(bench, was.inputs[name], digest, one.day))
            elif name in was.inputs:
                note(key, name, [Cause("input", {"input": SAID[name]})])
        for name, value in run.parameters.items() if run.algorithm == "consistency_score" else ():
            if name in STATED and repr(was.parameters.get(name)) != repr(value):
                note(
                    (run.algorithm, f"={name}"), ("parameter", name), [Cause("parameter", {"parameter": STATED[name]})]
                )
    return causes, origin


SAID = {
    "labels": "labels", "thresholds": "thresholds", "plans": "plans", "wellness": "wellness", "answers": "answers",
    "figures": "recordings", "goals": "goals", "sources": "accounts and devices",
}  # fmt: skip
"""input of an algorithm that a person or a sensor gave -> what it is"""
STATED = {"goal": "goal", "planned_minutes": "plans", "excused_weeks": "excused days"}
"""parameter that a person stated -> what it is"""


def _workouts(bench: BriefDoor, old: str, new: str, upto: int) -> list[Cause]:
    """New, late, changed and gone workouts between two snapshots; late are those of days that were told already."""
    before, after = _rows(bench, old), _rows(bench, new)
    fresh = {name: row for name, row in after.items() if name not in before}
    groups = {
        "new_workouts": [name for name, row in fresh.items() if row["day"] > upto],
        "late_workouts": [name for name, row in fresh.items() if row["day"] <= upto],
        "changed_workouts": [name for name, row in after.items() if name in before and before[name] != row],
        "gone_workouts": [name for name in before if name not in after],
    }
    return [Cause(kind, {"n": len(names)}, tuple(sorted(names))) for kind, names in groups.items() if names]


def _rows(bench: BriefDoor, digest: str) -> dict[str, dict[str, Any]]:
    found = snapshot.load(bench.blobs.get("snapshots", digest))
    if not isinstance(found, Workouts):
        return {}
    return {str(row["id"]): row for row in found.rows()}
