"""What a file says about its zone, and evidence that its clock is not UTC. Nothing is shifted here."""

from __future__ import annotations

import numpy as np

from fitintel.ingest.xml.instants import Times, instant
from fitintel.ingest.xml.numbers import Floats
from fitintel.ingest.xml.safe import Remark

HALF_HOUR, FURTHEST, SLACK = 1800.0, 14 * 3600.0, 5.0
"""s. Two clocks of one device that differ by whole half hours, to within five seconds, show two zones."""


def zones(times: Times) -> list[Remark]:
    """Remarks on times without a zone and times that cannot be read."""
    remarks: list[Remark] = []
    bare = int((~np.isnan(times.seconds) & np.isnan(times.offset)).sum())
    if bare:
        remarks.append(("xml_time_without_zone", f"{bare} times; read as UTC, they may be local"))
    if times.unreadable:
        remarks.append(("xml_time_unreadable", f"{times.unreadable} times"))
    return remarks


def offset(written: Floats) -> float | None:
    """The offset from UTC [s] that the times carry; None where they say UTC or nothing, which tells no local time."""
    told = written[~np.isnan(written)]
    return float(told[0]) if len(told) and told[0] != 0.0 else None


def disagreeing(seconds: Floats, other: str) -> list[Remark]:
    """A remark where a second time of the start, written elsewhere in the file, is whole half hours away.

    >>> disagreeing(np.array([1709208000.0]), "2024-02-29T14:00:01Z")
    [('xml_clock_disagrees', 'the file says 2 h later than its first point: one of the two may be local time')]
    """
    told = instant(other) if other else None
    known = seconds[~np.isnan(seconds)]
    if told is None or not len(known):
        return []
    apart = told[0] - float(known[0])
    halves = round(apart / HALF_HOUR)
    if halves == 0 or abs(apart) > FURTHEST or abs(apart - halves * HALF_HOUR) > SLACK:
        return []
    said = f"the file says {abs(halves) / 2:g} h {'later' if halves > 0 else 'earlier'} than its first point"
    return [("xml_clock_disagrees", f"{said}: one of the two may be local time")]
