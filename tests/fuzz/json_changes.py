"""Changes of JSON that leave it JSON: changed bytes hardly ever get past the parser of the standard library."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 0.5, 1e15, -1e15, 1e308, 2**63, 2**64, "", "x", "0", "2024-02-30T25:00:00Z",
    "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "\x00", "\ud800", "n" * 300, [], {}, [None], [[]], [0] * 50,
)  # fmt: skip


def changed(data: bytes, seed: int) -> bytes:
    """The same JSON with one to three values replaced, removed, moved or repeated; other bytes stay as they are."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return data
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        _change(value, chance)
    return json.dumps(value, separators=(",", ":"), ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")


def _change(value: Any, chance: random.Random) -> None:
    places = list(_places(value))
    if not places:
        return
    holder, key = chance.choice(places)
    how = chance.randrange(5)
    if how == 0:
        del holder[key]
    elif how == 1:
        other, its = chance.choice(places)
        holder[key] = json.loads(json.dumps(other[its]))
    elif how == 2 and isinstance(holder, list):
        holder.insert(key, holder[key])
    elif how == 3 and isinstance(holder[key], (int, float)):
        holder[key] = holder[key] * chance.choice((-1, 10, 1000, 1e-3, 1e9))
    else:
        holder[key] = copy.deepcopy(chance.choice(ODD))  # else it could come to hold itself


def _places(value: Any) -> Any:
    """(list or object, key) of every value within."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])
