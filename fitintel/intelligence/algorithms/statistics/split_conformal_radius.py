"""Half-width of an interval, from past errors alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, within


@algorithm(
    id="split_conformal_radius",
    version="1.0.0",
    inputs={"abs_residuals": "any"},
    output=("radius", "unit of the residuals"),
    source="Vovk, Gammerman & Shafer 2005; Lei et al. 2018, J Am Stat Assoc 113:1094-1111",
    validity=Validity.HIGH,
    limits=(
        "promises its coverage for exchangeable errors: after a change of habit it does not hold",
        "right on average over days, not for each kind of day",
        "errors must come from data the model has not seen",
    ),
)
def split_conformal_radius(abs_residuals: Any, *, alpha: float = 0.1) -> Any:
    """Split conformal radius.

    The `ceil((n + 1) (1 - alpha))`-th smallest of n absolute errors. `abs_residuals` (..., n), missing ones left out.
    Raises DataError for a negative error or `alpha` outside 0 to 1.

    Parameters: `alpha` [1] share of values that may lie outside.
    Returns None (NaN for a row) when there are too few errors: 9 are needed for 90 %. Lei et al. 2018.

    >>> split_conformal_radius([0.5, 1.2, 0.3, 2.0, 0.8, 1.1, 0.9, 0.4, 1.6], alpha=0.2)  # unit of the errors
    1.6
    """
    within(0, 1, alpha=alpha)
    not_negative(abs_residuals=abs_residuals)
    errors = np.sort(numbers(abs_residuals, "abs_residuals"), axis=-1)  # NaN last
    n = np.isfinite(errors).sum(axis=-1)
    place = np.ceil((n + 1) * (1 - alpha) - 1e-9).astype(np.int64)
    # a rank of 0 is a radius that may miss everything
    padded = np.concatenate([np.zeros((*errors.shape[:-1], 1)), errors], axis=-1)
    radius = np.take_along_axis(padded, np.expand_dims(np.minimum(place, n), -1), axis=-1)[..., 0]
    return answer(np.where(place <= n, radius, np.nan))
