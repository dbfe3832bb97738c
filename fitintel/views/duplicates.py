"""Workouts that are one, or may be, as a person reads them: each with its reasons, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fitintel.core.recorded import Link, LinkState
from fitintel.core.units import UnitSystem
from fitintel.core.workouts import Workouts
from fitintel.views.language import _, counted, marked
from fitintel.views.numbers import clock, date, known, listed, quantity
from fitintel.views.words.sports import sport

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADS = {
    LinkState.DOUBTFUL: marked("May be one; both count until you decide"),
    LinkState.MERGED: marked("Held to be one"),
    LinkState.SEPARATE: marked("Said to be two"),
}


ALIKE = marked("Alike in day, sport, distance and duration; both count until you decide")


def _head(title: str, n: int) -> str:
    return counted("{title}: {n} pair", "{title}: {n} pairs", n, title=_(title))


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
        lines += ["", _head(head, len(found))] if lines else [_head(head, len(found))]
        for link in found:
            lines += _pair(link, rows, units)
    if asked:
        lines += ["", _head(ALIKE, len(asked))] if lines else [_head(ALIKE, len(asked))]
        for first, second in asked:
            lines += ["", *(f"  {workout_line(rows[name], units)}" for name in (first, second))]
            lines.append("    " + _("{merge}   or   {keep}", merge=f"fitintel duplicates merge {first} {second}",
                                  keep=f"keep {first} {second}"))  # fmt: skip
    if not lines:
        return _("No two workouts are held to be one, and none wait for a decision.")
    return "\n".join(lines)


def _pair(link: Link, rows: Mapping[str, Mapping[str, Any]], units: UnitSystem) -> list[str]:
    lines = ["", *(f"  {workout_line(rows[name], units)}" for name in (link.workout_id, link.other_id))]
    said = [f"{says} ({points:+g})" for _, points, says in link.reasons.get("parts", ())]
    points = _("{n} points", n=f"{link.score:g}")
    if not link.decided_by.startswith("matching"):
        points = _("{n} points, decided by {by}", n=f"{link.score:g}", by=link.decided_by)
    lines.append(f"    {points}" + (f": {'; '.join(said)}" if said else ""))
    taken = [*link.reasons.get("channels", ()), *link.reasons.get("columns", ())]
    if taken:
        lines.append("    " + _("taken from the second: {names}", names=listed(list(taken))))
    first, second = link.workout_id, link.other_id
    todo = {
        LinkState.DOUBTFUL: _(
            "{merge}   or   {keep}", merge=f"fitintel duplicates merge {first} {second}", keep=f"keep {first} {second}"
        ),
        LinkState.MERGED: _("to undo: {command}", command=f"fitintel duplicates split {second}"),
        LinkState.SEPARATE: _("to undo: {command}", command=f"fitintel duplicates merge {first} {second}"),
    }
    return [*lines, f"    {todo[link.state]}"]


def workout_line(row: Mapping[str, Any], units: UnitSystem) -> str:
    """A workout on one line: id, when, what, how long, how far, from where."""
    parts = [row["id"], date(row["day"]), _time(row), row["source_sport"] or sport(row["sport"])]
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
