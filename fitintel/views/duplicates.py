"""Workouts that are one, or may be, as a person reads them: each with its reasons, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fitintel.core.recorded import Link, LinkState
from fitintel.core.units import UnitSystem
from fitintel.core.workouts import Workouts
from fitintel.views.numbers import clock, count, date, known, listed, quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADS = {
    LinkState.DOUBTFUL: "May be one; both count until you decide",
    LinkState.MERGED: "Held to be one",
    LinkState.SEPARATE: "Said to be two",
}


ALIKE = "Alike in day, sport, distance and duration; both count until you decide"


def duplicates_text(
    links: Sequence[Link], workouts: Workouts, units: UnitSystem = UnitSystem.METRIC,
    asked: Sequence[tuple[str, str]] = (),
) -> str:  # fmt: skip
    """Everything that is held, questions first."""
    rows = {row["id"]: row for row in workouts.rows()}
    lines: list[str] = []
    for state, head in HEADS.items():
        found = [link for link in links if link.state is state]
        if not found:
            continue
        lines += ["", f"{head}: {count(len(found), 'pair')}"] if lines else [f"{head}: {count(len(found), 'pair')}"]
        for link in found:
            lines += _pair(link, rows, units)
    if asked:
        lines += ["", f"{ALIKE}: {count(len(asked), 'pair')}"] if lines else [f"{ALIKE}: {count(len(asked), 'pair')}"]
        for first, second in asked:
            lines += ["", *(f"  {workout_line(rows[name], units)}" for name in (first, second))]
            lines.append(f"    fitintel duplicates merge {first} {second}   or   keep {first} {second}")
    if not lines:
        return "No two workouts are held to be one, and none wait for a decision."
    return "\n".join(lines)


def _pair(link: Link, rows: Mapping[str, Mapping[str, Any]], units: UnitSystem) -> list[str]:
    lines = ["", *(f"  {workout_line(rows[name], units)}" for name in (link.workout_id, link.other_id))]
    said = [f"{says} ({points:+g})" for _, points, says in link.reasons.get("parts", ())]
    by = "" if link.decided_by.startswith("matching") else f", decided by {link.decided_by}"
    lines.append(f"    {link.score:g} points{by}" + (f": {'; '.join(said)}" if said else ""))
    taken = [*link.reasons.get("channels", ()), *link.reasons.get("columns", ())]
    if taken:
        lines.append(f"    taken from the second: {listed(list(taken))}")
    first, second = link.workout_id, link.other_id
    todo = {
        LinkState.DOUBTFUL: f"fitintel duplicates merge {first} {second}   or   keep {first} {second}",
        LinkState.MERGED: f"to undo: fitintel duplicates split {second}",
        LinkState.SEPARATE: f"to undo: fitintel duplicates merge {first} {second}",
    }
    return [*lines, f"    {todo[link.state]}"]


def workout_line(row: Mapping[str, Any], units: UnitSystem) -> str:
    """A workout on one line: id, when, what, how long, how far, from where."""
    parts = [row["id"], date(row["day"]), _time(row), row["source_sport"] or row["sport"]]
    parts += [clock(row["duration"])] if known(row["duration"]) else []
    parts += [quantity(row["distance"], "distance", units)] if known(row["distance"]) else []
    return "  ".join([*filter(None, parts), f"({row['source']})"])


def _time(row: Mapping[str, Any]) -> str:
    if not known(row["start"]):
        return ""
    minutes = int((row["start"] + (row["utc_offset"] or 0.0)) % 86_400 // 60)
    zone = " UTC" if row["utc_offset"] is None and row["source"] in ("fit", "gpx", "tcx") else ""
    return f"{minutes // 60:02d}:{minutes % 60:02d}{zone}"


def link_dicts(links: Iterable[Link]) -> list[dict[str, Any]]:
    """The links as plain values."""
    return [
        {
            "workout": link.workout_id, "other": link.other_id, "state": link.state.value, "score": link.score,
            "reasons": dict(link.reasons), "decided_by": link.decided_by, "at": link.at.isoformat(),
        }
        for link in links
    ]  # fmt: skip


def asked_dicts(asked: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Pairs that are only alike, as plain values like those of links."""
    return [{"workout": first, "other": second, "state": "asked", "decided_by": None} for first, second in asked]
