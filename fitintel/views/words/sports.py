"""The names of sports as people read them."""

from __future__ import annotations

from fitintel.views.language import _, marked

NAMES = {
    "running": marked("running"), "walking": marked("walking"), "hiking": marked("hiking"),
    "cycling": marked("cycling"), "swimming": marked("swimming"), "rowing": marked("rowing"),
    "skiing": marked("skiing"), "strength": marked("strength"), "mobility": marked("mobility"),
    "machine": marked("machine"), "multisport": marked("multisport"), "other": marked("other"),
}  # fmt: skip
"""sport -> its name"""


def sport(name: str) -> str:
    """The name of a sport; a name that is none of ours stays as it is.

    >>> sport("running")
    'running'
    """
    return _(NAMES[name]) if name in NAMES else str(name)
