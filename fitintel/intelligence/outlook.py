"""From candidates and their back-test to what is said of the future: the part that all forecasts share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import UsageError
from fitintel.intelligence.backtest import NAIVE, Backtest, backtest

Array = NDArray[Any]

SEASONAL_NAIVE = "seasonal naive"
ENOUGH_ORIGINS = 8


def regular(time: Any, values: Any, *, step: int) -> tuple[int, Array]:
    """First time and the values as a fresh array (n,); what is not finite becomes NaN.

    Raises UsageError when the times do not follow each other by `step`, or a value is negative.
    """
    moments = np.asarray(time, dtype=np.int64).reshape(-1)
    series = np.array(values, dtype=float).reshape(-1)
    series[~np.isfinite(series)] = np.nan
    if len(moments) != len(series) or (np.diff(moments) != step).any():
        raise UsageError(
            "A forecast needs one value for each week or day, in order and without a gap",
            why=f"{len(moments)} times with {len(series)} values, wanted one every {step} d",
            next="fill missing ones with NaN",
        )
    if (series < 0).any():
        raise UsageError("A total per week or day is never negative", why=f"the least is {np.nanmin(series):g}")
    return int(moments[0]) if len(moments) else 0, series


def outlook(
    series: Array, candidates: Mapping[str, Array], *, initial: int, nominal: float, gamma: float, window: int
) -> dict[str, Any]:
    """What is said of the next steps, and how such sayings fared.

    Returns `mean`, `low`, `high` (horizon,), empty when there is too little data; `model`, the candidate that made
    them; `candidates`: name -> {`mase`, `n`}; `mase` of the choice made anew at each origin, `mase_naive`,
    `mase_seasonal_naive`; `nominal`, `achieved`, `achieved_low`, `achieved_high`, `n_tests` of the interval;
    `by_horizon`: {`mase`, `mase_seasonal_naive`, `achieved`}, lists; `n` known values and the number `needed`;
    `verdict`: `model` when the choice was better than the naive forecast, `naive` when not (then the naive one is
    given), `insufficient` when fewer than 8 origins could be tested. A figure that the data cannot give is None.
    """
    candidates = {name: np.maximum(forecast, 0.0) for name, forecast in candidates.items()}
    settings: dict[str, Any] = {"initial": initial, "nominal": nominal, "gamma": gamma, "window": window}
    tested = backtest(series, candidates, **settings)
    judged: dict[str, Any] = {
        "candidates": {name: {"mase": tested.mase(name), "n": tested.tests(name)} for name in candidates},
        "mase": tested.mase(), "mase_naive": tested.mase(NAIVE),
        "mase_seasonal_naive": _comparable(tested, SEASONAL_NAIVE), "nominal": nominal,
        "n": int(np.isfinite(series).sum()), "needed": _needed(initial, candidates[NAIVE].shape[1]),
    }  # fmt: skip
    spoken = len(tested.tested) >= ENOUGH_ORIGINS and judged["n"] >= initial
    better = judged["mase"] is not None and judged["mase"] < judged["mase_naive"]
    model = tested.names[tested.chosen[-1]] if spoken and better else NAIVE
    if spoken and not better:
        tested = backtest(series, candidates, **settings, only=NAIVE)
    last = slice(-1, None) if spoken and np.isfinite(tested.low[-1]).all() else slice(0, 0)
    shown = tested.forecast[last].ravel()
    verdict = "insufficient" if not len(shown) else "naive" if model == NAIVE else "model"
    return {
        "mean": shown, "low": tested.low[last].ravel(), "high": tested.high[last].ravel(),
        "model": None if verdict == "insufficient" else model, **judged, **tested.coverage(),
        "by_horizon": {
            "mase": tested.mase_by_horizon(), "mase_seasonal_naive": tested.mase_by_horizon(SEASONAL_NAIVE),
            "achieved": tested.coverage_by_horizon(),
        }, "verdict": verdict,
    }  # fmt: skip


def _needed(initial: int, horizon: int) -> int:
    """Values without which fewer than 8 origins can be tested."""
    return initial + ENOUGH_ORIGINS + horizon - 1


def _comparable(tested: Backtest, name: str) -> float | None:
    """MASE of a candidate, None unless it was tested wherever the choice was."""
    return tested.mase(name) if tested.tests(name) == tested.tests() else None
