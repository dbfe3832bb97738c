"""How much output per heart beat falls from the first half of a session to the second."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, positive

WARM_UP, LEAST, MOST_STOPPED = 600.0, 2400.0, 0.05
"""s, s, share: conditions under which the figure is compared between sessions"""


@algorithm(
    id="aerobic_decoupling",
    version="1.0.0",
    inputs={"output": "W or m/s", "hr": "bpm"},
    output=("decoupling, positive for drift", "%"),
    source="Friel; as in GoldenCheetah AerobicDecoupling.cpp",
    validity=Validity.USEFUL,
    limits=(
        "needs at least 40 min of steady work after 10 min of warm-up; undefined when more than 5 % of it was stopped",
        "that less than 5 % means aerobic fitness is a coaching rule",
        "heat, hydration and a hilly half move it as much as fitness does",
        "without `dt` none of the conditions is checked",
    ),
)
def aerobic_decoupling(output: Any, hr: Any, *, dt: float | None = None) -> Any:
    """Aerobic decoupling.

    `100 (r1 - r2) / r1` with `r` the mean output over the mean heart rate of each half of the time, over the samples
    that have both and a heart rate above 0. `output` power [W] or grade-adjusted speed [m/s], `hr` [bpm], (n,) or
    (sessions, n) at even steps of moving time. Raises DataError when the shapes differ.

    Parameters: `dt` [s] between samples; when given, the first 10 min are dropped and the answer is undefined when less
    than 40 min are left or more than 5 % of their samples have no output.

    >>> aerobic_decoupling([3.5] * 60 + [3.4] * 60, [145] * 60 + [152] * 60)  # %
    7.331
    """
    out, beats = np.asarray(output, dtype=np.float64), np.asarray(hr, dtype=np.float64)
    if out.shape != beats.shape:
        raise DataError(f"outputs of shape {out.shape} have heart rates of shape {beats.shape}",
                        why="one heart rate per output")  # fmt: skip
    meant = np.ones(out.shape[:-1], dtype=np.bool_)
    if dt is not None:
        positive(dt=dt)
        drop = round(WARM_UP / dt)
        out, beats = out[..., drop:], beats[..., drop:]
        known = np.isfinite(out)
        stopped = divided((known & (out <= 0)).sum(axis=-1), known.sum(axis=-1))
        meant = (known.sum(axis=-1) * dt >= LEAST) & (stopped <= MOST_STOPPED)
    half = out.shape[-1] // 2
    first, second = _ratio(out[..., :half], beats[..., :half]), _ratio(out[..., half:], beats[..., half:])
    return answer(np.where(meant, 100.0 * divided(first - second, first), np.nan))


def _ratio(out: Any, beats: Any) -> Any:
    both = np.isfinite(out) & (beats > 0)
    # over the same samples the ratio of means is the ratio of sums
    return divided(np.where(both, out, 0.0).sum(axis=-1), np.where(both, beats, 0.0).sum(axis=-1))
