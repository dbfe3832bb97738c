"""From a run or a line of a brief down to the rows of the files that it was made from."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.core import snapshot
from fitintel.core.errors import NotFound, ReplayMismatch
from fitintel.core.explained import Explained, Given, Newer, Origin, Place, Replayed, Step
from fitintel.core.records import Athlete, Brief, Insight, Run
from fitintel.core.stated import Goal, PlannedWorkout, Threshold, known
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.workbench.outcomes import FAILURES
from fitintel.workbench.tracing import Shelf, traced
from fitintel.workbench.withheld import CODE, NONE, lacking, open_runs

if TYPE_CHECKING:
    from fitintel.intelligence.registry import Algorithm
    from fitintel.workbench.door import BriefDoor, Door

NEWEST = 3
"""How many workouts are shown where none is named as evidence."""


def explain(bench: BriefDoor, asked: str, athlete_id: str | None = None) -> Explained:
    """A run (`r-...`), or a line of a brief: its number in the newest brief, `b-.../3`, or the key of what was told.

    Raises NotFound for a run, brief or line that is not there.
    """
    if asked.startswith("r-"):
        return _opened(bench, asked, (asked,), None, _owner(bench, asked, athlete_id))
    made, insight = _line(bench, asked, athlete_id)
    return _opened(bench, asked, insight.run_ids, insight, bench.athlete(made.athlete_id), made)


def line(made: Brief, number: int) -> Insight:
    """The insight of a line [1 is the first, in the order in which a brief is read]; raises NotFound."""
    if not 1 <= number <= len(made.insights):
        raise NotFound(f"There is no line {number} in {made.id}", why=f"it has {len(made.insights)} lines",
                       next="see them with: fitintel explain --lines")  # fmt: skip
    return made.insights[number - 1]


def replayed(bench: Door, run: Run, value: Any) -> Replayed:
    """What has changed since a run was made: other versions on the same inputs, and the data it read."""
    from fitintel.core.promotion import champions
    from fitintel.intelligence import registry

    newer = []
    inputs = {name: _load(bench, digest) for name, digest in run.inputs.items()}
    for version in registry.versions(run.algorithm):
        if registry.order(version) > registry.order(run.version):
            found = registry.get(run.algorithm, version)
            fits = list(found.card.inputs) == list(run.inputs) or set(found.card.inputs) == set(run.inputs)
            chosen = {name: each for name, each in run.parameters.items() if name in found.card.parameters}
            newer.append(_on_the_same(found, inputs, chosen) if fits else Newer(version, None))
    current = champions(bench.store.promotions()).get(run.algorithm) or registry.get(run.algorithm).card.version
    return Replayed(run, value, current, tuple(newer), _changed(bench, run))


def _on_the_same(found: Algorithm, inputs: Mapping[str, Any], chosen: Mapping[str, Any]) -> Newer:
    """What a version makes of the inputs of a run; one that fails on them does not hinder the replay of another."""
    version = found.card.version
    try:
        return Newer(version, found(*(inputs[name] for name in found.card.inputs), **chosen))
    except FAILURES as error:
        return Newer(version, None, f"{type(error).__name__}: {error}")


def _line(bench: BriefDoor, asked: str, athlete_id: str | None) -> tuple[Brief, Insight]:
    from fitintel.core.answers import key_of
    from fitintel.workbench.briefs import whom

    name, _, number = asked.rpartition("/")
    if name.startswith("b-") and number.isdigit():
        made = bench.store.brief(name)
        return made, line(made, int(number))
    athlete = whom(bench, athlete_id)
    briefs = bench.store.briefs(athlete.id)
    if not briefs:
        raise NotFound(f"There is no brief of {athlete.id} yet", next="make one with: fitintel brief")
    made = bench.store.brief(max(briefs, key=lambda each: (each[1], each[2]))[0])
    if asked.isdigit():
        return made, line(made, int(asked))
    for each in made.insights:
        if asked in (key_of(each), each.code):
            return made, each
    raise NotFound(f"There is no line {asked!r} in {made.id}", why="it is no run, number, key or code of its lines",
                   next="see them with: fitintel explain --lines")  # fmt: skip


def _opened(
    bench: Door, asked: str, run_ids: Iterable[str], insight: Insight | None, athlete: Athlete | None,
    made: Brief | None = None,
) -> Explained:  # fmt: skip
    bench.may(Action.READ, bench.whose(asked) if athlete is None else athlete.id, Kind.BRIEF, about=asked)
    lacks = lacking(bench, athlete.id) if athlete is not None else NONE
    loaded: dict[str, Any] = {}
    steps: dict[str, Step] = {}
    waiting = list(run_ids)
    asked_for = set(waiting)
    left_out: set[str] = set(insight.values["of"]) if insight is not None and insight.code == CODE else set()
    while waiting:
        name = waiting.pop(0)
        if name in steps:
            continue
        # the line may be seen, not all that stands behind it
        if lacks and (of := _withheld(bench, athlete, name) & lacks):
            left_out |= of
            continue
        steps[name] = _step(bench, bench.store.run(name), loaded)
        waiting += steps[name].run.parents
    read = _workouts_of(steps.values())
    evidence = list(insight.workout_ids) if insight is not None else []
    rows = _rows(bench, athlete, sorted({*read, *evidence}))
    shown = evidence or [name for name in rows if name in set(read)][-NEWEST:]
    counts = Counter(str(row["import_id"]) for row in rows.values())
    imports = {} if athlete is None else {each.id: each for each in bench.store.imports(athlete.id)}
    origins = _origins(bench, athlete, [rows[name] for name in shown if name in rows], imports)
    held: tuple[Threshold, ...] = ()
    if athlete is not None and any("thresholds" in step.run.inputs for step in steps.values()):
        held = tuple(known(bench.store.stated(athlete.id, Threshold)))
    found = Explained(
        asked, athlete, insight, (), tuple(steps.values()), origins,
        tuple((imports[name], count) for name, count in counts.items() if name in imports), held, len(rows),
        tuple(sorted(left_out)),
    )  # fmt: skip
    if insight is None:
        return found
    shelf = shelf_of(found, asked_for, made)
    if athlete is not None:
        for kind in (Goal, PlannedWorkout, Threshold):
            for one in known(bench.store.stated(athlete.id, kind)):
                shelf.put(f"stated {kind.__name__} {one.id}", {
                    name: getattr(one, name) for name in ("value", "valid_from", "day", "duration", "distance", "rpe")
                    if hasattr(one, name)
                })  # fmt: skip
    places = traced(insight.values, shelf)
    return replace(found, places=places if made is None else tuple(_dated(each, places, made.day) for each in places))


def _withheld(bench: Door, athlete: Athlete | None, run_id: str) -> frozenset[str]:
    """Categories of a run of the athlete; none of anybody else's, which is not there."""
    from fitintel.workbench.categories import of_run

    mine = athlete is not None and athlete.id in bench.vault.run_owners([run_id]).get(run_id, ())
    return of_run(bench.vault.run(run_id)) if mine else NONE


