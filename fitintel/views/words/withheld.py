"""What is not said to this reader: the athlete has not consented to it."""

from __future__ import annotations

from collections.abc import Iterable

from fitintel.views import numbers
from fitintel.views.language import _, marked
from fitintel.views.words.said import Facts, Said, Sentence

CATEGORIES = {
    "training": marked("workouts"), "heart": marked("the heart"), "sleep": marked("sleep"),
    "feeling": marked("how they feel"), "body": marked("the body"), "plan": marked("plans"),
    "illness": marked("illness"), "cycle": marked("the cycle"),
}  # fmt: skip
"""category of consent -> its name in a sentence"""


def no_consent(categories: Iterable[str]) -> str:
    """`Withheld: no consent for the heart and sleep.`"""
    return _("Withheld: no consent for {what}.", what=numbers.listed([_(CATEGORIES[one]) for one in categories]))


def withheld(facts: Facts) -> Said:
    """The line of a section, whether or not there was anything to say."""
    return Said(no_consent(facts["of"]), sign="○")


SENTENCES: dict[str, Sentence] = {"withheld": withheld}
