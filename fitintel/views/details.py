"""What an athlete said of themselves for fairness, as a person reads it."""

from __future__ import annotations

from typing import Any

from fitintel.core.details import Details


def details_text(kept: Details) -> str:
    """In a line."""
    sex = f"sex {kept.sex}" if kept.sex else "sex not said"
    born = f"born {kept.born}" if kept.born else "year of birth not said"
    return f"{kept.athlete_id}: {sex}, {born}. Used to watch fairness by group, and for nothing else."


def details_dict(kept: Details) -> dict[str, Any]:
    """Plain values."""
    return {"athlete": kept.athlete_id, "sex": kept.sex, "born": kept.born, "by": kept.by, "at": kept.at.isoformat()}
