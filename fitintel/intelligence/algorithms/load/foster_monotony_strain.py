"""How even a week's daily loads are, and the strain of the week."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, not_negative


@algorithm(
    id="foster_monotony_strain",
    version="1.0.0",
    inputs={"daily_loads": "load per day"},
    output=("monotony and strain of a week", "1; unit of the load"),
    source="Foster 1998, Med Sci Sports Exerc 30:1164-1168",
    validity=Validity.USEFUL,
    limits=(
        "the alarm at a monotony of 2 rests on 25 athletes: no alert is made of it alone",
        "undefined in a week of equal days, and very large in a nearly even one: cap it at 5 where it is shown",
        "with ddof=0 it is 8 % higher: compare only with figures of the same convention",
        "rest days are zeros; a day that is not known makes the week unknown",
    ),
)
def foster_monotony_strain(daily_loads: Any, *, ddof: int = 1) -> dict[str, Any]:
    """Monotony and strain of a week.

    `monotony = mean / SD` of the seven daily loads, rest days included as zeros; `strain = weekly load * monotony`.
    `daily_loads` (..., 7). Raises DataError for another number of days or a negative load.

    Parameters: `ddof` [1] 1 for the sample SD, as in Foster's spreadsheet, 0 for the population SD.
    Returns `weekly_load`, `mean`, `sd`, `monotony`, `strain`; undefined when a day is missing, the last two also when
    all days are equal.

    >>> found = foster_monotony_strain([300, 0, 450, 200, 0, 600, 150])  # session RPE, a.u.
    >>> round(found["monotony"], 3), round(found["strain"], 1)
    (1.082, 1839.8)
    """
    load = np.asarray(daily_loads, dtype=np.float64)
    if load.shape[-1:] != (7,):
        raise DataError("a week has seven days", why=f"loads of shape {load.shape} were given",
                        next="give each day of the week, rest days as 0")  # fmt: skip
    not_negative(daily_loads=load)
    mean, total = load.mean(axis=-1), load.sum(axis=-1)
    # the SD of equal numbers is not always zero in floating point
    sd = np.where(load.max(axis=-1) == load.min(axis=-1), 0.0, load.std(axis=-1, ddof=ddof))
    sd = np.where(np.isnan(mean), np.nan, sd)
    monotony = divided(mean, sd)
    return {"weekly_load": answer(total), "mean": answer(mean), "sd": answer(sd), "monotony": answer(monotony),
            "strain": answer(total * monotony)}  # fmt: skip
