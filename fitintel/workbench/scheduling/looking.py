"""look(): whose morning has come? Their briefs are made. It may be called at any time, by several processes at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.core.errors import FitintelError, UsageError
from fitintel.core.mornings import MOST, Morning, Turn, due
from fitintel.core.nights import NightReport
from fitintel.core.preferences import Preferences

if TYPE_CHECKING:
    from fitintel.workbench.door.schedules import ScheduleDoor
    from fitintel.workbench.nightly.athlete import Render

BATCH = 500
"""athletes taken at once: what a stop waits for, and what a crash leaves to be taken again"""
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the schedule makes briefs."""

    render: Render
    notebooks: str = "none"
    workers: int | None = None
    out: Path | None = None
    catch_up: int = 1
    """newest mornings of each athlete that are made up after a downtime; 1: only the newest"""
    track: bool = True
    """tell MLflow, once a look"""
    at_once: int = BATCH
    """athletes taken together"""

    def __post_init__(self) -> None:
        if not 1 <= self.catch_up <= MOST:
            raise UsageError(f"{self.catch_up} mornings cannot be caught up", next=f"say a number from 1 to {MOST}")
        if not 1 <= self.at_once <= BATCH:
            raise UsageError(f"{self.at_once} athletes cannot be taken at once", next=f"say 1 to {BATCH}")


@dataclass(frozen=True, slots=True)
class Batch:
    """Briefs of one day that the schedule has made, or why none could be."""

    day: int
    athletes: tuple[str, ...]
    report: NightReport | None
    error: FitintelError | None = None

    @property
    def exit_code(self) -> int:
        """0, or 3 where somebody's brief or a delivery failed."""
        return 3 if self.report is None else self.report.exit_code


def now_utc() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


def look(
    bench: ScheduleDoor, wishes: Wishes, *, clock: Clock = now_utc, stopping: Callable[[], bool] = lambda: False
) -> list[Batch]:
    """Make the briefs of all mornings that have come, oldest first, in batches of a day.

    A batch that is begun is finished; `stopping` is asked before each. What fails as a whole is settled as failed and
    tried again by a later look.
    """
    made: list[Batch] = []
    while not stopping():
        now = clock()
        taken = _take(bench, wishes, now)
        if not taken:
            break
        made.append(_make(bench, wishes, taken, clock))
    if wishes.track and any(batch.report is not None for batch in made):
        bench.track(night=True)
    return made


def waiting(bench: ScheduleDoor, now: datetime, catch_up: int = 1) -> list[tuple[int, str]]:
    """(day, athlete id) of all mornings that have come and are nobody's yet, oldest first."""
    turns, chosen = bench.vault.turns(), bench.vault.all_preferences()
    found = []
    for one in bench.vault.athletes():
        reads = chosen.get(one.id) or Preferences(one.id)
        found += [(day, one.id) for day in due(reads, turns.get(one.id), now, catch_up)]
    return sorted(found)


def due_now(bench: ScheduleDoor) -> int:
    """How many mornings have come and are nobody's yet."""
    return len(waiting(bench, now_utc()))


def _take(bench: ScheduleDoor, wishes: Wishes, now: datetime) -> tuple[Turn, ...]:
    # of one day only: taking a later morning of somebody gives the earlier one up
    found = waiting(bench, now, wishes.catch_up)
    first = [(athlete_id, day) for day, athlete_id in found if day == found[0][0]]
    return bench.vault.take_turns(first[: wishes.at_once], f"look-{secrets.token_hex(12)}", now)


def _make(bench: ScheduleDoor, wishes: Wishes, taken: Sequence[Turn], clock: Clock) -> Batch:
    day, athletes = taken[0].day, tuple(turn.athlete_id for turn in taken)
    try:
        report = bench.nightly(wishes.render, day=day, athletes=athletes, notebooks=wishes.notebooks,
                               workers=wishes.workers, out=wishes.out, track=False)  # fmt: skip
    except FitintelError as error:
        bench.vault.settle_turns(taken, Morning.FAILED, clock())
        return Batch(day, athletes, None, error)
    failed = {one.athlete_id for one in report.failed}
    for state in (Morning.MADE, Morning.FAILED):
        ended = [turn for turn in taken if (turn.athlete_id in failed) is (state is Morning.FAILED)]
        bench.vault.settle_turns(ended, state, clock())
    return Batch(day, athletes, report)
