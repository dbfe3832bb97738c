"""Why a recording is not whole, as people read it: the reasons are made where a file is read, in English."""

from __future__ import annotations

import re

from fitintel.views.language import SOURCE, _, marked, spoken
from fitintel.views.numbers import plain

CHANNELS = {
    "lat": marked("position"), "distance": marked("distance"), "speed": marked("speed"),
    "elevation": marked("elevation"), "hr": marked("heart rate"), "power": marked("power"),
    "cadence": marked("cadence"), "gaps": marked("gaps"), "clock": marked("clock"), "device": marked("device"),
}  # fmt: skip
"""channel or kind of reason -> its name"""
DETAILS = (
    (re.compile(r"([\d.]+) % of the time without a value"), marked("{a} % of the time without a value")),
    (re.compile(r"(\d+) of (\d+) samples repaired"), marked("{a} of {b} samples repaired")),
    (re.compile(r"(\d+) samples are not repaired"), marked("{a} samples are not repaired")),
    (re.compile(r"(\d+) s without samples"), marked("{a} s without samples")),
)
"""how a reason is written where it is made -> the message of its words"""


def quality_reasons(text: str) -> str:
    """Reasons, joined by semicolons, in the reader's language; one in words of its own stays as it is.

    >>> quality_reasons("hr: 12.5 % of the time without a value; gaps: 40 s without samples")
    'hr: 12.5 % of the time without a value; gaps: 40 s without samples'
    """
    return text if spoken() == SOURCE else "; ".join(_reason(one) for one in text.split("; "))


def _reason(text: str) -> str:
    name, colon, detail = text.partition(": ")
    if not colon:
        return _detail(text)
    told = _(CHANNELS[name]) if name in CHANNELS else name
    return f"{told}: {', '.join(_detail(each) for each in detail.split(', '))}"


def _detail(text: str) -> str:
    for pattern, message in DETAILS:
        found = pattern.fullmatch(text)
        if found:
            figures = [plain(float(each), len(each.partition(".")[2])) for each in found.groups()]
            return _(message, **dict(zip("ab", figures, strict=False)))
    return text
