"""The closed list of sports. A source maps what its vendor calls a sport; what is not listed becomes `other`."""

from __future__ import annotations

SPORTS = (
    "running", "walking", "hiking", "cycling", "swimming", "rowing", "skiing", "strength", "mobility",
    "machine", "multisport", "other",
)  # fmt: skip

ON_FOOT = ("running", "walking", "hiking")

WORDS: dict[str, str] = {
    "run": "running", "jog": "running", "running": "running", "treadmill": "running", "trail run": "running",
    "trail running": "running", "laufen": "running", "course": "running", "course a pied": "running",
    "walk": "walking", "walking": "walking", "gehen": "walking", "dog walk": "walking",
    "hike": "hiking", "hiking": "hiking", "wandern": "hiking", "trek": "hiking",
    "bike": "cycling", "ride": "cycling", "cycling": "cycling", "bike ride": "cycling", "biking": "cycling",
    "virtual ride": "cycling", "indoor cycling": "cycling", "road cycling": "cycling", "mountain biking": "cycling",
    "radfahren": "cycling", "spin": "cycling",
    "swim": "swimming", "swimming": "swimming", "lap swimming": "swimming", "pool swim": "swimming",
    "open water swimming": "swimming", "schwimmen": "swimming",
    "row": "rowing", "rowing": "rowing", "indoor rowing": "rowing",
    "ski": "skiing", "skiing": "skiing", "cross country skiing": "skiing", "nordic ski": "skiing",
    "weight workout": "strength", "weight training": "strength", "strength": "strength",
    "strength training": "strength", "weights": "strength", "gym": "strength", "workout": "other",
    "yoga": "mobility", "stretching": "mobility", "pilates": "mobility", "mobility": "mobility",
    "machine workout": "machine", "elliptical": "machine", "stair stepper": "machine",
    "triathlon": "multisport", "multisport": "multisport", "duathlon": "multisport",
    "other": "other", "other activity": "other", "video workout": "other", "sport": "other",
}  # fmt: skip
"""Words of vendors and people, lower case, to our sports."""


def known_sport(word: str | None) -> str | None:
    """Our sport for a vendor's or person's word; None when the word is not known.

    >>> known_sport("Video Workout"), known_sport("quidditch")
    ('other', None)
    """
    text = " ".join((word or "").lower().replace("_", " ").split())
    if text in SPORTS:
        return text
    for candidate in (text, text.removeprefix("indoor ").strip(), *(part.strip() for part in text.split("/"))):
        known = WORDS.get(candidate) or WORDS.get(candidate.removeprefix("indoor ").strip())
        if known:
            return known
    return None


def sport_of(word: str | None) -> str:
    """Our sport for a vendor's or person's word.

    >>> sport_of("Indoor Run / Jog"), sport_of("Bike Ride"), sport_of("Video Workout")
    ('running', 'cycling', 'other')
    """
    return known_sport(word) or "other"
