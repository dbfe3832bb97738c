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
from fitintel.views.language import _, counted, marked
from fitintel.views.numbers import clock, date, ends, known, plain, quantity
from fitintel.views.words.quality import quality_reasons
from fitintel.views.words.said import aside
from fitintel.views.words.sports import sport
from fitintel.views.words.terms import method

HEADER = (marked("date"), marked("sport"), marked("duration"), marked("distance"), marked("heart rate"),
          marked("source"), marked("workout"))  # fmt: skip
RIGHT = (2, 3, 4)
"""columns of the table that stand to the right"""
FIGURES: tuple[tuple[str, str, str], ...] = (
    ("duration", marked("time"), "clock"), ("distance", marked("distance"), "distance"),
    ("elevation_gain", marked("climbed"), "elevation"), ("hr_mean", marked("mean heart rate"), "heart rate"),
    ("hr_max", marked("highest heart rate"), "heart rate"), ("cadence", marked("cadence"), "cadence"),
    ("speed_max", marked("highest speed"), "speed"), ("steps", marked("steps"), "count"),
    ("energy", marked("energy"), "energy"),
)  # fmt: skip
SAMPLED: tuple[tuple[str, str, str], ...] = (
    ("elapsed", marked("from start to end"), "clock"), ("moving", marked("under way"), "clock"),
    ("power_mean", marked("mean power"), "W"), ("weighted_power", marked("weighted power"), "W"),
    ("power_max", marked("highest power"), "W"),
)  # fmt: skip
LINKED = {
    LinkState.MERGED: marked("merged with {other} (score {score})"),
    LinkState.DOUBTFUL: marked("doubtful with {other} (score {score})"),
    LinkState.SEPARATE: marked("separate with {other} (score {score})"),
}
SEVERITIES = {
    Severity.QUARANTINE: marked("quarantine"), Severity.WARNING: marked("warning"), Severity.NOTE: marked("note"),
}  # fmt: skip
STATUSES = {
    ProblemStatus.OPEN: marked("open"), ProblemStatus.RESOLVED: marked("resolved"),
    ProblemStatus.DISMISSED: marked("dismissed"),
}  # fmt: skip
LAPS_SHOWN = 50
NO_TRUST: Mapping[str, Any] = {}


def workout_cells(row: Mapping[str, Any], units: UnitSystem) -> tuple[str, ...]:
    """A row of the table under `HEADER`."""
    return (
        days.iso(row["day"]), sport(row["sport"]), _figure(row.get("duration"), "clock", units),
        _figure(row.get("distance"), "distance", units), _figure(row.get("hr_mean"), "heart rate", units),
        row.get("source") or "", row["id"],
    )  # fmt: skip


def workout_text(
    row: Mapping[str, Any], recorded: Recorded | None, record: ImportRecord | None, problems: Sequence[Problem],
    links: Sequence[Link], units: UnitSystem, trust: Mapping[str, Trust] = NO_TRUST, load: Mapping[str, Any] = NO_TRUST,
) -> str:  # fmt: skip
    """Everything that is known of one workout."""
    called = f" ({row['source_sport']})" if row.get("source_sport") else ""
    name = sport(row["sport"]) + called
    lines = [_("{sport}, {day}, workout {id}", sport=name, day=date(row["day"]), id=row["id"])]
    if record is not None:
        maker = f", {recorded.maker}" if recorded is not None and recorded.maker else ""
        source = record.source + maker
        lines.append(
            "  " + _("from {file} ({source}), import {id}", file=record.file_name, source=source, id=record.id)
        )
    offset = row.get("utc_offset")
    if offset is None and row.get("start") is not None:
        lines.append("  " + _("its time zone is not known"))
    lines += [_measured(_(name), row[key], kind, units, trust.get(key)) for key, name, kind in FIGURES
              if known(row.get(key))]  # fmt: skip
    if "load" in trust:
        name = _("load, {method}", method=method(load["method"]))
        lines.append(_measured(name, trust["load"].value, "load", units, trust["load"]))
    if recorded is not None:
        lines += [
            _measured(_(name), recorded.figures[key], kind, units, trust.get(key))
            for key, name, kind in SAMPLED
            if known(recorded.figures.get(key))
        ]
        lines += _recorded(recorded, units)
    elif "load" in trust:
        lines.append("  " + _("quality not known: there are no samples of it"))
    lines += _said(problems, links)
    lines += ["  " + _(LINKED[link.state], other=_other(link, row["id"]), score=plain(link.score, 2)) for link in links]
    return "\n".join(lines)


