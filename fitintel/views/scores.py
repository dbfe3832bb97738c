"""Evaluation figures as tables a person reads; the figures come as plain values from the workbench."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from fitintel.core.errors import UnknownName
from fitintel.views.classification import class_rows, class_summary
from fitintel.views.numbers import count, plain

Score = Mapping[str, Any]
Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


class Scored(NamedTuple):
    """An evaluation as it is read: a table whose `numbers` columns are set to the right, and what it comes to."""

    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    numbers: range
    summary: str


def scored(what: str, score: Score) -> Scored:
    """How the evaluation of forecast, detectors, alerts or classification is read; raises UnknownName for another."""
    if what not in SCORED:
        raise UnknownName("evaluation", what, SCORED)
    table, first, beyond, summary = SCORED[what]
    header, rows = table(score)
    return Scored(header, rows, range(first, len(header) + beyond), summary(score))


def forecast_rows(score: Mapping[str, Any]) -> Table:
    """Header and one row per athlete of a forecast score."""
    header = ("athlete", "weeks", "ships", "model", "MASE", "naive", "seasonal naive", "tests", "achieved")
    rows = [
        (
            row["athlete_id"],
            str(row["weeks"]),
            row["verdict"],
            row["model"] or "-",
            *(_number(row[name]) for name in ("mase", "mase_naive", "mase_seasonal_naive")),
            str(row["tests"]),
            _percent(row["inside"] / row["tests"] if row["tests"] else None),
        )
        for row in score["athletes"]
    ]
    return header, rows


def forecast_summary(score: Mapping[str, Any]) -> str:
    """The figures over all athletes, in sentences."""
    if score["mase"] is None:
        return "Not enough data: no athlete has the 27 weeks and 8 tests that a back-test needs."
    over = count(score["compared"] or score["tested"], "athlete")
    lines = [
        f"Median MASE over {over}: {_number(score['mase'])}, naive {_number(score['mase_naive'])}, "
        f"seasonal naive {_number(score['mase_seasonal_naive'])}."
    ]
    if score["losing"] is not None:
        lines.append(f"The chosen model is no better than seasonal naive for {_percent(score['losing'])} of them.")
    lines += [
        f"The {score['nominal']:.0%} interval held {_percent(score['achieved'])} of {score['tests']:,} outcomes "
        f"(95 % interval {_percent(score['achieved_low'])} to {_percent(score['achieved_high'])}).",
        "By weeks ahead: "
        + ", ".join(
            f"{ahead}: MASE {_number(mase)}, achieved {_percent(achieved)}"
            for ahead, (mase, achieved) in enumerate(
                zip(score["horizon_mase"], score["horizon_achieved"], strict=True), start=1
            )
        )
        + ".",
        "Each forecast used only what was known before it; the model was chosen anew each week from earlier errors.",
    ]
    return "\n".join(lines)


def detector_rows(score: Mapping[str, Any]) -> Table:
    """Header and one row per measure of a detector score."""
    header = ("measure", "group", "found", "of", "figure", "95 % interval", "target")
    return header, [_measure(row) for row in score["measures"]]


def _measure(row: Mapping[str, Any]) -> tuple[str, ...]:
    share = row["unit"] == "share"
    if row["value"] is None:
        return (
            row["name"],
            row["group"],
            str(row["found"]),
            _total(row["total"]),
            "nothing to count",
            "",
            row["target"],
        )
    if share:
        figure = _percent(row["value"])
        interval = f"{_percent(row['low'])} to {_percent(row['high'])}" if row["low"] is not None else ""
    else:
        figure, interval = f"{row['value']:.2f} {row['unit']}", f"{row['low']:.2f} to {row['high']:.2f}"
    return (row["name"], row["group"], str(row["found"]), _total(row["total"]), figure, interval, row["target"])


def _total(total: float) -> str:
    return f"{total:.0f}" if float(total).is_integer() else f"{total:.1f}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def alert_rows(score: Mapping[str, Any]) -> Table:
    """Header and rows of the table of false alerts."""
    rows: list[tuple[str, ...]] = [
        (str(one["athlete"]), f"{one['alerts']:,}", plain(one["months"], 0), plain(one["rate"], 2),
         f"{plain(one['low'], 2)} to {plain(one['high'], 2)}",
         ", ".join(f"{code.removeprefix('alert_').replace('_', ' ')} {n}" for code, n in one["kinds"].items()))
        for one in score["athletes"]
    ]  # fmt: skip
    return ("athlete", "false alerts", "months", "a month", "95 % interval", "of which"), rows


def alert_summary(score: Mapping[str, Any]) -> str:
    """What the table says, in a line."""
    if score["value"] is None:
        return "No history is long enough: a year of workouts is needed."
    return (f"{plain(score['value'], 2)} false alerts per athlete-month (95 % interval "
            f"{plain(score['low'], 2)} to {plain(score['high'], 2)}; at most {score['target']} is the "
            "target), on weeks in another order.")  # fmt: skip


SCORED: dict[str, tuple[Callable[[Score], Table], int, int, Callable[[Score], str]]] = {
    "forecast": (forecast_rows, 1, 0, forecast_summary),
    "detectors": (detector_rows, 1, 0, lambda score: ""),
    "alerts": (alert_rows, 1, -1, alert_summary),
    "classification": (class_rows, 3, 0, class_summary),
}
"""evaluation -> its table, where numbers begin and end in it, and its sentences"""
