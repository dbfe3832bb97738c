"""docs/performance.md and its plot, from what the parts have kept. Never typed: `python -m bench --page`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import EXPONENT, TIMES, Figure, kept
from bench.parts import PARTS
from bench.plot import growth

DOCS = Path(__file__).resolve().parents[1] / "docs"
HEAD = """# Performance: ratios measured in one run

<!-- written by `python -m bench`; do not edit -->

Each figure is a ratio against a peer on the same machine in the same run, in turns, median of the pairs (lowest to
highest), after what both compute was asserted to be equal. Seconds would say more about the machine than about the
program; where they stand, they are processor time. `make bench` measures all of it again, `python -m bench P9` one part,
and `make bench-check` the short forms against the ratios that are kept: CI fails where one has lost a factor of two.
What stands below as *not measured* needs a peer or a program that was not there. What was missed is marked, and said in
the report of the part that missed it.
"""
LEVELS = """
## Cache levels

Each is safe to lose: with none of them the same bytes come, later. Hits and misses are counted
([`core/counted.py`](../fitintel/core/counted.py)) and shown by `fitintel doctor` for this process and by the monitor for all.

| level | what it keeps | key | invalidated by | counted as |
|---|---|---|---|---|
| in the process | workouts, briefs, runs as bytes | database, kind, athlete, revision, columns | the athlete's revision, read from the store each time | `cache`, level `process` |
| Redis | the same, for all processes | the same | the same | `cache`, level `redis` |
| column cache | the fleet's columns as Parquet | fingerprint of all revisions | the fingerprint | `cache`, level `columns` |
| rendered bytes | a brief's page and documents | digest of the brief's inputs, versions, reader | the digest; kept per reader | `cache`, level `rendered` |
| HTTP | what the client holds | ETag: digest of the bytes | the ETag | `cache`, level `http` |
"""


def write(folder: Path = DOCS) -> None:
    """Write the page and its plot."""
    (folder / "performance.md").write_text("\n".join(_lines()) + "\n")
    points = [(f"{part}: {one.what}", one) for part, one in _kept() if one.points]
    (folder / "images" / "growth.svg").write_text(growth(points))


def _kept() -> Iterator[tuple[str, Figure]]:
    for name in PARTS:
        for one in (kept(name) or {"figures": ()})["figures"]:
            yield name, one


def _lines() -> Iterator[str]:
    yield HEAD
    yield "| part | figure | measured | aim | |"
    yield "|---|---|---|---|---|"
    for name, part in PARTS.items():
        found = kept(name)
        if found is None:
            yield f"| **{name}** {part.title} | | not measured yet | | |"
            continue
        for place, one in enumerate(found["figures"]):
            first = f"**{name}** {part.title}, {_when(found)}" if place == 0 else ""
            yield f"| {first} | {one.what} | {one.said} | {_aim(one)} | {_verdict(one)} |"
    yield "\n![Seconds over size, both logarithmic](images/growth.svg)\n"
    yield "The slope of each line is its growth exponent: 1 is twice the time for twice the data."
    notes = [f"- **{name}**, {one.what}: {one.note}" for name, one in _kept() if one.note and one.value is not None]
    if notes:
        yield "\n## Notes\n"
        yield from notes


def _when(found: dict[str, Any]) -> str:
    return f"{found['day']}, {found['cores']} cores, load {found['load_average']:g}"


def _aim(one: Figure) -> str:
    if one.target is None:
        return ""
    return f"{'at least' if one.unit == TIMES else 'at most'} {one.target:g}{'' if one.unit == EXPONENT else ' ' + one.unit}"


def _verdict(one: Figure) -> str:
    return "" if one.met is None else "met" if one.met else "**missed**"
