"""A figure opened down to its rows, as a person reads it, and as plain values."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from fitintel.core import days
from fitintel.core.explained import Explained, Origin, Step
from fitintel.core.units import UnitSystem
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.views import numbers
from fitintel.views.runs import value_lines
from fitintel.views.text import clean
from fitintel.views.words import say
from fitintel.views.words.withheld import no_consent

LATER = ("Parameters", "Returns", "Raises", ">>>")
"""words at which the part of a docstring that holds the formula ends"""
ROW = ("id", "day", "sport", "duration", "distance", "hr_mean", "rpe", "flags")
"""columns of a workout that are shown"""
WIDTH = 110
FEW = 6
"""Longer parameters are told by their number and their last entry."""
_NAME = re.compile(r"\b[a-z_][a-z_0-9]*\b")


def formula(doc: str) -> str:
    """The part of a docstring that says how the figure is computed: without title, parameters and examples."""
    kept = []
    for part in doc.split("\n\n")[1:]:
        if part.lstrip().startswith(LATER):
            break
        kept.append(" ".join(part.split()))
    return " ".join(kept) or doc.split("\n\n")[0].replace("\n", " ")


def put_in(step: Step) -> list[str]:
    """The expressions of the formula with the numbers of this run in place of their names.

    A name that stands for a column of many values stays a name.
    """
    known = {name: value for name, value in {**step.run.parameters,
             **{given.name: given.value for given in step.inputs}}.items() if _single(value)}  # fmt: skip
    if isinstance(step.result, Mapping):
        known |= {str(name): value for name, value in step.result.items() if _single(value) and name not in known}
    found = []
    codes = (code for code in formula(step.doc).split("`")[1::2] if "=" in code)
    for code in dict.fromkeys(codes):
        filled = _NAME.sub(lambda name: f"{known[name[0]]:g}" if name[0] in known else name[0], code)
        if filled != code:
            found.append(f"{code}: {filled}")
    return found


def explained_text(found: Explained) -> str:
    """From the sentence to the rows, a line each."""
    return "\n".join(_wrapped(clean(line)) for line in _lines(found))


def _wrapped(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.fill(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def _lines(found: Explained) -> Iterator[str]:
    if found.insight is not None:
        yield _sentence(found)
        yield ""
        yield "FIGURES"
        for place in found.places:
            yield f"  {place.name} = {_short(place.value)}   {place.where or 'stands nowhere'}"
    for number, step in enumerate(found.steps, 1):
        yield ""
        yield from _step(step, number, len(found.steps))
    if found.withheld:
        yield ""
        yield f"RUNS  {no_consent(found.withheld)}"
    if found.thresholds:
        yield ""
        yield "THRESHOLDS that hold"
        for each in found.thresholds:
            yield f"  {each.kind} {each.sport or 'every sport'} = {each.value:g} from {days.iso(each.valid_from)}"
    yield ""
    yield from _rows(found)


def _sentence(found: Explained) -> str:
    insight = found.insight
    assert insight is not None
    parameters: dict[str, Any] = {}
    for step in found.steps:
        if step.run.id in insight.run_ids:
            parameters |= {name: value for name, value in step.run.parameters.items() if name not in parameters}
    units = found.athlete.units if found.athlete is not None else UnitSystem.METRIC
    return say(insight.code, insight.values, units, parameters).text


def _step(step: Step, number: int, count: int) -> Iterator[str]:
    run, card = step.run, step.card
    yield f"RUN {number} of {count}  {run.id}  {card.title} ({run.algorithm} {run.version}), {card.validity.value}"
    yield f"  made      {run.at:%Y-%m-%d %H:%M:%S} UTC"
    yield f"  formula   {formula(step.doc)}"
    for line in put_in(step):
        yield f"  put in    {line}"
    for name, value in sorted(run.parameters.items()):
        yield f"  parameter {name} = {_set(value)}"
    for given in step.inputs:
        source = f", the result of {given.made_by}" if given.made_by else ""
        unit = f" [{given.unit}]" if given.unit and given.unit != given.name else ""
        yield f"  input     {given.name}{unit}{source}"
        yield from (f"    {name}: {text}" for name, text in _values(given.value).items())
    for parent in run.parents:
        yield f"  from run  {parent}"
    yield f"  result    {card.output[0]}" + (f" [{card.output[1]}]" if card.output[1] else "")
    yield from (f"    {name}: {text}" for name, text in _values(step.result).items())
    yield f"  source    {card.source}"
    for limit in card.limits:
        yield f"  limit     {limit}"


def _rows(found: Explained) -> Iterator[str]:
    yield f"ROWS  {numbers.count(found.total, 'workout')} of {numbers.count(len(found.imports), 'import')}"
    for record, count in found.imports:
        by = f"{record.source} {record.source_version}"
        yield f"  {record.id}  {record.file_name}  {numbers.count(count, 'row')}  {by}"
        yield f"    taken in {record.at:%Y-%m-%d %H:%M:%S} UTC, sha256 {record.sha256}"
    for origin in found.origins:
        yield from _origin(origin)


def _origin(origin: Origin) -> Iterator[str]:
    row, record = origin.workout, origin.record
    shown = ", ".join(f"{name} {_cell(name, row[name])}" for name in ROW[1:] if row.get(name) not in (None, ""))
    place = (
        f"{record.file_name} row {row['row']:g}" if record is not None and row.get("row") is not None else "typed in"
    )
    yield f"  {row['id']}  {place}: {shown}"
    for problem in origin.problems:
        yield f"    problem  {problem.rule}: {problem.column} {problem.value!r} ({problem.outcome.value})"
    for repair in origin.repairs:
        state = "" if repair.enabled else " (turned off)"
        effect = "; ".join(f"{name} {_short(before)} -> {_short(after)}" for name, (before, after) in
                           ((name, pair) for name, pair in repair.effect.items() if len(pair) == 2))  # fmt: skip
        yield f"    repair   {repair.repair} {repair.version}{state}: {effect or 'no figure changed'}"
    for label in origin.labels:
        yield f"    label    {label.level} = {label.value or 'taken back'} by {label.by}, {label.at:%Y-%m-%d}"


def _cell(name: str, value: Any) -> str:
    if name == "day":
        return days.iso(int(value))
    unit = COLUMNS[name].unit
    return f"{_short(value)}{' ' + unit if unit and unit != '1' else ''}"


def _set(value: Any) -> str:
    """A parameter; of a long one how many entries it has, and the last."""
    if isinstance(value, Mapping) and len(value) > FEW:
        last = max(value)
        return f"{len(value):,} entries, the last {last}: {_short(value[last])}"
    return "; ".join(value_lines(value).values()) if isinstance(value, (list, tuple)) else _short(value)


def _values(value: Any) -> dict[str, str]:
    if isinstance(value, Workouts):
        return {"workouts": f"{len(value):,} rows, columns {', '.join(value)}"}
    return value_lines(value)


def _short(value: Any) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _single(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def explained_dict(found: Explained) -> dict[str, Any]:
    """Plain values."""
    insight = found.insight
    return {
        "asked": found.asked, "athlete": found.athlete.id if found.athlete else None,
        "insight": None if insight is None else {
            "code": insight.code, "section": insight.section.value, "level": insight.level.value,
            "text": _sentence(found), "runs": list(insight.run_ids), "workouts": list(insight.workout_ids),
        },
        "figures": [{"name": each.name, "value": each.value, "where": each.where} for each in found.places],
        "runs": [_step_dict(step) for step in found.steps],
        "thresholds": [{"kind": each.kind, "sport": each.sport, "value": each.value,
                        "valid_from": days.iso(each.valid_from)} for each in found.thresholds],
        "imports": [{"id": record.id, "file": record.file_name, "sha256": record.sha256, "source": record.source,
                     "at": record.at.isoformat(), "rows": count} for record, count in found.imports],
        "rows": [_origin_dict(origin) for origin in found.origins], "total": found.total,
        "withheld": list(found.withheld),
    }  # fmt: skip


def _step_dict(step: Step) -> dict[str, Any]:
    run, card = step.run, step.card
    return {
        "run": run.id, "algorithm": run.algorithm, "version": run.version, "title": card.title,
        "validity": card.validity.value, "source": card.source, "limits": list(card.limits),
        "formula": formula(step.doc), "put_in": put_in(step), "parameters": dict(run.parameters),
        "inputs": [{"name": each.name, "unit": each.unit, "digest": each.digest, "made_by": each.made_by,
                    "value": _values(each.value)} for each in step.inputs],
        "parents": list(run.parents), "output": run.output, "result": _values(step.result),
        "at": run.at.isoformat(),
    }  # fmt: skip


def _origin_dict(origin: Origin) -> dict[str, Any]:
    return {
        "workout": dict(origin.workout), "import": origin.record.id if origin.record else None,
        "file": origin.record.file_name if origin.record else None, "row": origin.workout.get("row"),
        "problems": [{"rule": each.rule, "column": each.column, "value": each.value, "line": each.line}
                     for each in origin.problems],
        "repairs": [{"repair": each.repair, "version": each.version, "enabled": each.enabled,
                     "effect": dict(each.effect)} for each in origin.repairs],
        "labels": [{"level": each.level, "value": each.value, "by": each.by, "at": each.at.isoformat()}
                   for each in origin.labels],
    }  # fmt: skip
