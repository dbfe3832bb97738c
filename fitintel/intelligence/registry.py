"""`@algorithm`, look-up, and the Run that is made around every call.

An algorithm lives in `algorithms/<family>/<id>.py`; its id, version, inputs, limits and source stand in its
decorator, its parameters and title are read from the function. Its other versions live in
`algorithms/<family>/versions/<id>_<major>_<minor>_<patch>.py`: earlier ones, so that what they computed can be computed
again, and challengers that have not been promoted. Calling it computes; `Journal.run` computes and keeps the audit row.
"""

from __future__ import annotations

import inspect
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fitintel.core import snapshot
from fitintel.core.card import FAMILIES, Card, Validity
from fitintel.core.errors import ReplayMismatch, UnknownName
from fitintel.core.records import Run

HOME = Path(__file__).parent / "algorithms"
VERSIONS = "versions"
"""folder in a family for the versions beside the one in use"""
OWN = "features"
"""family of what is no file of ours: a function of a notebook or script"""


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A pure function and its card. Call it like the function it wraps."""

    card: Card
    function: Callable[..., Any]

    def __call__(self, *inputs: Any, **parameters: Any) -> Any:
        """Compute, without an audit row."""
        return self.function(*inputs, **parameters)

    @property
    def __doc__(self) -> str | None:  # type: ignore[override]
        return self.function.__doc__

    @property
    def __wrapped__(self) -> Callable[..., Any]:
        return self.function


def algorithm(
    *,
    id: str,
    version: str,
    inputs: Mapping[str, str],
    output: tuple[str, str],
    source: str,
    validity: Validity,
    limits: tuple[str, ...],
    title: str | None = None,
    changed: str = "",
) -> Callable[[Callable[..., Any]], Algorithm]:
    """Make a function an algorithm. Positional arguments are inputs, keyword-only arguments are parameters.

    The family is the folder, the title the first sentence of the docstring unless given. `changed` says of a later
    version what it computes differently.
    """

    def decorate(function: Callable[..., Any]) -> Algorithm:
        signature = inspect.signature(function)
        positional = [p.name for p in signature.parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
        if positional != list(inputs):
            raise TypeError(f"{id}: the card names inputs {list(inputs)}, the function takes {positional}")
        parameters = {p.name: p.default for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY}
        doc = inspect.getdoc(function) or ""
        # an Algorithm is no function to doctest; __test__ is the standard way to name further examples of a module
        function.__globals__.setdefault("__test__", {})[id] = doc
        first = doc.split("\n\n")[0].replace("\n", " ").strip()
        card = Card(
            id=id, version=version, family=_family(function.__module__),
            title=title or first.rstrip("."), description=first, inputs=MappingProxyType(dict(inputs)),
            output=output, parameters=MappingProxyType(parameters), source=source, validity=validity, limits=limits,
            changed=changed,
        )  # fmt: skip
        return Algorithm(card, function)

    return decorate


def _family(module: str) -> str:
    """Name of the folder; that of the versions is inside it. A notebook or script has none."""
    *_, outer, folder, _ = ("", OWN, *module.split("."))
    return outer if folder == VERSIONS else folder


@cache
def _places() -> dict[str, str]:
    """Algorithm id -> family, read from the folder: the file name is the id."""
    return {
        entry.name[:-3]: family
        for family in FAMILIES
        if (HOME / family).is_dir()
        for entry in os.scandir(HOME / family)
        if entry.name.endswith(".py") and not entry.name.startswith("_")
    }


@cache
def _others() -> dict[tuple[str, str], str]:
    """(algorithm id, version) -> file name, of the versions beside the one that stands in the family's folder."""
    found = {}
    for family in FAMILIES:
        for entry in (HOME / family / VERSIONS).glob("*_*_*_*.py"):
            name, *numbers = entry.stem.rsplit("_", 3)
            found[name, ".".join(numbers)] = entry.stem
    return found


def ids() -> tuple[str, ...]:
    """Ids of all algorithms, sorted."""
    return tuple(sorted(_places()))


def versions(algorithm_id: str) -> tuple[str, ...]:
    """Every version that can be computed here, oldest first."""
    others = [version for name, version in _others() if name == algorithm_id]
    return tuple(sorted([get(algorithm_id).card.version, *others], key=order))


def order(version: str) -> tuple[int, ...]:
    """Sort key of a version.

    >>> sorted(["1.10.0", "1.9.0"], key=order)
    ['1.9.0', '1.10.0']
    """
    return tuple(map(int, version.split(".")))


@cache
def get(algorithm_id: str, version: str | None = None) -> Algorithm:
    """The algorithm of that id, by default as it stands in the family's folder; only its own module is imported."""
    places = _places()
    if algorithm_id not in places:
        raise UnknownName("algorithm", algorithm_id, places, next="see them with: fitintel algorithms")
    family = f"{__package__}.algorithms.{places[algorithm_id]}"
    if version is None:
        found: Algorithm = getattr(import_module(f"{family}.{algorithm_id}"), algorithm_id)
    elif (algorithm_id, version) in _others():
        found = getattr(import_module(f"{family}.{VERSIONS}.{_others()[algorithm_id, version]}"), algorithm_id)
    else:
        found = get(algorithm_id)
        if found.card.version != version:
            raise UnknownName(f"version of {algorithm_id}", version, versions(algorithm_id),
                              next="install the release that has that version")  # fmt: skip
    if found.card.id != algorithm_id or (version or found.card.version) != found.card.version:
        where = found.function.__module__
        raise TypeError(f"{where}: named {algorithm_id} {version or ''}, its card {found.card.id} {found.card.version}")
    return found