def _dated(place: Place, places: Iterable[Place], day: int) -> Place:
    """A number of days between a day that stands somewhere and that of the brief."""
    if place.where:
        return place
    dates = (day - place.value, day + place.value)
    found = next((each for each in places if each.where and each.value in dates), None)
    return place if found is None else replace(place, where=f"days between {found.name} and the day of the brief")


def shelf_of(found: Explained, asked_for: Iterable[str], made: Brief | None) -> Shelf:
    """All that a figure of the insight may stand in: its runs, what they were given, its rows, and its day."""
    shelf, first = Shelf(), set(asked_for)
    for step in found.steps:
        if step.run.id in first:
            shelf.put(step.run.algorithm, step.result)
            shelf.put(f"{step.run.algorithm} parameter", dict(step.run.parameters))
    for step in found.steps:
        if step.run.id in first:
            for given in step.inputs:
                shelf.put(f"{step.run.algorithm} input {given.name}", given.value)
    for origin in found.origins:
        shelf.put(f"workout {origin.workout['id']}", origin.workout)
    if made is not None:
        shelf.put("day of the brief", made.day)
    return shelf


def _step(bench: Door, run: Run, loaded: dict[str, Any]) -> Step:
    from fitintel.intelligence import registry

    def value(digest: str) -> Any:
        if digest not in loaded:
            loaded[digest] = _load(bench, digest)
        return loaded[digest]

    if run.version not in registry.versions(run.algorithm):
        raise ReplayMismatch(f"Run {run.id} was made by {run.algorithm} {run.version}",
                             why="this installation does not have that version",
                             next="install the release that has it")  # fmt: skip
    found = registry.get(run.algorithm, run.version)
    parents = {each.output: each.id for each in open_runs(bench, run.parents)}
    given = tuple(Given(name, found.card.inputs[name], run.inputs[name], value(run.inputs[name]),
                        parents.get(run.inputs[name], "")) for name in found.card.inputs)  # fmt: skip
    count = sum(len(each.value) for each in given if isinstance(each.value, Workouts))
    return Step(run, found.card, inspect.getdoc(found.function) or "", given, value(run.output), count)


