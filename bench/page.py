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
highest), after what both compute was asserted to be equal. Seconds, where they stand, are processor time.
`make bench` measures all of it again, `python -m bench P9` one part, and `make bench-check` the short forms against
the ratios that are kept: it fails where one has lost a factor of two.
What stands below as *not measured* needs a peer or a program that was not there.
"""
LEVELS = """
## Cache levels

Each is safe to lose: with none of them the same bytes come, later. None is invalidated by time or by hope: each key
holds what the value depends on.

| level | what it keeps | what the key holds |
|---|---|---|
| in the process | workouts, runs, briefs, as bytes | the database, and the athlete's revision (P1, P17) |
| Redis | the same, for all processes | the same (P17) |
| column cache | the fleet's workouts as Parquet | the fingerprint of all revisions (P15) |
| rendered bytes | a brief's page and documents | the digest of its inputs, versions and reader (P12, P17) |
| HTTP | what the client holds | ETag: the digest of the bytes (P17) |
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
    unit = "" if one.unit == EXPONENT else f" {one.unit}"
    return f"{'at least' if one.unit == TIMES else 'at most'} {one.target:g}{unit}"


def _verdict(one: Figure) -> str:
    return "" if one.met is None else "met" if one.met else "**missed**"
