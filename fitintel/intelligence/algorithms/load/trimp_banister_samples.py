"""Training impulse summed over the samples of a heart rate stream."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.heart_rate import impulse, reserve_share
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, not_negative


@algorithm(
    id="trimp_banister_samples",
    version="1.0.0",
    inputs={"duration": "min", "hr": "bpm", "hr_rest": "bpm", "hr_max": "bpm"},
    output=("training impulse", "a.u."),
    source="Banister 1991; Morton, Fitz-Clarke & Banister 1990, J Appl Physiol 69:1171-1177, integrated per sample",
    validity=Validity.USEFUL,
    limits=(
        "heart rate lags behind the work by half a minute: short intervals are under-counted",
        "an error of 1 % of the reserve changes it by about 3 % at 70 % of the reserve: optical sensors pass theirs on",
        "samples above hr_max are not cut: they say that hr_max is set too low",
        "samples without heart rate add nothing: see the coverage",
    ),
)
def trimp_banister_samples(
    duration: Any, hr: Any, hr_rest: Any, hr_max: Any, *, sex: str = "male", least_coverage: float = 0.75
) -> dict[str, Any]:
    """Training impulse of a heart rate stream.

    `TRIMP = sum of minutes_i * x_i * a * exp(b x_i)` with `x_i = (hr_i - hr_rest) / (hr_max - hr_rest)`, not below 0,
    over samples (..., n) of `duration` [min] each (one number, or one per sample) and heart rate `hr` [bpm]. A sample
    of NaN is missing, not zero; of a recording give the values of `one_hertz` and 1/60 min. Raises DataError when
    hr_max <= hr_rest or a duration is negative.

    Parameters: `sex` male, female or unknown (mean of both curves); `least_coverage` [1] share of the time that must
    have a heart rate. Returns `load` [a.u.], None or NaN below that, and `coverage` [1].

    >>> trimp_banister_samples([30, 30], [120, 180], 50, 190)  # two half hours, a.u.
    {'load': 131.096, 'coverage': 1.0}
    """
    hr = np.asarray(hr, dtype=np.float64)
    not_negative(duration=duration)
    minutes = np.broadcast_to(np.asarray(duration, dtype=np.float64), hr.shape)
    rest, top = (np.expand_dims(np.asarray(bound, dtype=np.float64), -1) for bound in (hr_rest, hr_max))
    known = np.isfinite(hr)
    load = np.where(known, minutes * impulse(reserve_share(np.where(known, hr, rest), rest, top), sex), 0.0)
    coverage = divided(np.where(known, minutes, 0.0).sum(axis=-1), minutes.sum(axis=-1))
    return {
        "load": answer(np.where(coverage >= least_coverage, load.sum(axis=-1), np.nan)),
        "coverage": answer(coverage),
    }
