"""close_days(): the points of the days that are over, one per algorithm and day, made of what the briefs left.

What arrives after its day's point was made is counted in the next one: each run and each judged forecast is counted
once, however often MLflow was away. Figures over a window are made from the points before, not from rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.performance import Executed, Expected, Point
from fitintel.intelligence.conformal import wilson_interval
from fitintel.intelligence.stability import by_chance, stability_index
from fitintel.workbench.limits import Limits, limits, outside

if TYPE_CHECKING:
    from fitintel.storage.store import Blobs, Store

Figures = dict[str, float]
DIGITS = "{:.8g}".format


def close_days(store: Store, blobs: Blobs, day: int) -> tuple[Point, ...]:
    """Make the points of every day before `day` [day number] that has none yet, where something is not counted."""
    from fitintel.workbench.truths import agreement, precision, settle

    bounds = limits()
    runs: dict[str, list[Executed]] = defaultdict(list)
    for one in store.executed(until=day - 1, counted=False):
        runs[one.algorithm].append(one)
    if not runs:
        return ()
    settle(store, max(one.day for mine in runs.values() for one in mine))
    judged: dict[str, list[Expected]] = defaultdict(list)
    for forecast in store.expected(counted=False):
        judged[forecast.algorithm].append(forecast)
    history: dict[str, dict[int, Mapping[str, float]]] = defaultdict(dict)
    for point in store.points():
        history[point.algorithm][point.day] = point.figures
    now = datetime.now(UTC)
    said = {"label_agreement": agreement(store, blobs, now, bounds.days),
            "alert_precision": precision(store, now, bounds.days)}  # fmt: skip
    moved = _Drift(store, bounds, sorted({night for known in history.values() for night in known}
                                         | {one.day for mine in runs.values() for one in mine}))  # fmt: skip
    made: list[Point] = []
    counted: set[tuple[str, str]] = set()
    settled: set[tuple[str, str, int]] = set()
    for name, mine in runs.items():
        late: list[Executed] = []
        for step in sorted({one.day for one in mine}):
            late += [one for one in mine if one.day == step]
            if step in history[name]:
                continue
            truths = [one for one in judged[name] if (one.judged or 0) <= step]
            judged[name] = [one for one in judged[name] if (one.judged or 0) > step]
            before = {night: known for night, known in history[name].items() if step - bounds.days <= night < step}
            figures = _ran(late, before.values()) | _fared(truths, before.values()) | moved.of(name, step)
            for figure, tally in said.items():
                if name in tally:
                    figures |= _share(figure, *tally[name])
            figures["outside_limits"] = float(len(outside(figures, bounds)))
            history[name][step] = figures
            made.append(Point(name, step, {key: float(DIGITS(value)) for key, value in sorted(figures.items())}))
            counted |= {(one.brief_id, one.algorithm) for one in late}
            settled |= {(one.athlete_id, one.run_id, one.due) for one in truths}
            late = []
    store.put_points(made, counted, settled)
    return tuple(made)


def _ran(rows: Sequence[Executed], before: Iterable[Mapping[str, float]]) -> Figures:
    """How many runs there were, how many had too little data, and how long they took [s]."""
    runs = sum(one.runs for one in rows)
    share = sum(one.insufficient for one in rows) / runs
    figures = {"runs": float(runs), "insufficient_share": share}
    known = list(before)
    if known and (past := sum(one["runs"] for one in known)):
        figures["insufficient_rise"] = share - sum(one["insufficient_share"] * one["runs"] for one in known) / past
    if seconds := [value for one in rows for value in one.seconds]:
        p50, p95 = np.percentile(seconds, [50, 95])
        figures |= {"latency_p50": float(p50), "latency_p95": float(p95)}
    return figures


def _fared(truths: Sequence[Expected], before: Iterable[Mapping[str, float]]) -> Figures:
    """Errors of forecasts whose truth has arrived [unit of what is forecast], and coverage over the window."""
    figures = {"truths": float(len(truths)), "covered": float(sum(one.covered for one in truths))} if truths else {}
    errors: dict[str, list[float]] = defaultdict(list)
    for one in truths:
        errors[one.subject].append(one.error)
    figures |= {f"error_{subject}": sum(found) / len(found) for subject, found in errors.items()}
    known = [figures, *before]
    if n := sum(one.get("truths", 0.0) for one in known):
        figures |= _share("coverage", sum(one.get("covered", 0.0) for one in known), n)
        nominal = [one.nominal for one in truths] or [one["nominal"] for one in known if "nominal" in one]
        figures["nominal"] = sum(nominal) / len(nominal)
    return figures


def _share(name: str, right: float, n: float) -> Figures:
    """A share with its number of cases and Wilson's 95 % interval."""
    low, high = wilson_interval(right, n)
    return {name: right / n, f"{name}_n": float(n), f"{name}_low": low, f"{name}_high": high}


class _Drift:
    """Inputs of a night against those of an earlier one, athlete by athlete."""

    def __init__(self, store: Store, bounds: Limits, nights: Sequence[int]) -> None:
        self._store, self._bounds, self._nights = store, bounds, nights
        self._kept: dict[int, dict[str, dict[str, dict[str, float]]]] = {}

    def of(self, name: str, step: int) -> Figures:
        """`psi/INPUT` of each input, and what chance makes of it; nothing for a small fleet."""
        earlier = [night for night in self._nights if night <= step - self._bounds.back]
        if not earlier:
            return {}
        now, then = (self._night(night).get(name, {}) for night in (step, earlier[-1]))
        figures: Figures = {}
        least = 0
        for part in now.keys() & then.keys():
            sizes = len(now[part]), len(then[part])
            if min(sizes) >= self._bounds.athletes:
                figures[f"psi/{part}"] = stability_index(then[part].values(), now[part].values())
                least = min(sizes) if not least else min(least, *sizes)
        return figures | {"psi_by_chance": by_chance(least, least)} if figures else {}

    def _night(self, night: int) -> dict[str, dict[str, dict[str, float]]]:
        """algorithm -> input -> athlete -> value"""
        if night not in self._kept:
            found: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
            for one in self._store.executed(since=night, until=night):
                for part, value in one.inputs.items():
                    found[one.algorithm][part][one.athlete_id] = value
            self._kept[night] = found
        return self._kept[night]
