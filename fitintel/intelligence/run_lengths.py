"""How long ago the level last changed: the distribution over run lengths, updated with every value."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def run_lengths(
    values: Floats, prior_mean: float, prior_sd: float, obs_sd: float, hazard: float
) -> tuple[Floats, NDArray[np.int64]]:
    """Bayesian online change points for normal values of known spread around a level with a normal prior.

    Adams & MacKay 2007, arXiv 0710.3742, eq. 3: after a value is weighed by its predictive density, each run grows with
    probability 1 - hazard or ends with probability hazard, and the run that then begins is empty.
    `values` (n,), NaN for a missing one, which lets runs grow but teaches nothing; all other arguments are numbers.

    Returns the probability of a run of r values after the last one, r = 0 .. n, and the most probable r after each.

    >>> probability, likely = run_lengths(np.array([0.0, 0.1, 9.0, 9.1]), 0.0, 10.0, 0.2, 0.1)
    >>> probability.round(2).tolist(), likely.tolist()
    ([0.1, 0.0, 0.9, 0.0, 0.0], [1, 2, 1, 2])
    """
    log_weight, precision, mean = np.zeros(1), np.array([prior_sd**-2]), np.array([prior_mean])
    likely = np.zeros(len(values), dtype=np.int64)
    grows, ends = _log(1 - hazard), _log(hazard)
    for step, value in enumerate(values.tolist()):
        if value == value:  # NaN is not equal to itself
            spread = obs_sd**2 + 1 / precision
            log_weight = log_weight - 0.5 * ((value - mean) ** 2 / spread + np.log(2 * np.pi * spread))
            known = precision + obs_sd**-2
            mean = (mean * precision + value / obs_sd**2) / known
            precision = known
        log_weight = np.append(_log_sum(log_weight) + ends, log_weight + grows)
        log_weight -= _log_sum(log_weight)
        precision, mean = np.append(prior_sd**-2, precision), np.append(prior_mean, mean)
        likely[step] = np.argmax(log_weight)
    return np.exp(log_weight), likely


def _log(share: float) -> float:
    return float(np.log(share)) if share > 0 else -np.inf


def _log_sum(logs: Floats) -> Any:
    top = logs.max()
    return top + np.log(np.exp(logs - top).sum())
