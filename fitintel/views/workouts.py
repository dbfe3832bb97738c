"""Workouts as a person reads them: a table of many, and one with its legs, laps, quality, repairs and problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fitintel.core import days
from fitintel.core.quality import Trust
from fitintel.core.recorded import KeptLap, KeptLeg, Link, LinkState, Recorded
from fitintel.core.records import ImportRecord, Problem, ProblemStatus
from fitintel.core.rules import RULES, Severity
from fitintel.core.units import UnitSystem
from fitintel.views.numbers import TO, clock, count, date, known, plain, quantity

HEADER = ("date", "sport", "duration", "distance", "heart rate", "source", "workout")
RIGHT = (2, 3, 4)
"""columns of the table that stand to the right"""
FIGURES: tuple[tuple[str, str, str], ...] = (
    ("duration", "time", "clock"), ("distance", "distance", "distance"), ("elevation_gain", "climbed", "elevation"),
    ("hr_mean", "mean heart rate", "heart rate"), ("hr_max", "highest heart rate", "heart rate"),
    ("cadence", "cadence", "cadence"), ("speed_max", "highest speed", "speed"), ("steps", "steps", "count"),
    ("energy", "energy", "energy"),
)  # fmt: skip
SAMPLED: tuple[tuple[str, str, str], ...] = (
    ("elapsed", "from start to end", "clock"), ("moving", "under way", "clock"), ("power_mean", "mean power", "W"),
    ("weighted_power", "weighted power", "W"), ("power_max", "highest power", "W"),
)  # fmt: skip
LAPS_SHOWN = 50
NO_TRUST: Mapping[str, Any] = {}


def workout_cells(row: Mapping[str, Any], units: UnitSystem) -> tuple[str, ...]:
    """A row of the table under `HEADER`."""
    return (
        days.iso(row["day"]), row["sport"], _figure(row.get("duration"), "clock", units),
        _figure(row.get("distance"), "distance", units), _figure(row.get("hr_mean"), "heart rate", units),
        row.get("source") or "", row["id"],
    )  # fmt: skip


def workout_text(
    row: Mapping[str, Any], recorded: Recorded | None, record: ImportRecord | None, problems: Sequence[Problem],
    links: Sequence[Link], units: UnitSystem, trust: Mapping[str, Trust] = NO_TRUST, load: Mapping[str, Any] = NO_TRUST,
) -> str:  # fmt: skip
    """Everything that is known of one workout."""
    called = f" ({row['source_sport']})" if row.get("source_sport") else ""
    lines = [f"{row['sport']}{called}, {date(row['day'])}, workout {row['id']}"]
    if record is not None:
        maker = f", {recorded.maker}" if recorded is not None and recorded.maker else ""
        lines.append(f"  from {record.file_name} ({record.source}{maker}), import {record.id}")
    offset = row.get("utc_offset")
    if offset is None and row.get("start") is not None:
        lines.append("  its time zone is not known")
    lines += [_measured(name, row[key], kind, units, trust.get(key)) for key, name, kind in FIGURES
              if known(row.get(key))]  # fmt: skip
    if "load" in trust:
        lines.append(_measured(f"load, {load['method']}", trust["load"].value, "load", units, trust["load"]))
    if recorded is not None:
        lines += [
            _measured(name, recorded.figures[key], kind, units, trust.get(key))
            for key, name, kind in SAMPLED
            if known(recorded.figures.get(key))
        ]
        lines += _recorded(recorded, units)
    elif "load" in trust:
        lines.append("  quality not known: there are no samples of it")
    lines += _said(problems, links)
    lines += [f"  {link.state.value} with {_other(link, row['id'])} (score {plain(link.score, 2)})" for link in links]
    return "\n".join(lines)


def _measured(name: str, value: Any, kind: str, units: UnitSystem, trust: Trust | None) -> str:
    """A figure with its interval, its quality, and which of its channels lowers it."""
    said = f"  {name:<20}{_figure(value, kind, units)}"
    if trust is None:
        return said
    ends = [_figure(end, kind, units) for end in (trust.low, trust.high)]
    if ends[0] == ends[1]:
        return said  # narrower than it is written
    why = f" ({', '.join(dict.fromkeys(each.split(':')[0] for each in trust.reasons))})" if trust.reasons else ""
    quality = "quality not known" if trust.quality is None else f"quality {plain(trust.quality)}{why}"
    return f"{said}, {_ends(*ends)}, {quality}"


def _ends(low: str, high: str) -> str:
    """An interval; the unit is said once where both ends have the same.

    >>> _ends("109 bpm", "113 bpm"), _ends("58 min", "1:02 h")
    ('109 to 113 bpm', '58 min to 1:02 h')
    """
    number, _, unit = low.partition(" ")
    return f"{number}{TO}{high}" if unit == high.partition(" ")[2] else f"{low}{TO}{high}"


def _recorded(one: Recorded, units: UnitSystem) -> Iterable[str]:
    yield f"  {count(one.samples, 'sample')} of {', '.join(one.channels) or 'nothing'}"
    if one.quality is not None:
        yield f"  quality {plain(one.quality)} of 100"
        yield from (f"    {reason['name']}: {reason['detail']}" for reason in one.reasons)
    for repair in one.repairs:
        if repair.enabled and not repair.changed["samples"]:
            continue  # it found something before, and does not by today's rules or choices
        state = "" if repair.enabled else ", turned off"
        yield f"  repaired: {repair.repair} {repair.version}, {count(int(repair.changed['samples']), 'sample')}{state}"
    if len(one.legs) > 1:
        yield "  legs"
        yield from (f"    {number}. {_leg(leg, units)}" for number, leg in enumerate(one.legs, 1))
    for kind, name in (("lap", "laps"), ("length", "lengths")):
        found = [lap for lap in one.laps if lap.kind == kind]
        if len(found) > 1:
            yield f"  {len(found)} {name}"
            yield from (f"    {number}. {_lap(lap, units)}" for number, lap in enumerate(found[:LAPS_SHOWN], 1))
    if one.pauses:
        yield f"  {count(len(one.pauses), 'pause')}, {clock(sum(end - start for start, end in one.pauses))} together"


def _leg(leg: KeptLeg, units: UnitSystem) -> str:
    figures = {**leg.figures, **{key: value for key, value in leg.device.items() if key in ("duration", "distance")}}
    return ", ".join([leg.sport, *_short(figures, units)])


def _lap(lap: KeptLap, units: UnitSystem) -> str:
    figures = {"duration": lap.end - lap.start, **lap.device}
    return ", ".join(_short(figures, units))


def _short(figures: Mapping[str, Any], units: UnitSystem) -> list[str]:
    kinds = (("duration", "to the second"), ("distance", "distance"), ("hr_mean", "heart rate"), ("power_mean", "W"))
    return [_figure(figures[key], kind, units) for key, kind in kinds if known(figures.get(key)) and figures[key]]


def _said(problems: Sequence[Problem], links: Sequence[Link]) -> list[str]:
    order = {Severity.QUARANTINE: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    ranked = sorted(problems, key=lambda problem: order[RULES[problem.rule].severity])
    return [
        f"  {RULES[problem.rule].severity.value}: {RULES[problem.rule].says}"
        + (f" ({problem.detail})" if problem.detail else "")
        + ("" if problem.status is ProblemStatus.OPEN else f"; closed: {_reason(problem, links)}")
        for problem in ranked
    ]


def _reason(problem: Problem, links: Sequence[Link]) -> str:
    """Why a problem is closed: the decision about the two workouts, if it speaks of another."""
    for link in links:
        if problem.value in (link.workout_id, link.other_id):
            held = "they are one" if link.state is LinkState.MERGED else "they are two"
            return f"{held}, said by {link.decided_by} on {link.at:%Y-%m-%d}"
    return problem.status.value


def _figure(value: Any, kind: str, units: UnitSystem) -> str:
    if not known(value):
        return ""
    if kind == "clock":
        return clock(value)
    if kind == "to the second":
        return to_the_second(value)
    if kind == "load":
        return plain(value, 1)
    return f"{plain(value)} W" if kind == "W" else quantity(value, kind, units)


def to_the_second(seconds: float) -> str:
    """The time of a lap.

    >>> to_the_second(272.4), to_the_second(3725.0), to_the_second(9.6)
    ('4:32', '1:02:05', '0:10')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _other(link: Link, workout_id: str) -> str:
    return link.other_id if link.workout_id == workout_id else link.workout_id


