"""A history in which nothing can be news: the athlete's own weeks in another order."""

from __future__ import annotations

import numpy as np

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
    origin = week_start(int(workouts["day"].min()))
    width = 7 * block_weeks
    block = (workouts["day"] - origin) // width
    used, place = np.unique(block, return_inverse=True)
    new = np.empty(len(used), dtype=np.int64)
    new[rng.permutation(len(used))] = np.arange(len(used))
    moved = (new[place] - block) * width
    columns = {"day": workouts["day"] + moved}
    if "start" in workouts:
        columns["start"] = workouts["start"] + moved * 86_400.0
    return workouts.replace(**columns).ordered()
