"""Shadow mode: a challenger runs beside the version in use whenever a brief is made; nobody is shown it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.access.actor import Action, Kind
from fitintel.core import snapshot
from fitintel.core.promotion import Shadow, ShadowRun, shadowed
from fitintel.core.records import Run
from fitintel.intelligence.registry import Journal, get

if TYPE_CHECKING:
    from fitintel.intelligence.brief import Composition
    from fitintel.workbench.door import Door

FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""How a challenger's code fails; it is written down beside the run that it should have answered."""


@dataclass(frozen=True, slots=True)
class ShadowRow:
    """One figure of both versions, over all days and athletes on which both ran."""

    algorithm: str
    version: str
    beside: str
    """version in use"""
    figure: str
    athletes: int
    days: int
    pairs: int
    differing: int
    champion: float
    challenger: float
    """means"""
    largest: float
    """difference, challenger less champion, the one that is farthest from zero"""


@dataclass(frozen=True, slots=True)
class ShadowReport:
    """What ran in the shadow so far."""

    on: tuple[tuple[str, str], ...]
    rows: tuple[ShadowRow, ...]
    failed: tuple[ShadowRun, ...]


def turn(bench: Door, algorithm: str, version: str, on: bool) -> Shadow:
    """Run a version in the shadow from now on, or no longer; raises UnknownName for a version that is not here."""
    bench.may(Action.UPDATE, kind=Kind.EXPERIMENT, owner=bench.actor.id)
    get(algorithm, version)
    said = Shadow(algorithm, version, on, bench.actor.id, datetime.now(UTC))
    bench.store.put_shadow(said)
    return said


def run_beside(bench: Door, made: Composition) -> list[ShadowRun]:
    """Run what is in the shadow on the inputs of a brief's runs, and keep what it gave; failures are written down."""
    wanted = shadowed(bench.store.shadows())
    if not wanted:
        return []
    rows: list[ShadowRun] = []
    runs: dict[str, Run] = {}
    snapshots: dict[str, bytes] = {}
    for algorithm, version in wanted:
        journal = Journal(champions={algorithm: version})
        for run in made.journal.runs.values():
            if run.algorithm != algorithm or run.version == version:
                continue
            row = ShadowRun(made.brief.athlete_id, made.brief.day, algorithm, version, run.id, None)
            try:
                found = _again(journal, version, run, made.journal.snapshots)
            except FAILURES as error:
                rows.append(replace(row, error=f"{type(error).__name__}: {error}"))
                continue
            runs[found.id] = found
            rows.append(replace(row, run_id=found.id))
        snapshots |= journal.snapshots
    bench.blobs.put_many("snapshots", {name: data for name, data in snapshots.items()
                                       if name not in made.journal.snapshots})  # fmt: skip
    bench.store.put_shadow_runs(rows, list(runs.values()))
    return rows


def _again(journal: Journal, version: str, run: Run, snapshots: Mapping[str, bytes]) -> Run:
    """The run with the journal's version of the algorithm, on the same inputs."""
    card = get(run.algorithm, version).card
    inputs = [snapshot.load(snapshots[run.inputs[name]]) for name in card.inputs]
    usual = get(run.algorithm, run.version).card.parameters
    stated = {name: value for name, value in run.parameters.items()
              if name in card.parameters and value != usual.get(name)}  # fmt: skip
    # lineage is that of the run beside it: its inputs came from there
    return replace(journal.run(run.algorithm, *inputs, **stated).run, parents=run.parents)


def report(bench: Door, algorithm: str | None = None) -> ShadowReport:
    """Both versions' figures over time, of one algorithm or of all."""
    bench.may(Action.READ, kind=Kind.EXPERIMENT)
    kept = bench.store.shadow_runs(algorithm)
    both = [one for one in kept if one.run_id is not None]
    runs = {
        run.id: run
        for run in bench.store.runs(sorted({name for one in both for name in (one.beside, one.run_id or "")}))
    }
    found: dict[tuple[str, str, str, str], list[tuple[ShadowRun, float, float]]] = {}
    for one in both:
        old, new = (dict(figures(snapshot.load(bench.blobs.get("snapshots", runs[name].output))))
                    for name in (one.beside, one.run_id or ""))  # fmt: skip
        for name in sorted(set(old) & set(new)):
            key = (one.algorithm, one.version, runs[one.beside].version, name)
            found.setdefault(key, []).append((one, old[name], new[name]))
    rows = tuple(_row(key, pairs) for key, pairs in sorted(found.items()))
    return ShadowReport(tuple(shadowed(bench.store.shadows())), rows, tuple(one for one in kept if one.run_id is None))


def figures(value: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Finite numbers of a result by name; of a series its last one.

    >>> dict(figures({"ctl": np.array([1.0, 2.0]), "n": 3, "label": "run"}))
    {'ctl': 2.0, 'n': 3.0}
    """
    if isinstance(value, Mapping):
        for key in sorted(value, key=str):
            yield from figures(value[key], f"{name}/{key}" if name else str(key))
    elif isinstance(value, np.ndarray):
        if value.ndim == 1 and len(value) and value.dtype.kind in "fiu":
            yield from figures(float(value[-1]), name)
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and np.isfinite(value):
        yield name or "value", float(value)


def _row(key: tuple[str, str, str, str], pairs: list[tuple[ShadowRun, float, float]]) -> ShadowRow:
    algorithm, version, beside, figure = key
    old, new = np.array([one for _, one, _ in pairs]), np.array([one for *_, one in pairs])
    apart = new - old
    athletes, on = ({getattr(one, name) for one, *_ in pairs} for name in ("athlete_id", "day"))
    return ShadowRow(
        algorithm, version, beside, figure, athletes=len(athletes), days=len(on), pairs=len(pairs),
        differing=int((apart != 0).sum()), champion=float(old.mean()), challenger=float(new.mean()),
        largest=float(apart[np.argmax(np.abs(apart))]),
    )  # fmt: skip
