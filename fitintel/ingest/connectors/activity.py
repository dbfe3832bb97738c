"""What activities of Strava and intervals.icu have in common: words for sports, figures, and how they are opened."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fitintel.core.errors import UnreadableFile, UpstreamError
from fitintel.core.sports import known_sport
from fitintel.core.units import JOULE_PER_KCAL
from fitintel.ingest.connectors.answers import Node, parsed

SUMMARY: dict[str, tuple[str, float]] = {
    "moving_time": ("duration", 1.0), "elapsed_time": ("elapsed", 1.0), "distance": ("distance", 1.0),
    "total_elevation_gain": ("elevation_gain", 1.0), "average_speed": ("speed_mean", 1.0),
    "max_speed": ("speed_max", 1.0), "average_heartrate": ("hr_mean", 1.0), "max_heartrate": ("hr_max", 1.0),
    "average_cadence": ("cadence", 1.0), "calories": ("energy", JOULE_PER_KCAL),
}  # fmt: skip
"""their field -> ours and the factor to SI. `moving_time` leaves out the stops that the service sees in the samples;
the device's own timer is not told."""
SPORTS = {"EBikeRide": "cycling", "EMountainBikeRide": "cycling", "GravelRide": "cycling", "Handcycle": "cycling",
          "MountainBikeRide": "cycling", "Velomobile": "cycling", "VirtualRide": "cycling", "VirtualRun": "running",
          "TrailRun": "running", "AlpineSki": "skiing", "BackcountrySki": "skiing", "NordicSki": "skiing",
          "RollerSki": "skiing", "VirtualRow": "rowing", "OpenWaterSwim": "swimming", "Crossfit": "strength",
          "StairStepper": "machine", "HighIntensityIntervalTraining": "other"}  # fmt: skip
"""Words of theirs that the common list does not have."""
MOST_TEXT = 10_000
"""characters of a name or note that are kept"""
FARTHEST = 50_400.0
"""s. No time zone is farther from UTC than 14 hours."""


def opened(data: bytes, service: str) -> Node:
    """The kept answers of a service; raises UnreadableFile when they are no JSON any more."""
    try:
        return Node(parsed(data, service), service)
    except UpstreamError as error:
        raise UnreadableFile(f"The kept answer of {service} is no JSON", where=service, why=error.why,
                             next="sync again, or restore the file store from its backup") from error  # fmt: skip


def start_of(activity: Node) -> float:
    """When an activity began [s since 1970-01-01 UTC]; raises UnexpectedAnswer where it does not say."""
    start = activity.moment("start_date")
    if start is None:
        raise activity.child("start_date").unexpected("a time such as 2025-10-07T06:30:00Z")
    return start


def sport_of(word: str) -> str:
    """Our sport for a word of theirs.

    >>> sport_of("TrailRun"), sport_of("WeightTraining"), sport_of("Kitesurf")
    ('running', 'strength', 'other')
    """
    if word in SPORTS:
        return SPORTS[word]
    return known_sport(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)) or "other"


def unknown(word: str) -> list[tuple[str, str]]:
    """A remark where a word of theirs is not known."""
    known = sport_of(word) != "other" or word in SPORTS or known_sport(word) is not None
    return [] if known else [("sport_unknown", f"{word[:40]!r} was kept as other")]


def figures(node: Node, names: Mapping[str, tuple[str, float]], needed: tuple[str, ...] = ()) -> dict[str, float]:
    """The figures of an activity or lap in our names and SI; raises UnexpectedAnswer for one that is negative."""
    found: dict[str, float] = {}
    for theirs, (ours, factor) in names.items():
        value = node.needed_number(theirs) if theirs in needed else node.number(theirs)
        if value is not None and value < 0:
            raise node.child(theirs).unexpected("a number that is not negative")
        # both services write 0 where nothing was measured
        if value is not None and (value > 0 or theirs in needed):
            found[ours] = value * factor
    return found


def short(node: Node, name: str, most: int = MOST_TEXT) -> str:
    """A text, cut; '' where there is none."""
    return (node.text(name) or "")[:most]
