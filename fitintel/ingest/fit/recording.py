"""One FIT activity (the parts of a chain that share a file_id) as recordings.

Sessions of one activity are legs of one recording where they follow each other: the device says so (a multi-sport
session) or at most `LEG_GAP` lies between them. Otherwise each is a recording of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fitintel.core.recording import Leg, Recording
from fitintel.ingest.fit import heart, protocol, streams, summary
from fitintel.ingest.fit.clock import Remark, Stamps, Straight, straightened, utc_offset
from fitintel.ingest.fit.decode import Floats, Table
from fitintel.ingest.fit.protocol import EPOCH
from fitintel.ingest.fit.summary import Session

LEG_GAP = 3600.0
"""s between two sessions of one file that still belong to one workout."""


@dataclass(frozen=True, slots=True)
class Source:
    """The messages of one FIT file: those of its first part, and those of each part that continues it."""

    tables: dict[int, Table]
    stamps: Stamps
    more: tuple[tuple[dict[int, Table], Stamps], ...]
    maker: str
    source_id: str
    remarks: tuple[Remark, ...]


def recordings(source: Source) -> list[Recording]:
    """The recordings of one activity file, in the order of their starts; none where it holds nothing of a workout."""
    tables, stamps = source.tables, source.stamps
    found = summary.sessions(tables.get(protocol.SESSION), stamps)
    placed = [one for one in found if not math.isnan(one.start)]
    remarks = list(source.remarks)
    if not placed:
        remarks.append(("fit_no_session", "the totals are the samples' own" if not found else "no session has a time"))
    records = tables.get(protocol.RECORD)
    straight = straightened(stamps.of(records), placed[0].start if placed else None)
    remarks += straight.remarks
    stream: dict[str, Floats] = {}
    if records is not None and len(straight.time):
        developer, said = streams.described(tables.get(protocol.FIELD_DESCRIPTION))
        made, more = streams.channels(records, developer)
        remarks += said + more
        stream, twice = _placed(made, straight)
        remarks += twice
    elif placed:
        remarks.append(("fit_no_records", "the totals are all there is"))
    if not placed and not len(straight.time):
        return []
    remarks += [("fit_unknown_code", one.unknown) for one in placed if one.unknown]
    overlaps = sum(one.end > after.start + 1.0 for one, after in pairwise(placed))
    if overlaps:
        remarks.append(("fit_sessions_overlap", f"{overlaps} sessions end after the next one starts"))
    ends = [one.end for one in placed] + straight.time[-1:].tolist()
    starts = [one.start for one in placed] + straight.time[:1].tolist()
    rr, said = _hearts(source, straight.time, stream, (min(starts), max(ends)))
    remarks += said
    offset, odd = _offset(tables.get(protocol.ACTIVITY), stamps)
    remarks += [odd] if odd else []
    groups = _grouped(placed, _is_multi_sport(tables.get(protocol.ACTIVITY))) or [[]]
    bounds = _bounds(groups, straight.time)
    laps, lengths = summary.laps(tables.get(protocol.LAP), stamps), summary.lengths(tables.get(protocol.LENGTH), stamps)
    if protocol.LAP in tables and len(laps) < min(tables[protocol.LAP].count, summary.MAX_ROWS):
        lost = tables[protocol.LAP].count - len(laps)
        remarks.append(("fit_lap_without_time", f"{lost} laps have neither a start nor a length, and are left out"))
    pauses = summary.pauses(tables.get(protocol.EVENT), stamps)
    sport_name = tables[protocol.SPORT].texts(3)[0] if protocol.SPORT in tables else ""
    out: list[Recording] = []
    for legs, (low, high) in zip(groups, bounds, strict=True):
        first, stop = np.searchsorted(straight.time, [low, high])
        time = straight.time[first:stop]
        own = {name: values[first:stop] for name, values in stream.items()}
        start = legs[0].start if legs else float(time[0])
        sport, word = _sport(legs, tables.get(protocol.SPORT))
        out.append(
            Recording(
                sport=sport,
                source_sport=word,
                start=start,
                utc_offset=offset,
                device=summary.combined(legs) if legs else {},
                time=time,
                stream={name: values for name, values in own.items() if not np.isnan(values).all()},
                legs=_legs(legs),
                laps=tuple(lap for lap in laps if low <= lap["start"] < high),
                lengths=tuple(one for one in lengths if low <= one["start"] < high),
                pauses=tuple(pause for pause in pauses if low <= pause[0] < high),
                rr=rr if len(groups) == 1 else None,
                source_id=source.source_id if len(groups) == 1 else f"{source.source_id}#{len(out) + 1}",
                maker=source.maker,
                name=(legs[0].name if len(legs) == 1 else "") or sport_name,
                remarks=tuple(remarks),
            )
        )
    return out


def _placed(made: dict[str, Floats], straight: Straight) -> tuple[dict[str, Floats], list[Remark]]:
    """Channels on the time axis; of several records with one time the last value that was measured counts."""
    rows, place, count = straight.rows, straight.place, len(straight.time)
    if len(rows) == count:
        whole = all(len(values) == count for values in made.values()) and bool((np.diff(rows) > 0).all())
        return (made if whole else {name: values[rows] for name, values in made.items()}), []
    out: dict[str, Floats] = {}
    replaced = np.zeros(count, bool)
    for name, values in made.items():
        ordered = values[rows]
        told = ~np.isnan(ordered)
        out[name] = np.full(count, np.nan)
        out[name][place[told]] = ordered[told]
        replaced |= np.bincount(place[told], minlength=count) > 1
    if not replaced.any():  # devices that write position and distance as two records
        return out, []
    said = f"{len(rows) - count} records share a time with the one before; at {int(replaced.sum())} times values of "
    return out, [("fit_same_time", said + "one channel came twice and the last counts")]


def _hearts(
    source: Source, time: Floats, stream: dict[str, Floats], within: tuple[float, float]
) -> tuple[Floats | None, list[Remark]]:
    rr = heart.intervals(source.tables.get(protocol.HRV))
    each = [(source.tables, source.stamps), *source.more]
    found = heart.beats([(tables[protocol.HR], stamps) for tables, stamps in each if protocol.HR in tables])
    if found is None:
        return rr, []
    remarks = []
    if len(time):
        rate = heart.rate_at(found, time)
        own = stream.get("hr")
        filled = int((~np.isnan(rate) & (True if own is None else np.isnan(own))).sum())
        if filled:
            stream["hr"] = rate if own is None else np.where(np.isnan(own), rate, own)
            remarks.append(("fit_hr_buffered", f"{filled} of {len(time)} heart rates are from the strap's own store"))
    return (heart.rr_of(found, *within) if rr is None else rr), remarks


def _offset(activity: Table | None, stamps: Stamps) -> tuple[float | None, Remark | None]:
    local = activity.column(5) if activity is not None else None
    if activity is None or local is None:
        return None, None
    return utc_offset(float(stamps.of(activity)[0]), float(local[0]) + EPOCH)


def _legs(found: Sequence[Session]) -> tuple[Leg, ...]:
    """Legs, each ending at the latest where the next one starts, so that a sample belongs to one leg."""
    nexts = [*(one.start for one in found[1:]), math.inf][: len(found)]
    return tuple(
        Leg(one.sport, one.source_sport, one.start, min(one.end, after), one.device)
        for one, after in zip(found, nexts, strict=True)
    )


def _is_multi_sport(activity: Table | None) -> bool:
    kind = activity.column(2) if activity is not None else None
    return kind is not None and bool((kind == protocol.AUTO_MULTI_SPORT_ACTIVITY).any())


def _grouped(found: Sequence[Session], multi_sport: bool) -> list[list[Session]]:
    groups: list[list[Session]] = []
    for one in found:
        near = groups and one.start - max(leg.end for leg in groups[-1]) <= LEG_GAP
        if groups and (multi_sport or one.linked or near):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _bounds(groups: Sequence[Sequence[Session]], time: Floats) -> list[tuple[float, float]]:
    """From when to when a sample, lap or pause belongs to each recording; nothing falls between two of them."""
    starts = [-math.inf, *(legs[0].start for legs in groups[1:])]
    return list(zip(starts, [*starts[1:], math.inf], strict=True))


def _sport(legs: Sequence[Session], sport: Table | None) -> tuple[str, str]:
    if not legs:
        codes = [sport.column(number) if sport is not None else None for number in (0, 1)]
        first = [math.nan if code is None else float(code[0]) for code in codes]
        ours, word, _ = summary.sport_of_codes(first[0], first[1])
        return ours, word
    counted = [leg for leg in legs if leg.source_sport != "transition"] or list(legs)
    if len({leg.sport for leg in counted}) == 1:
        return counted[0].sport, counted[0].source_sport
    return "multisport", "multisport"
