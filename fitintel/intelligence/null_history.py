"""A history in which nothing can be news: the athlete's own weeks in another order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.days import week_start
from fitintel.core.workouts import Workouts

BLOCK_WEEKS = 4
"""Weeks that stay together: what belongs to neighbouring weeks (a holiday, a block of training) is kept."""


def shuffled(workouts: Workouts, rng: np.random.Generator, *, block_weeks: int = BLOCK_WEEKS) -> Workouts:
    """The workouts with blocks of whole weeks drawn in another order; weekdays stay, blocks without any are left out.

    Seasons, trends and lasting changes are gone with the order; what is usual on a day, in a week and in a block is as
    it was. `start` moves with the day. Equal generators give equal histories.

    >>> w = Workouts.from_rows([{"id": f"w{i}", "day": 20003 + 28 * i, "distance": float(i)} for i in range(4)])
    >>> made = shuffled(w, np.random.default_rng(1))
    >>> sorted(made["distance"].tolist()), set((made["day"] + 3) % 7) == set((w["day"] + 3) % 7)
    ([0.0, 1.0, 2.0, 3.0], True)
    """
    if not len(workouts):
        return workouts
    moved = _moved(workouts["day"], rng, block_weeks)
    columns = {"day": workouts["day"] + moved}
    if "start" in workouts:
        columns["start"] = workouts["start"] + moved * 86_400.0
    return workouts.replace(**columns).ordered()


def shuffled_nights(
    wellness: Mapping[str, Any], rng: np.random.Generator, *, block_weeks: int = BLOCK_WEEKS
) -> dict[str, Any]:
    """Columns of wellness (`day` among them) with blocks of whole weeks drawn in another order, as of workouts.

    >>> rows = {"day": [20003 + 28 * i for i in range(4)], "value": [0.0, 1.0, 2.0, 3.0]}
    >>> made = shuffled_nights(rows, np.random.default_rng(1))
    >>> sorted(made["value"]), made["day"] == sorted(made["day"]), len(set(made["day"]))
    ([0.0, 1.0, 2.0, 3.0], True, 4)
    """
    day = np.asarray(wellness["day"], dtype=np.int64)
    if not len(day):
        return {name: list(values) for name, values in wellness.items()}
    day = day + _moved(day, rng, block_weeks)
    order = np.argsort(day, kind="stable").tolist()
    return {name: [day[at].item() if name == "day" else values[at] for at in order]
            for name, values in wellness.items()}  # fmt: skip


def _moved(day: NDArray[np.int64], rng: np.random.Generator, block_weeks: int) -> NDArray[np.int64]:
    """By how many days each moves when the blocks that hold any are drawn in another order."""
    width = 7 * block_weeks
    block = (day - week_start(int(day.min()))) // width
    used, place = np.unique(block, return_inverse=True)
    new = np.empty(len(used), dtype=np.int64)
    new[rng.permutation(len(used))] = np.arange(len(used))
    moved: NDArray[np.int64] = (new[place] - block) * width
    return moved
