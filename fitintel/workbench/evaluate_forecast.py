"""How well the weekly forecast does, athlete by athlete: rolling-origin errors against naive ones, and coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from statistics import fmean, median
from typing import Any

from fitintel.intelligence import registry
from fitintel.intelligence.conformal import wilson_interval


@dataclass(frozen=True, slots=True)
class AthleteScore:
    """One athlete's back-test; None where the series is too short for the figure."""

    athlete_id: str
    weeks: int
    verdict: str
    """model, naive or insufficient: what the forecast ships for this athlete"""
    model: str | None
    """the candidate in use at the end of the series"""
    mase: float | None
    """of the choice made anew at each origin from what was known then"""
    mase_naive: float | None
    mase_seasonal_naive: float | None
    """on the same weeks; None below two years of history"""
    inside: int
    """tested values inside their interval"""
    tests: int
    horizon_mase: tuple[float | None, ...]
    horizon_achieved: tuple[float | None, ...]

    @property
    def loses(self) -> bool | None:
        """Whether the choice is no better than seasonal naive; None when they cannot be compared."""
        if self.mase is None or self.mase_seasonal_naive is None:
            return None
        return self.mase >= self.mase_seasonal_naive


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """The back-test over all athletes: medians over athletes, coverage over all tests."""

    nominal: float
    horizon: int
    athletes: tuple[AthleteScore, ...]
    tested: int
    """athletes with a back-test"""
    compared: int
    """athletes with a seasonal naive forecast to compare with"""
    mase: float | None
    """median over the compared athletes, as are the two below; over the tested ones when none can be compared"""
    mase_naive: float | None
    mase_seasonal_naive: float | None
    losing: float | None
    """share of the compared athletes for whom the choice is no better than seasonal naive"""
    achieved: float | None
    achieved_low: float | None
    achieved_high: float | None
    tests: int
    horizon_mase: tuple[float | None, ...]
    horizon_achieved: tuple[float | None, ...]
    """mean over athletes, for 1, 2, ... weeks ahead"""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        rows = [{**asdict(row), "loses": row.loses} for row in self.athletes]
        plain = {**asdict(self), "athletes": rows}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}


def evaluate_forecast(
    series: Mapping[str, tuple[Any, Any]], *, horizon: int = 4, nominal: float = 0.8
) -> ForecastScore:
    """Back-test `weekly_forecast` on each athlete's own series.

    Parameters: `series`: athlete id -> (weeks (n,), totals (n,)) as `weekly_forecast` takes them; `horizon` in weeks;
    `nominal` coverage of the interval. Nothing is fitted across athletes.

    >>> score = evaluate_forecast({"a": (list(range(0, 420, 7)), [3.0, 5.0, 4.0] * 20)})
    >>> score.tested, score.compared, score.athletes[0].weeks
    (1, 0, 60)
    """
    forecast = registry.get("weekly_forecast")
    rows = tuple(
        _score(name, forecast(*series[name], horizon=horizon, nominal=nominal), horizon) for name in sorted(series)
    )
    tested = [row for row in rows if row.mase is not None]
    compared = [row for row in tested if row.loses is not None]
    shown = compared or tested
    inside, tests = sum(row.inside for row in rows), sum(row.tests for row in rows)
    low, high = wilson_interval(inside, tests) if tests else (None, None)
    return ForecastScore(
        nominal=nominal, horizon=horizon, athletes=rows, tested=len(tested), compared=len(compared),
        mase=_median([row.mase for row in shown]), mase_naive=_median([row.mase_naive for row in shown]),
        mase_seasonal_naive=_median([row.mase_seasonal_naive for row in compared]),
        losing=fmean(bool(row.loses) for row in compared) if compared else None,
        achieved=inside / tests if tests else None, achieved_low=low, achieved_high=high, tests=tests,
        horizon_mase=_columns([row.horizon_mase for row in shown], _median, horizon),
        horizon_achieved=_columns([row.horizon_achieved for row in tested], _mean, horizon),
    )  # fmt: skip


def _score(name: str, result: Mapping[str, Any], horizon: int) -> AthleteScore:
    judged = result["verdict"] != "insufficient"
    tests = int(result["n_tests"]) if judged else 0
    blank: tuple[None, ...] = (None,) * horizon
    return AthleteScore(
        athlete_id=name, weeks=int(result["n"]), verdict=result["verdict"], model=result["model"],
        mase=result["mase"] if judged else None, mase_naive=result["mase_naive"] if judged else None,
        mase_seasonal_naive=result["mase_seasonal_naive"] if judged else None,
        inside=round(result["achieved"] * tests) if tests else 0, tests=tests,
        horizon_mase=tuple(result["by_horizon"]["mase"]) if judged else blank,
        horizon_achieved=tuple(result["by_horizon"]["achieved"]) if judged else blank,
    )  # fmt: skip


def _median(values: list[float | None]) -> float | None:
    kept = [value for value in values if value is not None]
    return median(kept) if kept else None


def _mean(values: list[float | None]) -> float | None:
    kept = [value for value in values if value is not None]
    return fmean(kept) if kept else None


def _columns(rows: list[tuple[float | None, ...]], centre: Any, horizon: int) -> tuple[float | None, ...]:
    return tuple(centre([row[h] for row in rows]) for h in range(horizon))
