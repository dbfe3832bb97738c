"""What a reader prefers, kept under who reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import LOCAL_OWNER
from fitintel.core.errors import UnknownName
from fitintel.core.preferences import Preferences
from fitintel.core.units import UnitSystem
from fitintel.workbench.athletes import OWN

if TYPE_CHECKING:
    from fitintel.workbench.door import Door

CHOICES = ("units", "language", "theme", "time_zone", "morning")
AS_THE_ATHLETE = "auto"
"""word for units that are those of the athlete who is looked at"""


def reader(bench: Door) -> str:
    """Under which id the reader's preferences are kept: the person at this keyboard is the athlete `me`."""
    return OWN.id if bench.actor.id == LOCAL_OWNER.id else bench.actor.id


def preferences(bench: Door) -> Preferences:
    """What the reader prefers."""
    who = reader(bench)
    return bench.store.preferences(who) or Preferences(who)


def prefer(bench: Door, chosen: Mapping[str, Any]) -> Preferences:
    """Keep a choice; raises UnknownName for what cannot be chosen."""
    for name in chosen:
        if name not in CHOICES:
            raise UnknownName("preference", name, CHOICES)
    now = replace(preferences(bench), **{**chosen, **({"units": _units(chosen["units"])} if "units" in chosen else {})})
    bench.store.put_preferences(now)
    return now


def _units(said: Any) -> UnitSystem | None:
    if said in (None, "", AS_THE_ATHLETE):
        return None
    if said not in tuple(UnitSystem):
        raise UnknownName("system of units", str(said), (*UnitSystem, AS_THE_ATHLETE))
    return UnitSystem(said)
