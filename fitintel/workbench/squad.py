"""The squad's day, and a week that is over: briefs put in order, and beside them what became of what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.core import days
from fitintel.core.squad import Review, SquadRow
from fitintel.workbench.briefs import brief, briefed, may_brief, opened, which_day, whom

if TYPE_CHECKING:
    from fitintel.workbench.door import BriefDoor, Progress

BECAME = ("recommendations", "forecast", "today")
"""sections of which it is told what became"""


def squad(
    bench: BriefDoor, day: str | int | None = None, progress: Progress | None = None
) -> tuple[SquadRow, ...]:  # fmt: skip
    """Everyone's brief of one day (default: the last day anyone has data, or today), who needs a look first."""
    from fitintel.intelligence.triage import needs_a_look

    everyone = briefed(bench)
    wanted = day_of_squad(bench, day)
    rows = []
    for done, one in enumerate(everyone):
        if progress:
            progress(done, len(everyone), f"brief of {one.name}")
        made = brief(bench, one.id, wanted)
        score, reasons = needs_a_look(made)
        rows.append(SquadRow(opened(bench, made), score, reasons))
    if progress:
        progress(len(everyone), len(everyone), "done")
    return tuple(sorted(rows, key=lambda row: (-row.score, row.opened.athlete.name, row.opened.athlete.id)))


def day_of_squad(bench: BriefDoor, day: str | int | None) -> int:
    """The day number that everyone's brief is for: as `which_day`, by the last day anyone has data."""
    last: list[int] = []
    for one in briefed(bench):
        may_brief(bench, one.id)
        if day in (None, "", "latest"):  # a stated day depends on nobody's data
            last += bench.store.workouts(one.id, columns=("day",))["day"][-1:].tolist()
    return which_day(max(last, default=None), day)


def weekly_review(bench: BriefDoor, athlete_id: str | None = None, day: str | int | None = None) -> Review:
    """The week that holds a day (default: the last one that is over), seen from its Sunday.

    The week after the Sunday has shown what became of what was told, as far as it is known.
    """
    athlete = whom(bench, athlete_id)
    bench.may(Action.READ, athlete.id, Kind.BRIEF)
    rows = bench.store.workouts(athlete.id, columns=("day",))
    last = int(rows["day"][-1]) if len(rows) else None
    wanted = which_day(last, day)
    monday = days.week_start(wanted)
    if day in (None, "") and days.today() < monday + 6:
        monday -= 7
    made = brief(bench, athlete.id, monday + 6)
    told = bench.store.told(athlete.id, since=monday, until=monday + 6)
    became = {(each.code, each.key): each for each in told if each.section in BECAME and each.outcome}
    return Review(opened(bench, made), monday, tuple(became.values()))
