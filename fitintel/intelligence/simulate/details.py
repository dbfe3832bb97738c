"""Sex and year of birth of a simulated person: what fairness is watched by. Nothing else of the person follows from
them, so no group of simulated athletes is harder to judge than another."""

from __future__ import annotations

import numpy as np

from fitintel.core.details import year_of

AGE = (18.0, 38.0, 74.0)
"""years: least, most frequent, most"""


def draw_details(rng: np.random.Generator, end: int) -> tuple[str, int]:
    """(sex, year of birth) of a person whose history ends on the day number `end`.

    >>> draw_details(np.random.default_rng(1), 20366)
    ('male', 1961)
    """
    sex = "female" if rng.random() < 0.5 else "male"
    return sex, year_of(end) - int(rng.triangular(*AGE))
