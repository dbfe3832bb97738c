"""What a part of the bench has measured: figures with their targets, kept as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
TIMES, EXPONENT = "times", "exponent"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. Of a ratio, more is better; of everything else, less."""

    what: str
    value: float | None
    """None: not measured; `note` says why"""
    target: float | None = None
    unit: str = TIMES
    lowest: float | None = None
    highest: float | None = None
    note: str = ""
    points: tuple[tuple[float, float], ...] = ()
    """(size, seconds) that an exponent is the slope of"""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target or a measurement."""
        if self.value is None or self.target is None:
            return None
        return self.value >= self.target if self.unit == TIMES else self.value <= self.target

    @property
    def said(self) -> str:
        """The figure in words."""
        if self.value is None:
            return f"not measured: {self.note}"
        spread = f" ({self.lowest:.3g} to {self.highest:.3g})" if self.lowest is not None else ""
        return f"{self.value:.3g} {self.unit}{spread}"


def ratio_figure(
    what: str, found: Mapping[str, float], target: float | None = None, note: str = "", *, key: str = "ratio"
) -> Figure:  # fmt: skip
    """A figure of what `measure.ratio` gives."""
    return Figure(what, found[key], target, TIMES, found["lowest"], found["highest"], note)


def missing(what: str, why: str, target: float | None = None, unit: str = TIMES) -> Figure:
    """A figure that could not be measured here."""
    return Figure(what, None, target, unit, note=why)


def keep(name: str, title: str, figures: Sequence[Figure], *, folder: Path = RESULTS) -> None:
    """Write a part's figures to results/NAME.json."""
    folder.mkdir(exist_ok=True)
    document = {"part": name, "title": title, "day": f"{datetime.now(UTC):%Y-%m-%d}", "cores": os.cpu_count(),
                "load_average": round(os.getloadavg()[0], 1),
                "figures": [asdict(one) for one in figures]}  # fmt: skip
    (folder / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")


def kept(name: str, *, folder: Path = RESULTS) -> dict[str, Any] | None:
    """What was kept of a part, its figures as `Figure`; None before the first time."""
    path = folder / f"{name}.json"
    if not path.is_file():
        return None
    document: dict[str, Any] = json.loads(path.read_text())
    document["figures"] = [Figure(**{**one, "points": tuple(map(tuple, one["points"]))})
                           for one in document["figures"]]  # fmt: skip
    return document
