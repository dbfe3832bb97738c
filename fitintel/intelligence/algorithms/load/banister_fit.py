"""The impulse-response model fitted to tests, and whether it predicts them better than the last test does."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.impulse_response import fit, ordered_tests, trace
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="banister_fit",
    version="1.0.0",
    inputs={"daily_load": "load per day", "test_day": "day, 1 is the first", "performance": "unit of the test"},
    output=("parameters and out-of-sample error", "unit of the test; d"),
    source="Clarke & Skiba 2013, Adv Physiol Educ 37:134-152; time constants fixed as science and practice differ on "
    "them and tests hardly determine them (Hellard et al. 2006, J Sports Sci 24:509)",
    validity=Validity.ROUGH,
    limits=(
        "the parameters are not identifiable: on the published cyclist (5 parameters, 9 tests) very different ones fit "
        "equally well; read predictions, never parameters",
        "needs 8 tests over 60 days, and is to be shown only when it predicts left-out tests better than the last test",
        "leaving one test out uses later tests too: prediction of the future is worse",
        "the load must be of one method throughout, every day known",
    ),
)
def banister_fit(
    daily_load: Any, test_day: Any, performance: Any, *, tau1: float | None = 42.0, tau2: float | None = 7.0,
    least_tests: int = 8, least_span: int = 60,
) -> dict[str, Any]:  # fmt: skip
    """Impulse-response model fitted to tests.

    The least-squares `p0`, `k1 >= 0`, `k2 >= 0` of `p = p0 + k1 g - k2 h` (see banister_ir) for `daily_load` (n,) and
    tests on `test_day` (m,), counted from 1, of `performance` (m,), NaN left out. Each test is then predicted by a
    model fitted without it. Raises DataError for a test outside the days of the load.

    Parameters: `tau1`, `tau2` [d] time constants, None to search for one from 2 to 120 d (tau1 above tau2);
    `least_tests` [1] and `least_span` [d] between the first and last test, below which the verdict is insufficient.
    Returns `p0`, `k1`, `k2`, `tau1`, `tau2`, `sse` (None with fewer than 4 tests), `n`, `span` [d],
    `trace_correlation` (near 1 the weights mean nothing), `left_out_rmse`, `last_test_rmse`, and `verdict`:
    better than the last test, not better, or insufficient.

    >>> load = 50 + 50 * np.sin(np.arange(120) / 9)
    >>> day = np.arange(15, 121, 15)
    >>> truth = 250 + 0.05 * trace(load, 42)[day - 1] - 0.1 * trace(load, 7)[day - 1]
    >>> found = banister_fit(load, day, truth)
    >>> round(found["p0"], 6), round(found["k1"], 6), round(found["k2"], 6), found["verdict"]
    (250.0, 0.05, 0.1, 'better than the last test')
    """
    load, day, found = ordered_tests(daily_load, test_day, performance)
    n = len(found)
    span = int(day[-1] - day[0]) if n else 0
    empty = dict.fromkeys(("p0", "k1", "k2", "tau1", "tau2", "sse", "trace_correlation", "left_out_rmse",
                           "last_test_rmse"))  # fmt: skip
    if n < 4:
        return {**empty, "n": n, "span": span, "verdict": "insufficient"}
    best = fit(load, day, found, tau1, tau2)
    left_out = np.array([_predicted_without(one, load, day, found, tau1, tau2) for one in range(1, n)])
    model, naive = _rms(left_out - found[1:]), _rms(np.diff(found))
    g, h = trace(load, best.tau1)[day], trace(load, best.tau2)[day]
    spread = float(g.std() * h.std())
    enough = n >= least_tests and span >= least_span
    return {
        **best._asdict(),
        "n": n,
        "span": span,
        "trace_correlation": float(np.mean((g - g.mean()) * (h - h.mean()))) / spread if spread else None,
        "left_out_rmse": model,
        "last_test_rmse": naive,
        "verdict": "insufficient" if not enough else "better than the last test" if model < naive else "not better",
    }


def _predicted_without(one: int, load: Any, day: Any, found: Any, tau1: float | None, tau2: float | None) -> float:
    rest = np.arange(len(found)) != one
    model = fit(load, day[rest], found[rest], tau1, tau2)
    g, h = trace(load[: day[one] + 1], model.tau1)[-1], trace(load[: day[one] + 1], model.tau2)[-1]
    return float(model.p0 + model.k1 * g - model.k2 * h)


def _rms(error: Any) -> float:
    return float(np.sqrt(np.mean(error**2)))