def workout_dict(
    row: Mapping[str, Any], recorded: Recorded | None, record: ImportRecord | None, problems: Sequence[Problem],
    links: Sequence[Link], trust: Mapping[str, Trust] = NO_TRUST, load: Mapping[str, Any] = NO_TRUST,
) -> dict[str, Any]:  # fmt: skip
    """The same as plain values, in SI."""
    made: dict[str, Any] = {**row, "date": days.iso(row["day"]), "file": record.file_name if record else None}
    if recorded is not None:
        made["recording"] = {
            "kind": recorded.kind, "maker": recorded.maker, "name": recorded.name, "samples": recorded.samples,
            "channels": list(recorded.channels), "figures": dict(recorded.figures), "device": dict(recorded.device),
            "quality": recorded.quality, "reasons": [dict(reason) for reason in recorded.reasons],
            "legs": [
                {"sport": leg.sport, "start": leg.start, "end": leg.end, "figures": dict(leg.figures),
                 "device": dict(leg.device)}
                for leg in recorded.legs
            ],
            "laps": [
                {"kind": lap.kind, "start": lap.start, "end": lap.end, "device": dict(lap.device)}
                for lap in recorded.laps
            ],
            "pauses": [list(pause) for pause in recorded.pauses],
            "repairs": [
                {"repair": one.repair, "version": one.version, "enabled": one.enabled, "changed": dict(one.changed),
                 "effect": dict(one.effect)}
                for one in recorded.repairs
            ],
        }  # fmt: skip
    made["intervals"] = {
        name: {"value": one.value, "low": one.low, "high": one.high, "quality": one.quality,
               "reasons": list(one.reasons)}
        for name, one in trust.items()
    }  # fmt: skip
    made["load"] = dict(load)
    made["problems"] = [
        {"rule": each.rule, "detail": each.detail, "value": each.value, "status": each.status.value}
        for each in problems
    ]
    made["links"] = [
        {"state": link.state.value, "with": _other(link, row["id"]), "score": link.score} for link in links
    ]
    return made
