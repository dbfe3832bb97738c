"""The kernels by definition, in plain loops: what bench/kernels.py holds them against."""

from __future__ import annotations

import math

import numpy as np

CP, W_PRIME = 250.0, 20_000.0
"""W, J"""


def plain_curve(power: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Mean-max by definition: the mean of every window."""
    sums = np.concatenate([[0.0], np.cumsum(power)])
    return np.array([(sums[k:] - sums[:-k]).max() / k for k in lengths.tolist()])


def plain_weighted(power: np.ndarray, *, partial: bool) -> float:
    means = [math.fsum(power[max(0, i - 29) : i + 1].tolist()) / min(i + 1, 30) for i in range(len(power))]
    return float(np.mean(np.array(means[0 if partial else 29 :]) ** 4) ** 0.25)


def plain_balance(power: np.ndarray, *, exact: bool) -> np.ndarray:
    left, found = W_PRIME, []
    for watts in power.tolist():
        rest = CP - watts
        if rest < 0:
            left += rest
        elif exact:
            left = W_PRIME - (W_PRIME - left) * math.exp(-rest / W_PRIME)
        else:
            left += rest * (W_PRIME - left) / W_PRIME
        found.append(left)
    return np.array(found)
