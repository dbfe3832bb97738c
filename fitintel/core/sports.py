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
    # what vendors call them: Strava, Garmin, Polar, Concept2, Apple, in English, German, French and Spanish
    "lauf": "running", "traillauf": "running", "trailrun": "running", "treadmill running": "running",
    "track running": "running", "virtual run": "running", "laufband": "running",
    "street running": "running", "running treadmill": "running", "jogging": "running", "trailrunning": "running",
    "carrera": "running", "course a pied sur tapis": "running", "road running": "running", "correr": "running",
    "spaziergang": "walking", "marche": "walking", "caminata": "walking", "nordic walking": "walking",
    "casual walking": "walking", "speed walking": "walking", "caminar": "walking",
    "wanderung": "hiking", "randonnee": "hiking", "senderismo": "hiking", "snowshoe": "hiking",
    "radfahrt": "cycling", "fahrrad": "cycling", "virtuelle radfahrt": "cycling", "e bike ride": "cycling",
    "e-bike ride": "cycling", "gravel ride": "cycling", "mountain bike ride": "cycling", "road biking": "cycling",
    "mountain bike": "cycling", "e-mountain bike ride": "cycling", "indoor biking": "cycling", "velo": "cycling",
    "virtual cycling": "cycling", "gravel cycling": "cycling", "rennradfahren": "cycling", "velomobile": "cycling",
    "gravel/unpaved cycling": "cycling", "bikeerg": "cycling", "rennrad": "cycling", "ciclismo": "cycling",
    "sortie velo": "cycling", "mountainbiken": "cycling", "handcycle": "cycling",
    "open water": "swimming", "open water swim": "swimming", "natation": "swimming", "natacion": "swimming",
    "schwimmbadschwimmen": "swimming", "freiwasserschwimmen": "swimming", "pool swimming": "swimming",
    "rowerg": "rowing", "indoor rower": "rowing", "rudern": "rowing", "aviron": "rowing", "remo": "rowing",
    "canoeing": "rowing", "kayaking": "rowing", "stand up paddling": "rowing", "virtual rowing": "rowing",
    "skierg": "skiing", "alpine ski": "skiing", "backcountry ski": "skiing", "roller ski": "skiing",
    "langlauf": "skiing", "snowboard": "skiing", "resort skiing": "skiing", "downhill skiing": "skiing",
    "cross country classic skiing": "skiing", "xc classic ski": "skiing", "xc skate ski": "skiing",
    "krafttraining": "strength", "musculation": "strength", "entrenamiento de fuerza": "strength",
    "traditional strength training": "strength", "functional strength training": "strength", "crossfit": "strength",
    "elliptique": "machine", "crosstrainer": "machine", "stair climbing": "machine", "stairs": "machine",
    "multi sport": "multisport", "swim bike run": "multisport", "training": "other",
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
