"""Removing workouts for good, with everything that hangs on them: for an athlete who takes data back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, or_, select

from fitintel.storage.sql_told import forget_told
from fitintel.storage.tables import workouts
from fitintel.storage.tables_labels import labels
from fitintel.storage.tables_recordings import laps, legs, links, pauses, recordings, repairs

AT_ONCE = 500
"""ids in one statement"""


def remove_workouts(connection: Connection, athlete_id: str, ids: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """(number of workouts removed, digests of files of samples that nothing names any more)."""
    removed, samples = 0, set()
    for start in range(0, len(ids), AT_ONCE):
        part = list(ids[start : start + AT_ONCE])
        mine = recordings.c.athlete_id == athlete_id, recordings.c.workout_id.in_(part)
        for row in connection.execute(select(recordings.c.stream, recordings.c.rr).where(*mine)):
            samples |= {digest for digest in row if digest is not None}
        for table in (recordings, legs, laps, pauses, repairs, labels):
            connection.execute(delete(table).where(table.c.athlete_id == athlete_id, table.c.workout_id.in_(part)))
        either = or_(links.c.workout_id.in_(part), links.c.other_id.in_(part))
        connection.execute(delete(links).where(links.c.athlete_id == athlete_id, either))
        forget_told(connection, athlete_id, part)
        gone = delete(workouts).where(workouts.c.athlete_id == athlete_id, workouts.c.id.in_(part))
        removed += connection.execute(gone).rowcount
    return removed, tuple(sorted(samples - _named(connection, samples)))


def _named(connection: Connection, samples: set[str]) -> set[str]:
    found: set[str] = set()
    digests = sorted(samples)
    for start in range(0, len(digests), AT_ONCE):
        part = digests[start : start + AT_ONCE]
        for column in (recordings.c.stream, recordings.c.rr):
            found |= set(connection.execute(select(column).where(column.in_(part))).scalars())
    return found
