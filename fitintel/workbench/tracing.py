"""Where each figure of an insight stands: in the result, a parameter or an input of a run, or in a stored row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fitintel.core.explained import Place
from fitintel.core.workouts import Workouts

CHOSEN = {
    "until": "the calendar: end of the week that the advice is for",
    "weeks_ahead": "the composition of the brief: how far ahead it tells",
}
"""Figures that are no figures of data, and who chose them."""
CLOSE = 1e-9
"""relative difference up to which two figures are the same: one may have been kept as text"""


class Shelf:
    """Everything that figures may stand in, each under a name."""

    def __init__(self) -> None:
        self._columns: list[tuple[str, Any]] = []
        self._single: dict[float, str] = {}

    def put(self, name: str, value: Any) -> None:
        """Add a value under a name; earlier ones are looked at first."""
        import numpy as np

        for path, figure in _counted(value, name):
            self._single.setdefault(figure, path)
        for path, leaf in leaves(value, name):
            if isinstance(leaf, np.ndarray):
                if leaf.dtype.kind in "fiub":
                    self._columns.append((path, leaf.astype(np.float64).ravel()))
                self._single.setdefault(float(leaf.size), f"number of {path}")
            else:
                self._single.setdefault(leaf, path)

    def find(self, value: float) -> str:
        """Name of the place where a figure stands, with the row of a column; empty where it stands nowhere."""
        import numpy as np

        if value in self._single:
            return self._single[value]
        reach = CLOSE * max(1.0, abs(value))
        for path, column in self._columns:
            found = np.flatnonzero(np.abs(column - value) <= reach)
            if len(found):
                return f"{path}[{int(found[-1])}]"
        return next((path for single, path in self._single.items() if abs(single - value) <= reach), "")


def leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Numbers, and whole columns, of a nested value, each with its path.

    >>> list(leaves({"slope": 1.5, "by": {"run": 2}, "days": [3, 4]}, "trend"))
    [('trend.slope', 1.5), ('trend.by.run', 2.0), ('trend.days[0]', 3.0), ('trend.days[1]', 4.0)]
    """
    if isinstance(value, (bool, str)) or value is None:
        return
    if isinstance(value, (int, float)):
        if value == value:
            yield name, float(value)
    elif isinstance(value, (Mapping, Workouts)):
        for key in value:
            yield from leaves(value[key], f"{name}.{key}" if name else str(key))
    elif isinstance(value, (list, tuple)):
        for place, each in enumerate(value):
            yield from leaves(each, f"{name}[{place}]")
    elif hasattr(value, "dtype"):
        yield name, value


def traced(values: Mapping[str, Any], shelf: Shelf) -> tuple[Place, ...]:
    """Every figure of an insight with the place where it stands; one that adds up others of the insight names them."""
    sums: dict[float, str] = {
        float(sum(each.values())): name
        for name, each in values.items()
        if isinstance(each, Mapping) and each and all(isinstance(one, (int, float)) for one in each.values())
    }
    return tuple(
        Place(path, figure, CHOSEN.get(path) or shelf.find(figure)
              or (f"sum of {sums[figure]}" if figure in sums else ""))
        for path, figure in _figures(values)
    )  # fmt: skip


def _counted(value: Any, name: str) -> Iterator[tuple[str, float]]:
    """What is counted or added up of rows: flags of workouts, and numbers of a list of statements from the first on."""
    if isinstance(value, Workouts):
        if "flags" in value:
            flags = Counter(flag for text in value["flags"] for flag in (text or "").split())
            yield from ((f"number of {name}.flags {flag}", float(count)) for flag, count in flags.items())
    elif isinstance(value, (list, tuple)) and value and all(isinstance(each, Mapping) for each in value):
        for key in value[0]:
            total = 0.0
            for place, each in enumerate(value, 1):
                figure = each.get(key)
                total += figure if isinstance(figure, (int, float)) and not isinstance(figure, bool) else 0.0
                yield f"sum of {name}[:{place}].{key}", total


def _figures(values: Mapping[str, Any]) -> Iterable[tuple[str, float]]:
    for path, leaf in leaves(values, ""):
        if isinstance(leaf, float):
            yield path, leaf
        else:
            yield from ((f"{path}[{place}]", float(each)) for place, each in enumerate(leaf.tolist())
                        if isinstance(each, (int, float)) and each == each)  # fmt: skip