def _load(bench: Door, digest: str) -> Any:
    return snapshot.load(bench.blobs.get("snapshots", digest))


def _workouts_of(steps: Iterable[Step]) -> list[str]:
    """Ids of the workouts that runs read, in the order of the largest table of them."""
    tables = [given.value for step in steps for given in step.inputs if isinstance(given.value, Workouts)]
    return list(dict.fromkeys(str(name) for table in sorted(tables, key=len) for name in table["id"]))


def _rows(bench: Door, athlete: Athlete | None, wanted: list[str]) -> dict[str, Mapping[str, Any]]:
    if athlete is None or not wanted:
        return {}
    kept, names = bench.store.workouts(athlete.id, columns=tuple(COLUMNS), twins=True), set(wanted)
    return {row["id"]: row for row in kept.rows() if row["id"] in names}


def _origins(
    bench: Door, athlete: Athlete | None, rows: list[Mapping[str, Any]], imports: Mapping[str, Any]
) -> tuple[Origin, ...]:
    if athlete is None or not rows:
        return ()
    ids = [str(row["id"]) for row in rows]
    problems = [each for each in bench.store.problems(athlete_id=athlete.id, status=None) if each.workout_id in ids]
    repairs, labels = bench.store.repairs(athlete.id, ids), bench.store.labels(athlete.id)
    return tuple(
        Origin(
            row, imports.get(row["import_id"]), tuple(each for each in problems if each.workout_id == row["id"]),
            tuple(each for each in repairs if each.workout_id == row["id"]),
            tuple(each for each in labels if each.workout_id == row["id"]),
        )
        for row in rows
    )  # fmt: skip


def _owner(bench: Door, run_id: str, athlete_id: str | None) -> Athlete | None:
    """Whose workouts a run read; None where it read none. A run itself does not say: equal inputs give equal runs."""
    from fitintel.workbench.athletes import find

    if athlete_id is not None:
        return find(bench, athlete_id)
    table = next(_tables(bench, bench.store.run(run_id)), None)
    return None if table is None else _whose(bench, table)


def _changed(bench: Door, run: Run) -> dict[str, int]:
    """How the workouts that a run read differ from those that are stored now, up to the last day it read."""
    import numpy as np

    for value in _tables(bench, run):
        owner = _whose(bench, value)
        if owner is None:
            return {"corrected": 0, "added": 0, "removed": len(value)}
        now = bench.store.workouts(owner.id, columns=tuple(value), until=int(np.max(value["day"])))
        then, here = ({row["id"]: row for row in table.rows()} for table in (value, now))
        both = set(then) & set(here)
        return {"corrected": sum(then[name] != here[name] for name in both), "added": len(set(here) - both),
                "removed": len(set(then) - both)}  # fmt: skip
    return {}


def _tables(bench: Door, run: Run) -> Iterator[Workouts]:
    """The workouts that a run, or a run behind it, read."""
    waiting, seen = [run], set()
    while waiting:
        each = waiting.pop(0)
        seen.add(each.id)
        for digest in each.inputs.values():
            value = _load(bench, digest)
            if isinstance(value, Workouts) and len(value) and {"id", "day"} <= set(value):
                yield value
        waiting += [one for one in open_runs(bench, each.parents) if one.id not in seen]


def _whose(bench: Door, table: Workouts) -> Athlete | None:
    probe = [str(name) for name in table["id"][:5]]
    return next((one for one in bench.store.athletes() if bench.store.known_ids(one.id, probe)), None)
