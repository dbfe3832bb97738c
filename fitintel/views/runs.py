"""A run and its value as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.core.records import Run

SHOWN = 6
"""Longer columns are shown by their first and last values."""


def run_text(run: Run, value: Any) -> str:
    """What was run, from what, and what came out, after it was computed again."""
    lines = [
        f"{run.id}  {run.algorithm} {run.version}",
        f"first made  {run.at:%Y-%m-%d %H:%M:%S} UTC",
        *(f"parameter   {name} = {setting!r}" for name, setting in run.parameters.items()),
        *(f"input       {name}  sha256 {digest[:16]}" for name, digest in run.inputs.items()),
        *(f"from run    {parent}" for parent in run.parents),
        f"result      sha256 {run.output[:16]}",
        *(f"  {name}: {shown}" for name, shown in value_lines(value).items()),
        "Computed again: the same, bit for bit.",
    ]
    return "\n".join(lines)


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
