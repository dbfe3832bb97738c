"""Every connector by name. What they are made of is imported when one is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fitintel.core.errors import ServiceMissing, UnknownName

if TYPE_CHECKING:
    from fitintel.ingest.connectors.contract import Connector
    from fitintel.ingest.connectors.safe import Limits

NAMES = ("intervals", "strava")


def known(name: str) -> str:
    """The name, if there is a connector of that name; raises UnknownName."""
    if name not in NAMES:
        raise UnknownName("service", name, NAMES)
    return name


def open_connector(name: str, setting: Callable[[str], str | None], limits: Limits | None = None) -> Connector:
    """The connector of that name.

    Args:
        name: one of NAMES.
        setting: gives the value of a setting of `core.settings.ACCOUNTS`, None where it is not set.
        limits: of time and size; default `Limits()`.

    Raises:
        UnknownName: there is none of that name.
        ServiceMissing: the packages for connected accounts are not installed.
        UsageError: its address in the settings is not safe.
    """
    known(name)
    try:
        from fitintel.ingest.connectors.intervals import Intervals
        from fitintel.ingest.connectors.safe import Limits
        from fitintel.ingest.connectors.strava import Strava
    except ModuleNotFoundError as error:
        raise ServiceMissing(
            "The packages for connected accounts are not installed", why=str(error.name),
            next="pip install 'fitintel[connect]'",
        ) from error  # fmt: skip
    made: dict[str, Callable[[Callable[[str], str | None], Limits], Connector]]
    made = {"strava": Strava, "intervals": Intervals}
    return made[name](setting, limits or Limits())
