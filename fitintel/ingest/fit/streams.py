"""Channels of the record messages: profile fields, compressed speed and distance, developer fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fitintel.ingest.fit import protocol
from fitintel.ingest.fit.clock import Remark, counted_on
from fitintel.ingest.fit.decode import Floats, Table
from fitintel.ingest.fit.protocol import Field

MAX_DEVELOPER_FIELDS = 64


class Described(NamedTuple):
    """A developer field as its field_description message tells it."""

    application: int
    number: int
    base: int
    name: str
    units: str
    scale: float
    offset: float
    native: int | None
    """the record field that it stands for"""


def described(table: Table | None) -> tuple[list[Described], list[Remark]]:
    """The developer fields that a file describes, each once; two descriptions that differ are believed neither."""
    if table is None:
        return [], []
    index, number, base, scale, offset, message, native = (
        _whole(table.column(field), table.count) for field in (0, 1, 2, 6, 7, 14, 15)
    )
    names, units = table.texts(3), table.texts(8)
    found: dict[tuple[int, int], Described] = {}
    remarks, twice = [], set()
    for row in range(min(table.count, 1024)):
        where, which, kind = index[row], number[row], base[row]
        if where is None or which is None:
            continue
        stands_for = native[row] if message[row] in (None, protocol.RECORD) else None
        one = Described(
            where, which, protocol.BYTE if kind is None else kind, names[row], units[row],
            float(scale[row] or 1), float(offset[row] or 0), stands_for,
        )  # fmt: skip
        if found.setdefault((where, which), one) != one:
            twice.add((where, which))
    for key in sorted(twice):
        said = f"developer field {key[1]} of application {key[0]} is described twice, differently"
        remarks.append(("fit_developer_field_undefined", said))
        del found[key]
    return list(found.values()), remarks


def channels(records: Table, developer: Sequence[Described]) -> tuple[dict[str, Floats], list[Remark]]:
    """Channel -> values of the records in file order, NaN for missing, shape (n,); no channel without a value.

    `cadence` is what the device counts: revolutions, strokes or strides (one foot) per minute.
    """
    made: dict[str, Floats] = {}
    remarks: list[Remark] = []
    for name, fields in protocol.CHANNELS.items():
        values = records.best(fields)
        if values is not None and not np.isnan(values).all():
            made[name] = values
    fraction = records.column(protocol.CADENCE_FRACTION) if "cadence" in made else None
    if fraction is not None:
        made["cadence"] = made["cadence"] + np.nan_to_num(fraction)
    if records.has(protocol.COMPRESSED_SPEED_DISTANCE):
        for name, values in _compressed(records).items():
            if not np.isnan(values).all():
                made[name] = np.where(np.isnan(made[name]), values, made[name]) if name in made else values
    remarks += _add_developer(made, records, developer)
    return made, remarks


def _compressed(records: Table) -> dict[str, Floats]:
    """12 bits of speed at 1/100 m/s, then 12 bits of distance at 1/16 m that count on modulo 4096."""
    speed, distance = np.full(records.count, np.nan), np.full(records.count, np.nan)
    for rows, raw in records.bytes(protocol.COMPRESSED_SPEED_DISTANCE):
        if raw.shape[1] != 3:
            continue
        wide = raw.astype(np.int64)
        valid = ~(raw == 0xFF).all(axis=1)
        speed[rows] = np.where(valid, (wide[:, 0] | (wide[:, 1] & 15) << 8) / 100.0, np.nan)
        distance[rows] = np.where(valid, wide[:, 1] >> 4 | wide[:, 2] << 4, np.nan)
    told = ~np.isnan(distance)
    if told.any():
        distance[told] = counted_on(distance[told], np.ones(int(told.sum()), bool), 4096) / 16.0
    return {"speed": speed, "distance": distance}


def _add_developer(made: dict[str, Floats], records: Table, developer: Sequence[Described]) -> list[Remark]:
    remarks: list[Remark] = []
    natives = {field.number: (name, field) for name, fields in protocol.CHANNELS.items() for field in fields}
    known = {(one.application, one.number) for one in developer}
    held = {key for each in records.blocks for key in each.layout.developer}
    if held - known:
        said = ", ".join(f"{number} of application {index}" for index, number in sorted(held - known)[:5])
        remarks.append(("fit_developer_field_undefined", f"developer field {said}"))
    used = [one for one in developer if (one.application, one.number) in held]
    if len(used) > MAX_DEVELOPER_FIELDS:
        remarks.append(("fit_too_many_messages", f"{len(used)} developer fields; {MAX_DEVELOPER_FIELDS} are kept"))
    for one in used[:MAX_DEVELOPER_FIELDS]:
        values = records.developer(one.application, one.number, one.base)
        if values is None or np.isnan(values).all():
            continue
        values = values / one.scale - one.offset
        name, key = one.name or f"{one.application}.{one.number}", ""
        for key in (f"dev:{name}", f"dev:{name} {one.application}.{one.number}"):
            if key not in made:
                break
        made[key] = values
        channel, _ = natives.get(-1 if one.native is None else one.native, ("", Field(0)))
        if channel and channel not in made and channel not in ("lat", "lon"):
            made[channel] = values
            remarks.append(("fit_developer_channel", f"{channel} is the developer field {name!r}"))
    return remarks


def _whole(values: Floats | None, count: int) -> list[int | None]:
    if values is None:
        return [None] * count
    return [None if value != value else int(value) for value in values.tolist()]
