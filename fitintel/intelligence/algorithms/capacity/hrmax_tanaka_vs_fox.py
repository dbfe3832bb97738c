"""Two expectations of maximal heart rate side by side."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative


@algorithm(
    id="hrmax_tanaka_vs_fox",
    version="1.0.0",
    inputs={"age": "years"},
    output=("maximal heart rate, expected", "bpm"),
    source="Tanaka, Monahan & Seals 2001, J Am Coll Cardiol 37:153-156; Fox, Naughton & Haskell 1971, "
    "Ann Clin Res 3:404",
    validity=Validity.ROUGH,
    limits=(
        "a prior only: people of one age differ by a standard deviation of 7 to 10 bpm",
        "where a robust maximum of hard sessions is known, use that",
        "220 - age was never fitted to data; it is too low beyond 40 years and too high below: shown to compare only",
    ),
)
def hrmax_tanaka_vs_fox(age: Any) -> dict[str, Any]:
    """Maximal heart rate by Tanaka beside 220 - age.

    `208 - 0.7 age` and `220 - age`, equal at 40 years; `age` in years, scalars or arrays. Raises DataError for a
    negative age. Returns `tanaka` and `fox` [bpm].

    >>> hrmax_tanaka_vs_fox(60)  # years -> bpm
    {'tanaka': 166.0, 'fox': 160.0}
    """
    not_negative(age=age)
    years = np.asarray(age, dtype=np.float64)
    return {"tanaka": answer(208.0 - 0.7 * years), "fox": answer(220.0 - years)}
