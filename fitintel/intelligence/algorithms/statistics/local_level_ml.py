"""How much a level moves and how much of a series is noise."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.known import row
from fitintel.intelligence.local_level import fit
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided


@algorithm(
    id="local_level_ml",
    version="1.0.0",
    inputs={"x": "any"},
    output=("variance of the noise and of the level's steps", "squared unit of x"),
    source="Durbin & Koopman 2012, Time Series Analysis by State Space Methods, sections 2.9-2.10",
    validity=Validity.USEFUL,
    limits=(
        "below about 30 values the two variances are hardly told apart; one of them is then often 0",
        "a trend, a season or a sudden change counts as movement of the level",
    ),
)
def local_level_ml(x: Any) -> dict[str, float | None]:
    """Local level variances.

    `x_t = level_t + noise`, `level_(t+1) = level_t + step`, both normal: their variances by maximum likelihood with an
    unknown start (exact diffuse). `x` (n,) in order of time, NaN where missing.

    Returns `sigma2_eps` (noise), `sigma2_eta` (steps) and `ratio` of the second to the first; None below three values,
    the ratio also without noise. Durbin & Koopman 2012.

    >>> found = local_level_ml([5.0, 7.0, 4.0, 6.0, 5.0, 6.0, 4.0, 7.0])  # any unit
    >>> found["sigma2_eta"], round(found["sigma2_eps"], 2)
    (0.0, 1.43)
    """
    found = fit(row(x, "x"))
    if found is None:
        return {"sigma2_eps": None, "sigma2_eta": None, "ratio": None}
    noise, steps = found
    return {"sigma2_eps": noise, "sigma2_eta": steps, "ratio": answer(divided(steps, noise))}
