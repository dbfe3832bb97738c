"""read_health(): an export.xml from a stream to recordings and values of days.

Memory holds 8 bytes a heart rate sample and a record a workout, whatever the size of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from fitintel.core.recording import Recording
from fitintel.core.wellness import Measured, breach
from fitintel.ingest.apple.daily import values
from fitintel.ingest.apple.gathered import Gathered
from fitintel.ingest.apple.stream import Events
from fitintel.ingest.apple.workouts import Routes, filled, recording

if TYPE_CHECKING:
    from fitintel.ingest.apple.workouts import Heart

SHOWN = 6
Remarks = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Health:
    """What an export holds. `remarks` are (rule, detail) of the file as a whole."""

    recordings: tuple[Recording, ...]
    values: tuple[Measured, ...]
    remarks: tuple[tuple[str, str], ...]
    damage: tuple[str, ...] = ()


def read_health(file: BinaryIO, routes: Routes = lambda path: None, *, salvage: bool = False) -> Health:
    """Read an export.xml.

    Raises:
        UnreadableFile: it is no export, unsafe, over a limit, not well-formed, or ends early (unless `salvage`).
    """
    found, remarks, damage = gathered(file, salvage=salvage)
    heart = heart_of(found)
    made = [one if one is None else filled(one) for one in
            (recording(workout, found, heart, routes) for workout in found.workouts)]  # fmt: skip
    health = measured(found, remarks, sum(one is None for one in made))
    return Health(tuple(one for one in made if one is not None), health.values, health.remarks, damage)


def gathered(file: BinaryIO, *, salvage: bool) -> tuple[Gathered, Remarks, tuple[str, ...]]:
    """One pass over an export: what is used of it, what was odd, and the rules that tell of damage."""
    found = Gathered()
    events = Events(found.start, found.end)
    events.read(file, salvage=salvage)
    remarks = [*events.remarks, *found.said]
    if events.truncated:
        return found, [*remarks, ("xml_truncated", events.truncated)], ("xml_truncated",)
    return found, remarks, ()


def heart_of(found: Gathered) -> Heart:
    """Every heart rate sample by time, packed as `Gathered` keeps them; sorted in place."""
    packed = np.frombuffer(found.heart, np.uint64)
    packed.sort()
    return packed


def measured(found: Gathered, remarks: Remarks, undated: int) -> Health:
    """The values of days that can be of a person, and all that is to be said of the export."""
    every = values(found)
    good = tuple(each for each in every if breach(each.metric, each.value) is None)
    wrong = [each for each in every if breach(each.metric, each.value) is not None]
    said = list(remarks)
    if undated:
        said.append(("date_unreadable", f"{undated:,} workouts without a start"))
    said += [(rule, f"{count:,} records") for rule, count in sorted(found.bad.items())]
    if wrong:
        shown = ", ".join(f"{each.metric} {each.value:g}" for each in wrong[:SHOWN])
        said.append(("wellness_impossible", f"{len(wrong):,} values: {shown}"))
    if found.unused:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in found.unused.most_common(SHOWN))
        said.append(("kind_not_read", f"{found.unused.total():,} records of {len(found.unused)} kinds: {kinds}"))
    return Health((), good, tuple(said))
