"""Which samples belong together when some steps between neighbours are impossible.

Impossible steps cut a series into segments. A segment that can be reached from its neighbours only by an impossible
step, while they can be reached from each other, is a spike. Kept is the chain of segments that holds the most time,
where an impossible step that stays costs as much as `price` seconds: so short segments are left out, and a long one
(a sensor that was set anew, a lift by car) is never thrown away for another long one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from fitintel.ingest.repairs.step import runs
from fitintel.ingest.usual_step import usual_step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Places = NDArray[np.intp]
    Reaches = Callable[[Places, Places], Mask]

LOOK_BACK = 32
"""segments that a segment is compared with"""
TOO_MANY = 0.25
"""share of impossible steps from which on the series is not a course with spikes, but something else"""
FEW = 20
"""impossible steps that are looked at in any case"""


def outside(time: Floats, reaches: Reaches, price: float, longest: float) -> Mask | None:
    """Samples that are spikes, shape (n,); None where there are none or too many to tell.

    Args:
        time: s, strictly increasing, shape (n,).
        reaches: (places, later places) -> whether the step between them is possible, elementwise.
        price: s of recording that must gainsay a segment.
        longest: s. A stretch that takes longer is no spike and stays.

    >>> values = np.array([1.0, 1, 1, 9, 1, 1, 1])
    >>> close = lambda a, b: np.abs(values[a] - values[b]) < 2
    >>> outside(np.arange(7.0), close, 2.0, 3.0).tolist()
    [False, False, False, True, False, False, False]
    """
    count = len(time)
    if count < 3:
        return None
    places = np.arange(count)
    broken = ~reaches(places[:-1], places[1:])
    cuts = int(np.count_nonzero(broken))
    if not cuts or (cuts > FEW and cuts > TOO_MANY * count):
        return None
    starts = np.concatenate(([0], np.flatnonzero(broken) + 1))
    ends = np.concatenate((starts[1:] - 1, [count - 1]))
    usual = usual_step(time)
    kept = _best(starts, ends, (ends - starts + 1) * usual, reaches, max(price, 5 * usual))
    out = np.repeat(~kept, ends - starts + 1)
    first, last = runs(out)
    for begin, end in zip(first.tolist(), last.tolist(), strict=True):
        if time[end] - time[begin] > max(longest, 10 * usual):
            out[begin : end + 1] = False
    return out if out.any() else None


def _best(starts: Places, ends: Places, weights: Floats, reaches: Reaches, price: float) -> Mask:
    """Whether each segment is of the chain with the most weight, less the price of its impossible steps."""
    size = len(starts)
    total = np.empty(size)
    before = np.full(size, -1)
    top = 0
    for place in range(size):
        total[place] = weights[place]
        if not place:
            continue
        some = np.arange(max(0, place - LOOK_BACK), place)
        gain = total[some] - np.where(reaches(ends[some], np.full(len(some), starts[place])), 0.0, price)
        choice = int(some[np.argmax(gain)])
        most = float(gain.max())
        if total[top] - price > most:
            choice, most = top, float(total[top]) - price
        if most > 0:
            total[place] += most
            before[place] = choice
        if total[place] >= total[top]:
            top = place
    kept = np.zeros(size, bool)
    while top >= 0:
        kept[top] = True
        top = int(before[top])
    return kept
