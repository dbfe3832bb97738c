"""What a workout is taken for, in sentences, each with the badge of the run that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fitintel.core.taken import Taken
from fitintel.core.units import UnitSystem
from fitintel.views.app.cards import badge_line
from fitintel.views.badge import badge
from fitintel.views.words.labels import SESSION
from fitintel.views.words.recent import activity, session
from fitintel.views.words.said import Facts


@dataclass(frozen=True, slots=True)
class TakenLine:
    """A sentence; the badge is empty where a person said so."""

    text: str
    badge: str


def taken_lines(found: Mapping[str, Taken], sport: str) -> tuple[TakenLine, ...]:
    """What is said of a workout recorded as `sport`; a level that nothing is said of is left out."""
    lines = []
    if "activity" in found:
        one = found["activity"]
        values = {"label": one.label, "confidence": one.confidence, "said": one.said, "sport": sport}
        lines.append((activity(Facts(values, UnitSystem.METRIC)), one))
    if "session" in found and found["session"].label in SESSION:
        one = found["session"]
        values = {"session": one.label, "session_confidence": one.confidence, "session_said": one.said}
        lines.append((session(Facts(values, UnitSystem.METRIC)), one))
    return tuple(TakenLine(text, "" if one.said else badge_line(badge(one.card, one.run.version)))
                 for text, one in lines if text)  # fmt: skip
