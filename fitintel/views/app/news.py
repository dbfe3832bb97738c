"""What has come in while a page is open, in a line each: said quietly, shown when the reader asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fitintel.core.events import Event, Topic
from fitintel.views import numbers
from fitintel.views.language import _, counted


@dataclass(frozen=True, slots=True)
class News:
    """What is said, and whether there is something to show."""

    lines: tuple[str, ...]
    alerts: bool
    show: bool


def news(happened: Sequence[Event], changed: bool) -> News:
    """News of one athlete: `happened` since they looked, oldest first; `changed`: their facts are others by now."""
    opened = {one.detail["key"] for one in happened if one.topic is Topic.ALERTS and one.kind == "opened"}
    imports = [one for one in happened if one.topic is Topic.IMPORTS]
    lines = []
    if opened:
        lines.append(counted("{n} new alert", "{n} new alerts", len(opened)))
    if imports and imports[-1].kind == "progress":
        lines.append(_("An import is running: {percent}").format(percent=_share(imports[-1])))
        changed = False  # it will be once it is done
    elif brought := sum(one.detail["imported"] for one in imports if one.kind == "done"):
        lines.append(counted("{n} new workout", "{n} new workouts", brought))
    if changed and not lines:
        lines.append(_("Something new has come in."))
    return News(tuple(lines), bool(opened), bool(opened) or changed)


def _share(progress: Event) -> str:
    return numbers.percent(min(1.0, progress.detail["done"] / max(1, progress.detail["total"])))
