"""Multinomial logistic regression around a fixed model: labels move its weights as far as they must, and no further.

Scores of classes are `base + phi @ weights.T`. The weights have a normal prior around zero, so that without labels the
fixed model `base` stands, and a few labels move it a little. Every row is computed by itself, with sums in a fixed
order: one row alone gives the same bits as among others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

STEPS = 50
SMALL = 1e-9


def probabilities(base: Numbers, phi: Numbers, weights: Numbers) -> Numbers:
    """Probability of each class [n, k] from `base` [n, k], `phi` [n, p] and `weights` [k, p]. -inf excludes a class.

    >>> probabilities(np.zeros((1, 2)), np.ones((1, 1)), np.array([[np.log(3.0)], [0.0]]))
    array([[0.75, 0.25]])
    """
    score = base.copy()
    for place in range(phi.shape[1]):  # not a matrix product: its order of summing depends on the number of rows
        score += phi[:, place : place + 1] * weights[:, place]
    top = score[:, 0].copy()
    for k in range(1, score.shape[1]):
        top = np.maximum(top, score[:, k])
    raw = np.exp(score - top[:, None])
    total = raw[:, 0].copy()
    for k in range(1, score.shape[1]):
        total += raw[:, k]
    return np.asarray(raw / total[:, None], dtype=np.float64)


def fit(base: Numbers, phi: Numbers, label: NDArray[np.int64], spread: Numbers) -> Numbers:
    """Weights [k, p] of highest posterior density, by Newton's method; `spread` [p]: SD of the prior of each feature.

    Labels are indices of classes; a label whose class `base` excludes says nothing.

    >>> weights = fit(np.zeros((8, 2)), np.ones((8, 1)), np.array([0] * 6 + [1] * 2), np.array([10.0]))
    >>> probabilities(np.zeros((1, 2)), np.ones((1, 1)), weights).round(2)
    array([[0.75, 0.25]])
    """
    k, p = base.shape[1], phi.shape[1]
    weights = np.zeros((k, p))
    rows = np.flatnonzero(np.isfinite(base[np.arange(len(label)), label])) if len(label) else np.empty(0, dtype=int)
    if not len(rows):
        return weights
    base, phi, wanted = base[rows], phi[rows], np.eye(k)[label[rows]]
    penalty = np.tile(spread**-2, k)
    before = _loss(base, phi, wanted, weights, penalty)
    for _ in range(STEPS):
        found = probabilities(base, phi, weights)
        gradient = ((found - wanted).T @ phi).ravel() + penalty * weights.ravel()
        curve = np.empty((k, p, k, p))
        for a in range(k):
            for b in range(k):
                weight = found[:, a] * ((a == b) - found[:, b])
                curve[a, :, b, :] = (phi * weight[:, None]).T @ phi
        step = np.linalg.solve(curve.reshape(k * p, k * p) + np.diag(penalty), gradient).reshape(k, p)
        size = 1.0
        while size > SMALL:
            tried = weights - size * step
            loss = _loss(base, phi, wanted, tried, penalty)
            if loss <= before:
                break
            size /= 2
        else:
            break
        done = before - loss < SMALL
        weights, before = tried, loss
        if done:
            break
    return weights


def _loss(base: Numbers, phi: Numbers, wanted: Numbers, weights: Numbers, penalty: Numbers) -> float:
    found = probabilities(base, phi, weights)
    chosen = (found * wanted).sum(axis=1)
    return float(-np.log(np.maximum(chosen, 1e-300)).sum() + 0.5 * (penalty * weights.ravel() ** 2).sum())
