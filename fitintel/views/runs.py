"""A run and its value as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.core.explained import Replayed

DIFFERENCES = 6
"""how many figures that differ between versions are told"""
SHOWN = 6
"""Longer columns are shown by their first and last values."""


def run_text(replayed: Replayed) -> str:
    """What was run, from what, what came out when it was computed again, and what has changed since."""
    run, value = replayed.run, replayed.value
    lines = [
        f"{run.id}  {run.algorithm} {run.version}",
        f"first made  {run.at:%Y-%m-%d %H:%M:%S} UTC",
        *(f"parameter   {name} = {setting!r}" for name, setting in run.parameters.items()),
        *(f"input       {name}  sha256 {digest[:16]}" for name, digest in run.inputs.items()),
        *(f"from run    {parent}" for parent in run.parents),
        f"result      sha256 {run.output[:16]}",
        *(f"  {name}: {shown}" for name, shown in value_lines(value).items()),
        f"Computed again by {run.algorithm} {run.version}: the same, bit for bit.",
        *since(replayed),
    ]
    return "\n".join(lines)


def since(replayed: Replayed) -> list[str]:
    """What has changed since the run was made, a sentence each."""
    run, said = replayed.run, []
    for newer in replayed.newer:
        state = "in use now" if newer.version == replayed.current else "not in use"
        if newer.failed:
            said.append(f"{run.algorithm} {newer.version} ({state}) fails on these inputs: {newer.failed}.")
            continue
        if newer.value is None:
            said.append(
                f"{run.algorithm} {newer.version} ({state}) takes other inputs: it cannot be compared on these."
            )
            continue
        there, here = headline(newer.value), headline(replayed.value)
        differ = [f"{name} {_short(here[name])} by {run.version}, {_short(there[name])} by {newer.version}"
                  for name in here if name in there and there[name] != here[name]]  # fmt: skip
        known = "; ".join(differ[:DIFFERENCES]) or "the same last figures"
        said.append(f"On the same inputs {run.algorithm} {newer.version} ({state}) gives: {known}.")
    if run.version == replayed.current:
        said.append(f"{run.version} is the version in use.")
    elif not any(newer.version == replayed.current for newer in replayed.newer):
        said.append(f"The version in use now is {replayed.current}.")
    changed = {name: count for name, count in replayed.changed.items() if count}
    if changed:
        told = ", ".join(f"{count:,} {name}" for name, count in changed.items())
        said.append(f"Of the workouts that it was made from, up to its last day, have since been: {told}.")
    elif replayed.changed:
        said.append("The workouts that it was made from are unchanged since.")
    return said


def headline(value: Any) -> dict[str, float]:
    """The single figures of a result, and of columns the last: those that a sentence would tell."""
    entries = value if isinstance(value, Mapping) else {"value": value}
    found = {}
    for name, entry in entries.items():
        items = entry.tolist() if hasattr(entry, "tolist") else entry
        last = items[-1] if isinstance(items, list) and items else items
        if isinstance(last, (int, float)) and not isinstance(last, bool) and last == last:
            found[str(name)] = float(last)
    return found


def value_lines(value: Any) -> dict[str, str]:
    """The entries of a result, long columns shortened."""
    entries = value if isinstance(value, Mapping) else {"value": value}
    return {str(name): _short(entry) for name, entry in entries.items()}


def _short(entry: Any) -> str:
    items = entry.tolist() if hasattr(entry, "tolist") else entry
    if not isinstance(items, (list, tuple)):
        return f"{items:g}" if isinstance(items, float) else str(items)
    if len(items) <= SHOWN:
        return f"[{', '.join(_short(item) for item in items)}]"
    first, last = items[: SHOWN // 2], items[-SHOWN // 2 :]
    middle = f" ... ({len(items)} values) ... "
    return f"[{', '.join(_short(item) for item in first)}{middle}{', '.join(_short(item) for item in last)}]"
