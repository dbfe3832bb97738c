"""Fairness: error, coverage, alerts and missing answers by group, with Fairlearn's MetricFrame and its intervals.

Rows are athletes, so that resampling rows resamples athletes. Groups that are too small are not judged, and figures of
very few people are not told.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from fitintel.core.errors import ServiceMissing
from fitintel.workbench.outcomes import Judged
from fitintel.workbench.policy import Policy

FIGURES = ("error", "coverage", "alert_rate", "abstain")
RATIOS = {"error": "error_ratio", "alert_rate": "alert_ratio"}
"""Figures whose groups are compared by ratio, and the name of their tolerance; of the others by difference."""
UNKNOWN = "not known"

Outcome = tuple[str, Mapping[str, str], Judged]
"""(athlete id, groups, outcomes with one version)"""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One figure of one group; no value where too few people are in it."""

    by: str
    """sex, age_band, sport, device_class or history_length"""
    group: str
    figure: str
    athletes: int
    events: int
    value: float | None
    low: float | None
    high: float | None
    judged: bool
    """large enough to be compared with others"""


@dataclass(frozen=True, slots=True)
class Gap:
    """The worst group against the best, of those that are large enough."""

    by: str
    figure: str
    best: str
    worst: str
    gap: float
    """ratio of error or alerts; difference of shares"""
    low: float
    high: float
    tolerance: float
    alarm: bool

    @property
    def text(self) -> str:
        """In a sentence."""
        kind = "times" if self.figure in RATIOS else "apart"
        return (
            f"{self.figure} of {self.by} {self.worst} and {self.best}: {self.gap:.3g} {kind} "
            f"(interval {self.low:.3g} to {self.high:.3g}, tolerance {self.tolerance:g})"
        )


@dataclass(frozen=True, slots=True)
class Fairness:
    """The report on one version of one algorithm."""

    algorithm: str
    version: str
    of: str
    """squad, or stored histories"""
    athletes: int
    events: int
    rows: tuple[GroupRow, ...]
    gaps: tuple[Gap, ...]
    too_small: tuple[str, ...]
    """groups that are not judged"""

    @property
    def alarms(self) -> tuple[Gap, ...]:
        """Gaps beyond tolerance."""
        return tuple(gap for gap in self.gaps if gap.alarm)

    @property
    def text(self) -> str:
        """The report in words."""
        return text(self)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return dict(json.loads(json.dumps(asdict(self))))


def report(algorithm: str, version: str, outcomes: Sequence[Outcome], policy: Policy, *, of: str) -> Fairness:
    """Fairness of one version. Raises ServiceMissing without Fairlearn."""
    rows: list[GroupRow] = []
    gaps: list[Gap] = []
    small: list[str] = []
    outcomes = [one for one in outcomes if one[2].events]
    for by in policy.groups.monitored:
        names = np.array([groups.get(by, UNKNOWN) for _, groups, _ in outcomes], dtype=object)
        events = np.array([one.events for *_, one in outcomes])
        for figure in FIGURES:
            values = np.array([getattr(one, figure) for *_, one in outcomes], dtype=float)
            known = np.isfinite(values)
            if known.any():
                told, gap = _by_group(by, figure, names[known], values[known], events[known], policy)
                rows += told
                gaps += gap
        small += [f"{by} {row.group} ({row.athletes} athletes)" for row in rows
                  if row.by == by and not row.judged and row.group != UNKNOWN]  # fmt: skip
    return Fairness(algorithm, version, of, len(outcomes), sum(one.events for *_, one in outcomes), tuple(rows),
                    tuple(gaps), tuple(dict.fromkeys(small)))  # fmt: skip


def _by_group(
    by: str, figure: str, names: Any, values: Any, events: Any, policy: Policy
) -> tuple[list[GroupRow], list[Gap]]:
    sizes = {name: (int((names == name).sum()), int(events[names == name].sum())) for name in sorted(set(names))}
    need = policy.groups
    told = [name for name, (athletes, _) in sizes.items() if athletes >= need.smallest_told]
    judged = [name for name, (athletes, number) in sizes.items()
              if name != UNKNOWN and athletes >= need.min_athletes and number >= need.min_events]  # fmt: skip
    middle, low, high = _frame(names, values, told, policy)
    rows = [
        GroupRow(by, name, figure, *sizes[name], middle.get(name), low.get(name), high.get(name), name in judged)
        for name in sizes
    ]
    if len(judged) < 2:
        return rows, []
    kept = np.isin(names, judged)
    return rows, [_gap(by, figure, names[kept], values[kept], judged, policy)]


