"""Recorded workouts in SQL: what is kept of each beside its row, and repairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from fitintel.core.errors import NotFound
from fitintel.core.recorded import KeptLap, KeptLeg, KeptRepair, Recorded
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import touch
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_recordings import laps, legs, pauses, recordings, repairs

PARTS = (recordings, legs, laps, pauses, repairs)
ASKED_AT_ONCE = 500
WRITTEN: dict[str, tuple[str, ...]] = {
    "recordings": ("channels", "device", "figures", "reasons"), "legs": ("device", "figures"), "laps": ("device",),
    "pauses": (), "repairs": ("changed", "effect"),
}  # fmt: skip
"""columns that hold text of values, by table"""


class SqlRecordings:
    """The recordings' part of SqlStore."""

    _database: Database

    def recordings(self, athlete_id: str, workout_ids: Sequence[str] | None = None) -> tuple[Recorded, ...]:
        """What is kept of the athlete's recorded workouts, by workout id; only of these, if they are named."""

        def work(connection: Connection) -> dict[str, list[Mapping[Any, Any]]]:
            return {table.name: _rows(connection, table, athlete_id, workout_ids) for table in PARTS}

        found = self._database.read(work)
        parts = {name: _by_workout(found[name]) for name in ("legs", "laps", "pauses", "repairs")}
        return tuple(_recorded(row, parts) for row in found["recordings"])

    def judge_quality(self, athlete_id: str, judged: Mapping[str, tuple[float, Sequence[Mapping[str, Any]]]]) -> None:
        """Set quality (0-100) and its reasons: workout id -> (quality, reasons); raises NotFound where one is missing.

        Nothing is changed then.
        """

        def work(connection: Connection) -> None:
            touch(connection, athlete_id)
            for workout_id, (quality, reasons) in sorted(judged.items()):
                statement = (
                    update(recordings)
                    .where(recordings.c.athlete_id == athlete_id, recordings.c.workout_id == workout_id)
                    .values(quality=float(quality), reasons=encode.text(list(reasons)))
                )
                if not connection.execute(statement).rowcount:
                    raise NotFound(f"There is no recording of workout {workout_id!r}", next="nothing was changed")

        self._database.write(work)

    def put_repairs(self, athlete_id: str, made: Sequence[KeptRepair]) -> None:
        """Keep what repairs found; one of the same workout and name takes the place of the one before."""

        def work(connection: Connection) -> None:
            touch(connection, athlete_id)
            for one in made:
                connection.execute(
                    delete(repairs).where(
                        repairs.c.athlete_id == athlete_id,
                        repairs.c.workout_id == one.workout_id,
                        repairs.c.repair == one.repair,
                    )
                )
            add_missing_records(connection, repairs, [_repair_row(athlete_id, one) for one in made])

        self._database.write(work)

    def repairs(self, athlete_id: str, workout_ids: Sequence[str] | None = None) -> tuple[KeptRepair, ...]:
        """Repairs of the athlete's workouts, by workout and name."""
        found = self._database.read(lambda connection: _rows(connection, repairs, athlete_id, workout_ids))
        return tuple(map(_repair, found))


def keep_recordings(
    connection: Connection, athlete_id: str, kept: Sequence[Recorded], *, replaced: Sequence[str]
) -> None:
    """Insert what is kept of recordings in an open transaction; one that exists is left unless `replaced` names it."""
    for start in range(0, len(replaced), ASKED_AT_ONCE):
        part = list(replaced[start : start + ASKED_AT_ONCE])
        for table in PARTS:
            gone = delete(table).where(table.c.athlete_id == athlete_id, table.c.workout_id.in_(part))
            # what a person turned off stays off, whatever the source corrects
            connection.execute(gone.where(repairs.c.enabled) if table is repairs else gone)
    rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in PARTS}
    for one in kept:
        who = {"athlete_id": athlete_id, "workout_id": one.workout_id}
        rows["recordings"].append({**who, **_recording_row(one)})
        rows["legs"] += [{**who, "number": number, **_leg_row(leg)} for number, leg in enumerate(one.legs, 1)]
        rows["laps"] += [
            {**who, "number": number, "kind": lap.kind, "start": lap.start, "end": lap.end,
             "device": encode.text(dict(lap.device))}
            for number, lap in enumerate(one.laps, 1)
        ]  # fmt: skip
        rows["pauses"] += [
            {**who, "number": number, "start": start, "end": end} for number, (start, end) in enumerate(one.pauses, 1)
        ]
        rows["repairs"] += [_repair_row(athlete_id, repair) for repair in one.repairs]
    for table in PARTS:
        if rows[table.name]:
            add_missing_records(connection, table, rows[table.name])