def _measured(name: str, value: Any, kind: str, units: UnitSystem, trust: Trust | None) -> str:
    """A figure with its interval, its quality, and which of its channels lowers it."""
    said = f"  {name:<20}{_figure(value, kind, units)}"
    if trust is None:
        return said
    shown = [_figure(end, kind, units) for end in (trust.low, trust.high)]
    if shown[0] == shown[1]:
        return said  # narrower than it is written
    why = aside(", ".join(dict.fromkeys(quality_reasons(each).split(":")[0] for each in trust.reasons)))
    quality = _("quality not known")
    if trust.quality is not None:
        quality = _("quality {quality}{why}", quality=plain(trust.quality), why=why)
    return f"{said}, {ends(*shown)}, {quality}"


def _recorded(one: Recorded, units: UnitSystem) -> Iterable[str]:
    yield "  " + counted("{n} sample of {channels}", "{n} samples of {channels}", one.samples,
                         channels=", ".join(one.channels) or _("nothing"))  # fmt: skip
    if one.quality is not None:
        yield "  " + _("quality {quality} of 100", quality=plain(one.quality))
        said = (f"{reason['name']}: {reason['detail']}" for reason in one.reasons)
        yield from (f"    {quality_reasons(each)}" for each in said)
    for repair in one.repairs:
        if repair.enabled and not repair.changed["samples"]:
            continue  # it found something before, and does not by today's rules or choices
        state = "" if repair.enabled else _(", turned off")
        yield "  " + counted("repaired: {repair}, {n} sample{state}", "repaired: {repair}, {n} samples{state}",
                             int(repair.changed["samples"]), repair=f"{repair.repair} {repair.version}",
                             state=state)  # fmt: skip
    if len(one.legs) > 1:
        yield "  " + _("legs")
        yield from (f"    {number}. {_leg(leg, units)}" for number, leg in enumerate(one.legs, 1))
    for kind in ("lap", "length"):
        found = [lap for lap in one.laps if lap.kind == kind]
        if len(found) > 1:
            yield "  " + (_("{n} laps", n=len(found)) if kind == "lap" else _("{n} lengths", n=len(found)))
            yield from (f"    {number}. {_lap(lap, units)}" for number, lap in enumerate(found[:LAPS_SHOWN], 1))
    if one.pauses:
        yield "  " + counted("{n} pause, {time} together", "{n} pauses, {time} together", len(one.pauses),
                             time=clock(sum(end - start for start, end in one.pauses)))  # fmt: skip


def _leg(leg: KeptLeg, units: UnitSystem) -> str:
    figures = {**leg.figures, **{key: value for key, value in leg.device.items() if key in ("duration", "distance")}}
    return ", ".join([sport(leg.sport), *_short(figures, units)])


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
        f"  {_(SEVERITIES[RULES[problem.rule].severity])}: {_(RULES[problem.rule].says)}"
        + (f" ({problem.detail})" if problem.detail else "")
        + ("" if problem.status is ProblemStatus.OPEN else _("; closed: {reason}", reason=_reason(problem, links)))
        for problem in ranked
    ]


def _reason(problem: Problem, links: Sequence[Link]) -> str:
    """Why a problem is closed: the decision about the two workouts, if it speaks of another."""
    for link in links:
        if problem.value in (link.workout_id, link.other_id):
            said = {"by": link.decided_by, "day": f"{link.at:%Y-%m-%d}"}
            if link.state is LinkState.MERGED:
                return _("they are one, said by {by} on {day}", **said)
            return _("they are two, said by {by} on {day}", **said)
    return _(STATUSES[problem.status])


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
