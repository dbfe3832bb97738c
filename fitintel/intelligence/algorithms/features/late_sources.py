"""Which sources of data are late: an account that was not synchronised, a device whose nights no longer arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="late_sources",
    version="1.0.0",
    inputs={"sources": "source, kind, day of the latest data, days with data before it, state", "day": "day number"},
    output=("sources that are late", "d"),
    source="Definition; how long is late is a choice",
    validity=Validity.HIGH,
    limits=(
        "that nothing arrived is known, not why: nothing may have been measured",
        "a source that was given up looks late until `given_up` days have passed",
    ),
    title="Late sources",
)
def late_sources(
    sources: Sequence[Mapping[str, Any]], day: int, *, sync_days: int = 2, night_days: int = 2, regular: int = 14,
    given_up: int = 90,
) -> dict[str, Any]:  # fmt: skip
    """Late sources.

    An `account` is late when its last synchronisation is `sync_days` or more before `day`, or never was; one that
    `needs reconnect` when it is a day or more. `wellness` is late when the source's latest value is `night_days` or
    more before `day` and at least `regular` of the 28 days up to that value had one. What is silent for more than
    `given_up` days is taken to be given up, and not told.

    Parameters: `sync_days`, `night_days`, `given_up` [d]; `regular` [1] days of 28.
    Returns `late`: `source`, `kind` (account, wellness), `state`, `last` (day number, None for never), `days` since
    (None for never) and `known` days of the 28 up to the last, the longest silent first; `sources`, how many there are.

    >>> rows = [{"source": "ring", "kind": "wellness", "last": 20000, "known": 27, "state": ""}]
    >>> late_sources(rows, 20003)["late"][0]["days"], late_sources(rows, 20001)["late"]
    (3, [])
    """
    late = []
    for one in sources:
        last = one["last"]
        days = None if last is None else day - int(last)
        if days is not None and days > given_up:
            continue
        needed = night_days if one["kind"] == "wellness" else 1 if one["state"] == "needs reconnect" else sync_days
        if (days is None or days >= needed) and (one["kind"] != "wellness" or int(one["known"]) >= regular):
            late.append({**{name: one[name] for name in ("source", "kind", "state", "last", "known")}, "days": days})
    late.sort(key=lambda one: (-(given_up + 1 if one["days"] is None else one["days"]), one["kind"], one["source"]))
    return {"late": late, "sources": len(sources)}
