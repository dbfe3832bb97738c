"""P3: the type of each workout by stored components, beside the upstream dashboard, and growth with the history.

The two tell different types by different models, so no label is compared: upstream labels the same history by its own
reloaded model. Ours must say the same of the rows in another order. Its components are fixed: there is nothing to train
and hence nothing that grows but classifying itself.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from bench import upstream
from bench.figures import EXPONENT, Figure, missing, ratio_figure
from bench.histories import history, written
from bench.measure import cpu_of, exponent, ratio
from fitintel.intelligence.registry import get

STORED = "a row by the stored model, against upstream"
PAIRS = 5


def figures(short: bool) -> list[Figure]:
    """P3."""
    _, rows = history()
    with tempfile.TemporaryDirectory() as name:
        from fitintel import Workbench

        file = written(rows, 1, Path(name, "x1.csv"))
        with Workbench.open(Path(name, "home")) as bench:
            bench.import_files([file])
            held = bench.store.workouts("me")
        same_in_any_order(held)
        why = upstream.absent()
        beside = [] if short else [missing(STORED, why, 500)] if why else [_beside(held, file)]
        return [*beside, growth(held, (1, 10) if short else (1, 10, 100))]


def same_in_any_order(held: Any) -> None:
    """Shuffled rows get the same types."""
    kinds = get("workout_type")
    mixed = kinds(held.take(np.random.default_rng(1).permutation(len(held))))
    assert mixed["label"].tolist() == kinds(held)["label"].tolist()


def _beside(held: Any, file: Path) -> Figure:
    kinds = get("workout_type")
    with upstream.server() as url, upstream.running(url) as peer:
        _, stored = peer.ask("load", str(file))
        peer.ask("train")
        peer.ask("cold")

        def theirs() -> float:
            told = peer.ask("classify")[1]
            assert told["rows"] == stored["n"]
            return float(told["seconds"]) / told["rows"]

        found = ratio(lambda: cpu_of(lambda: kinds(held))[0] / len(held), theirs, PAIRS)
    said = f"ours {found['ours_s'] * 1e6:.2f} us a row, upstream {found['peer_s'] * 1e6:.0f} us"
    return ratio_figure(STORED, found, 500, said)


def growth(held: Any, times: tuple[int, ...]) -> Figure:
    """Seconds over rows."""
    kinds, sizes, seconds = get("workout_type"), [], []
    for each in times:
        rows = held.take(np.repeat(np.arange(len(held)), each))  # in canonical order, as the store gives them
        sizes.append(len(rows))
        seconds.append(min(cpu_of(lambda rows=rows: kinds(rows))[0] for _ in range(3)))
    return Figure("growth of classifying", exponent(sizes, seconds), 1.1, EXPONENT,
                  note="the components are fixed: nothing is trained",
                  points=tuple(zip(sizes, seconds, strict=True)))  # fmt: skip
