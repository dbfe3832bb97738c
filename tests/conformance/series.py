"""The compact series of the vector files, written out."""

from __future__ import annotations

from typing import Any


def expand(value: Any) -> Any:
    """`{"repeat": [[value, n], ...], "times": k}` and `{"range": [a, b]}` become lists; everything else stays."""
    if isinstance(value, dict):
        if set(value) <= {"repeat", "times"} and "repeat" in value:
            return [item for item, count in value["repeat"] for _ in range(count)] * value.get("times", 1)
        if set(value) == {"range"}:
            return list(range(*value["range"]))
        return {name: expand(item) for name, item in value.items()}
    if isinstance(value, list):
        return [expand(item) for item in value]
    return value
