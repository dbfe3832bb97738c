"""Golden inputs of the grade-adjusted speed: a hill up and down, and a way without elevation."""

from __future__ import annotations

from typing import Any

import numpy as np

_WAY = np.arange(0.0, 3001.0, 12.0)

CASES: dict[str, list[tuple[list[Any], dict[str, Any]]]] = {
    "graded_speed": [
        ([_WAY, 40.0 * np.sin(_WAY / 400.0), 900.0], {}),
        ([_WAY, np.full(len(_WAY), np.nan), 900.0], {}),
    ],
}
