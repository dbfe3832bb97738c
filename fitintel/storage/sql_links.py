"""Merge decisions in SQL, and what they do to a history: twins are left out, their better figures taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, or_, select

from fitintel.core.recorded import Link, LinkState
from fitintel.core.workouts import COLUMNS, as_column
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import touch
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables import workouts
from fitintel.storage.tables_recordings import links

AT_ONCE = 500
SAID_OF_TWINS = "possible_duplicate"
"""a flag that a merge has answered"""


class SqlLinks:
    """The merge decisions' part of SqlStore."""

    _database: Database

    def put_links(self, athlete_id: str, made: Sequence[Link], *, removed: Sequence[tuple[str, str]] = ()) -> None:
        """Keep merge decisions; one about the same two workouts takes the place of the one before.

        Those about the pairs `removed`, in either order, are forgotten, in the same transaction.
        """
        gone = [*removed, *((one.workout_id, one.other_id) for one in made)]

        def work(connection: Connection) -> None:
            touch(connection, athlete_id)
            for first, second in gone:
                connection.execute(delete(links).where(links.c.athlete_id == athlete_id, _about(first, second)))
            add_missing_records(connection, links, [_row(athlete_id, one) for one in made])

        if gone:
            self._database.write(work)

    def links(self, athlete_id: str) -> tuple[Link, ...]:
        """Every merge decision about the athlete's workouts, by the leading workout, then the other."""
        statement = select(links).where(links.c.athlete_id == athlete_id).order_by(*links.primary_key.columns)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(
            Link(
                row["workout_id"], row["other_id"], LinkState(row["state"]), row["score"],
                encode.value(row["reasons"]), row["decided_by"], encode.moment(row["at"]),
            )
            for row in found
        )  # fmt: skip


def merges(connection: Connection, athlete_id: str) -> dict[str, dict[str, str]]:
    """Leading workouts that hide others: id -> column -> id of the workout that it is taken from."""
    asked = select(links.c.workout_id, links.c.other_id, links.c.reasons).where(_merged(athlete_id))
    found: dict[str, dict[str, str]] = {}
    for leader, other, reasons in connection.execute(asked.order_by(links.c.workout_id, links.c.other_id)):
        taken = found.setdefault(leader, {})
        taken.update({name: other for name in encode.value(reasons).get("columns", ()) if name in COLUMNS})
    return found


def without_twins(statement: Select[Any], athlete_id: str) -> Select[Any]:
    """The statement over workouts, without those that a merge hides behind a workout that is there."""
    leader = workouts.alias("leader")
    there = and_(leader.c.athlete_id == links.c.athlete_id, leader.c.id == links.c.workout_id)
    hidden = select(links.c.other_id).join(leader, there).where(_merged(athlete_id))
    return statement.where(workouts.c.id.not_in(hidden))


def take_over(
    connection: Connection, athlete_id: str, made: dict[str, Any], found: Mapping[str, Mapping[str, str]]
) -> None:
    """Put the figures that merged workouts take from others into the columns `made`, which hold `id`."""
    place = {name: at for at, name in enumerate(made["id"].tolist()) if name in found}
    wanted = {
        (place[leader], name): other
        for leader, taken in found.items() if leader in place for name, other in taken.items() if name in made
    }  # fmt: skip
    names = sorted({name for _, name in wanted})
    values = _values(connection, athlete_id, sorted(set(wanted.values())), names)
    for (at, name), other in wanted.items():
        if other in values:
            made[name][at] = as_column(name, [values[other][name]])[0]
    if "flags" in made:
        for at in place.values():
            kept = (made["flags"][at] or "").split()
            made["flags"][at] = " ".join(flag for flag in kept if flag != SAID_OF_TWINS)


def _values(
    connection: Connection, athlete_id: str, ids: Sequence[str], names: Sequence[str]
) -> dict[str, Mapping[Any, Any]]:
    found: dict[str, Mapping[Any, Any]] = {}
    for start in range(0, len(ids), AT_ONCE):
        asked = select(workouts.c.id, *(workouts.c[name] for name in names)).where(
            workouts.c.athlete_id == athlete_id, workouts.c.id.in_(ids[start : start + AT_ONCE])
        )
        found.update({row["id"]: row for row in connection.execute(asked).mappings()})
    return found


def _merged(athlete_id: str) -> ColumnElement[bool]:
    return and_(links.c.athlete_id == athlete_id, links.c.state == LinkState.MERGED.value)


def _about(first: str, second: str) -> ColumnElement[bool]:
    one, other = links.c.workout_id, links.c.other_id
    return or_(and_(one == first, other == second), and_(one == second, other == first))


def _row(athlete_id: str, one: Link) -> dict[str, Any]:
    return {
        "athlete_id": athlete_id, "workout_id": one.workout_id, "other_id": one.other_id,
        "state": LinkState(one.state).value, "score": float(one.score), "reasons": encode.text(dict(one.reasons)),
        "decided_by": one.decided_by, "at": encode.micros(one.at),
    }  # fmt: skip
