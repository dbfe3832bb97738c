"""Queries of Grafana's dashboards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "monitoring" / "dashboards"
NEED_CLOSED_DAYS = "fitintel_performance"
"""figures of algorithms are there once a day of briefs is over and judged"""


def queries() -> dict[str, str]:
    """Dashboard and title of a panel -> what it asks."""
    return {
        f"{path.stem}: {panel['title']}": target["expr"]
        for path in sorted(FOLDER.glob("*.json"))
        for panel in _panels(json.loads(path.read_text())["panels"])
        for target in panel.get("targets", ())
    }


def _panels(held: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for panel in held:
        yield panel
        yield from _panels(panel.get("panels", []))