def catalogue() -> dict[str, Algorithm]:
    """Every algorithm, by id."""
    return {algorithm_id: get(algorithm_id) for algorithm_id in ids()}


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gave: the value and the audit row. Hand it to the next run as an input and it becomes its parent."""

    value: Any
    run: Run

    def __getitem__(self, key: Any) -> Any:
        return self.value[key]

    def part(self, key: str, *, last: int | None = None) -> Result:
        """One entry of the value (its `last` items), still known as this run's result."""
        value = self.value[key]
        return Result(value if last is None else value[-last:], self.run)


Recall = Callable[[str], tuple[Run, bytes] | None]
"""Run id -> the stored run and the snapshot of its result, or None."""


class Journal:
    """Collects the runs of one composition, and the snapshots that make each replayable.

    A run's id is the digest of algorithm, version, parameters and inputs. With `recall`, a run that is already stored
    is not computed again: yesterday's back-tests and fitted models serve until their inputs change. `champions` names
    the version to run of an algorithm, where it is another than the one in the family's folder.

    >>> journal = Journal()
    >>> journal.runs, journal.snapshots
    ({}, {})
    """

    def __init__(self, recall: Recall | None = None, champions: Mapping[str, str] | None = None) -> None:
        self.runs: dict[str, Run] = {}
        self.snapshots: dict[str, bytes] = {}
        self._recall = recall
        self._champions = champions or {}
        self._digests: dict[int, tuple[Any, str]] = {}

    def run(self, algorithm_id: str, *inputs: Any, **parameters: Any) -> Result:
        """Run an algorithm on inputs (plain values or earlier `Result`s) and keep the audit row."""
        found = get(algorithm_id, self._champions.get(algorithm_id))
        card = found.card
        full = {**card.parameters, **parameters}
        unknown = set(parameters) - set(card.parameters)
        if unknown:
            raise UnknownName(f"parameter of {algorithm_id}", sorted(unknown)[0], card.parameters)
        values = [item.value if isinstance(item, Result) else item for item in inputs]
        parents = tuple(sorted({item.run.id for item in inputs if isinstance(item, Result)}))
        digests = {name: self.keep(item) for name, item in zip(card.inputs, values, strict=True)}
        # parents are lineage, not identity: this week's totals are the same whichever run added them up
        identity = {"algorithm": card.id, "version": card.version, "parameters": full, "inputs": digests}
        run_id = "r-" + snapshot.digest(identity)[:20]
        stored = self._recall(run_id) if self._recall else None
        if stored is not None:
            kept, data = stored
            # it may have been stored with the lineage of another's brief
            run = kept if kept.parents == parents else replace(kept, parents=parents)
            value = snapshot.load(data)
            self._digests[id(value)] = (value, run.output)
            self.snapshots.setdefault(run.output, data)
        else:
            began = time.perf_counter()
            value = found(*values, **parameters)
            seconds = time.perf_counter() - began
            run = Run(
                id=run_id, algorithm=card.id, version=card.version, parameters=full, inputs=digests,
                parents=parents, output=self.keep(value), at=datetime.now(UTC), seconds=seconds,
            )  # fmt: skip
        self.runs.setdefault(run.id, run)
        return Result(value, run)

    def values(self) -> dict[str, Any]:
        """Digest -> value, of every input and result."""
        return {digest: value for value, digest in self._digests.values()}

    def keep(self, value: Any) -> str:
        """Keep a value's snapshot; its digest."""
        # the same object is often the input of several runs; `value` is held so that its id() stays its own
        seen = self._digests.get(id(value))
        if seen is not None and seen[0] is value:
            return seen[1]
        data = snapshot.dump(value)
        name = snapshot.digest_of(data)
        self.snapshots.setdefault(name, data)
        self._digests[id(value)] = (value, name)
        return name


def replay(run: Run, fetch: Callable[[str], bytes]) -> Any:
    """Compute a stored run again from its snapshots; raises ReplayMismatch unless the answer is bit for bit the same.

    `fetch` gives snapshot bytes for a digest.
    """
    if run.version not in versions(run.algorithm):
        raise ReplayMismatch(
            f"Run {run.id} was made by {run.algorithm} {run.version}",
            why=f"this installation has {', '.join(versions(run.algorithm))}",
            next="install the release that has that version, or compare with a new run",
        )
    found = get(run.algorithm, run.version)
    inputs = [snapshot.load(fetch(run.inputs[name])) for name in found.card.inputs]
    value = found(*inputs, **run.parameters)
    if snapshot.digest(value) != run.output:
        raise ReplayMismatch(
            f"Run {run.id} gave another answer",
            where=f"{run.algorithm} {run.version}",
            why="the code or a library changed without a new version",
            next="compare the library versions with those of the lock file",
        )
    return value