def _rows(
    connection: Connection, table: Table, athlete_id: str, workout_ids: Sequence[str] | None
) -> list[Mapping[Any, Any]]:
    statement = select(table).where(table.c.athlete_id == athlete_id).order_by(*table.primary_key.columns)
    if workout_ids is None:
        return _read(table, connection.execute(statement).all())
    found: list[Mapping[Any, Any]] = []
    wanted = sorted(set(workout_ids))
    for start in range(0, len(wanted), ASKED_AT_ONCE):
        part = statement.where(table.c.workout_id.in_(wanted[start : start + ASKED_AT_ONCE]))
        found += _read(table, connection.execute(part).all())
    return found


def _read(table: Table, rows: Sequence[Sequence[Any]]) -> list[Mapping[Any, Any]]:
    """Rows of a table with the values that their texts stand for."""
    if not rows:
        return []
    names = [column.name for column in table.columns]
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    for name in WRITTEN[table.name]:
        columns[name] = tuple(encode.values(columns[name]))
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _by_workout(rows: Sequence[Mapping[Any, Any]]) -> dict[str, list[Mapping[Any, Any]]]:
    found: dict[str, list[Mapping[Any, Any]]] = {}
    for row in rows:
        found.setdefault(row["workout_id"], []).append(row)
    return found


def _recorded(row: Mapping[Any, Any], parts: Mapping[str, Mapping[str, list[Mapping[Any, Any]]]]) -> Recorded:
    which = row["workout_id"]
    fields = {name: row[name] for name in ("workout_id", "import_id", "sha256", "kind", "maker", "name", "samples",
                                           "stream", "rr", "quality")}  # fmt: skip
    return Recorded(
        **fields, channels=tuple(row["channels"]), device=row["device"], figures=row["figures"],
        reasons=tuple(row["reasons"]),
        legs=tuple(
            KeptLeg(leg["sport"], leg["source_sport"], leg["start"], leg["end"], leg["device"], leg["figures"])
            for leg in parts["legs"].get(which, ())
        ),
        laps=tuple(
            KeptLap(lap["kind"], lap["start"], lap["end"], lap["device"])
            for lap in parts["laps"].get(which, ())
        ),
        pauses=tuple((pause["start"], pause["end"]) for pause in parts["pauses"].get(which, ())),
        repairs=tuple(map(_repair, parts["repairs"].get(which, ()))),
    )  # fmt: skip


def _repair(row: Mapping[Any, Any]) -> KeptRepair:
    return KeptRepair(row["workout_id"], row["repair"], row["version"], bool(row["enabled"]),
                      row["changed"], row["effect"])  # fmt: skip


def _recording_row(one: Recorded) -> dict[str, Any]:
    return {
        "import_id": one.import_id, "sha256": one.sha256, "kind": one.kind, "maker": one.maker, "name": one.name,
        "samples": one.samples, "channels": encode.text(list(one.channels)), "stream": one.stream, "rr": one.rr,
        "device": encode.text(dict(one.device)), "figures": encode.text(dict(one.figures)), "quality": one.quality,
        "reasons": encode.text(list(one.reasons)),
    }  # fmt: skip


def _leg_row(leg: KeptLeg) -> dict[str, Any]:
    return {
        "sport": leg.sport, "source_sport": leg.source_sport, "start": leg.start, "end": leg.end,
        "device": encode.text(dict(leg.device)), "figures": encode.text(dict(leg.figures)),
    }  # fmt: skip


def _repair_row(athlete_id: str, one: KeptRepair) -> dict[str, Any]:
    return {
        "athlete_id": athlete_id, "workout_id": one.workout_id, "repair": one.repair, "version": one.version,
        "enabled": one.enabled, "changed": encode.text(dict(one.changed)), "effect": encode.text(dict(one.effect)),
    }  # fmt: skip