def _frame(names: Any, values: Any, told: Sequence[str], policy: Policy) -> tuple[dict[str, float], ...]:
    """(mean, lower, upper end) by group, from Fairlearn."""
    if not told:
        return {}, {}, {}
    try:
        from fairlearn.metrics import MetricFrame
    except ImportError as error:
        raise ServiceMissing(
            "Fairlearn is not installed", why=str(error), next='pip install "fitintel[fairness]"'
        ) from None
    kept = np.isin(names, told)
    frame = MetricFrame(metrics=_mean, y_true=values[kept], y_pred=values[kept],
                        sensitive_features=names[kept].astype(str))  # fmt: skip
    ends: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for name in told:
        for side, end in zip(ends, _interval(_resampled(values[names == name], policy), policy), strict=True):
            side[name] = end
    return {str(name): float(value) for name, value in frame.by_group.items()}, *ends


def _resampled(values: Any, policy: Policy) -> Any:
    """Means of resampled athletes. Fairlearn's own resampling takes a hundred times as long."""
    rng = np.random.default_rng([policy.interval.seed, len(values)])
    return rng.choice(values, (policy.interval.draws, len(values))).mean(axis=1)


def _interval(drawn: Any, policy: Policy) -> tuple[float, float]:
    edge = (1 - policy.interval.confidence) / 2
    low, high = np.quantile(drawn, (edge, 1 - edge))
    return float(low), float(high)


def _mean(_: Any, values: Any) -> float:
    return float(np.mean(values))


def _gap(by: str, figure: str, names: Any, values: Any, judged: Sequence[str], policy: Policy) -> Gap:
    """The widest gap, with its interval over resampled athletes of each group."""
    tolerance = float(getattr(policy.tolerance, RATIOS.get(figure, figure)))
    means = {name: float(values[names == name].mean()) for name in judged}
    best, worst = min(judged, key=means.__getitem__), max(judged, key=means.__getitem__)
    if figure == "coverage":
        best, worst = worst, best
    # groups of one size must not be resampled alike: the interval of their gap would be too narrow
    drawn = [_resampled(values[names == name], policy) for name in (worst, best)]
    rng = np.random.default_rng([policy.interval.seed, len(values), 1])
    found, gaps = _apart(figure, means[worst], means[best]), _apart(figure, drawn[0], rng.permutation(drawn[1]))
    low, high = _interval(gaps, policy)
    athletes = min(int((names == name).sum()) for name in (worst, best))
    # few athletes: only a gap whose whole interval is beyond the tolerance is more than chance
    alarm = float(found) > tolerance and (athletes >= policy.groups.alarm_athletes or low > tolerance)
    return Gap(by, figure, best, worst, float(found), low, high, tolerance, bool(alarm))


def _apart(figure: str, worst: Any, best: Any) -> Any:
    if figure in RATIOS:
        floor = 1e-9
        return np.maximum(worst, floor) / np.maximum(best, floor)
    return np.abs(np.asarray(worst) - best)


def text(one: Fairness) -> str:
    """The report in words, as it is logged and printed."""
    lines = [f"Fairness of {one.algorithm} {one.version} on {one.of}: {one.athletes} athletes, {one.events:,} events."]
    for by in dict.fromkeys(row.by for row in one.rows):
        if all(row.group == UNKNOWN for row in one.rows if row.by == by):
            lines.append(f"  {by}: not known of anybody")
    for row in one.rows:
        if row.group == UNKNOWN:
            continue
        if row.value is None:
            lines.append(f"  {row.by} {row.group}: {row.figure} not told, {row.athletes} athletes")
            continue
        few = "" if row.judged else "; too small to be judged"
        span = f" ({_n(row.low)} to {_n(row.high)})"
        lines.append(f"  {row.by} {row.group}: {row.figure} {_n(row.value)}{span}, {row.athletes} athletes{few}")
    lines += [("ALERT " if gap.alarm else "within tolerance: ") + gap.text for gap in one.gaps]
    if not one.gaps:
        lines.append("No two groups are large enough to be compared.")
    return "\n".join(lines)


def _n(value: float | None) -> str:
    return "-" if value is None or not math.isfinite(value) else f"{value:.3f}"
