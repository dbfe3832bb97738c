"""The whole way of one file from bytes to checked workouts and problems, without a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.records import Outcome
from fitintel.core.units import UnitSystem
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.ingest import contract, duplicates, identity
from fitintel.ingest.guess import recognise
from fitintel.ingest.normalise import Draft, normalise
from fitintel.ingest.options import Options
from fitintel.ingest.profile import NUMBERS, QUANTITY, Profile
from fitintel.ingest.source import RecordingSource, Source, get, of_header
from fitintel.ingest.sources import manual, typed_wellness
from fitintel.ingest.table import DELIMITERS, Table, header_of, read_table
from fitintel.ingest.text import Decoded, decode
from fitintel.ingest.wellness import source as wellness_source
from fitintel.ingest.wellness.source import WellnessSource
from fitintel.ingest.words import OWNER_WORDS, plainly

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_VALUE = 200
MAX_DETAIL = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said about a row (row 0: the file), before it is known which import it belongs to."""

    row: int
    line: int
    column: str
    rule: str
    value: str
    detail: str
    outcome: Outcome
    workout_id: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """One file, read and checked: rows in `workouts`, `repeated` and `kept_aside` add up to `read`."""

    source: Source | RecordingSource | WellnessSource
    profile: Profile
    read: int
    workouts: Workouts
    """good rows; `import_id` is that of the import, `row` their row in the file"""
    repeated: int
    """rows that repeat another row of the file"""
    kept_aside: int
    """rows in quarantine"""
    findings: tuple[Finding, ...]
    lines: dict[int, int]
    """line of each row named in `workouts`, where it is not the row plus a constant"""
    units: UnitSystem | None = None
    wellness: tuple[Wellness, ...] = ()
    """good values; `row` is the row that held them"""
    rows_warned: frozenset[int] = frozenset()
    """rows of wellness of which something was set aside"""
    blank: int = 0
    """rows that hold nothing, or nothing that is used"""

    def line(self, row: int) -> int:
        """Line in the file where a row begins."""
        return self.lines.get(row, row + self.lines.get(0, 1))


def read(
    data: bytes, *, name: str, athlete_id: str, import_id: str, options: Options | None = None, today: int | None = None
) -> Intake:
    """Read and check a file.

    Raises:
        UnknownFormat, UnreadableFile, AmbiguousFile: the file as a whole cannot be used.
        UnknownName: an option names what does not exist.
    """
    options = options or Options()
    decoded = None if options.source in (manual.SOURCE.name, typed_wellness.SOURCE.name) else decode(data, name)
    health = _wellness(data, decoded, name, options)
    if health is not None:
        # imported here: a reader of wellness gives an Intake, too
        from fitintel.ingest.wellness import reading

        table, kind = health
        return reading.read(table, kind, name=name, athlete_id=athlete_id, import_id=import_id, options=options,
                            today=today)  # fmt: skip
    table, source = _open(data, decoded, name, options)
    profile = source.profile(table, name, options)
    if options.zone is not None:
        profile = replace(profile, zone=options.zone)
    draft = normalise(table, profile, sport=options.sport)
    checked = contract.check(draft, today=today)
    identities = identity.source_ids(draft, source)
    ids = identity.workout_ids(draft, source, identities, athlete_id)
    before = len(draft.breaches)
    repeated = duplicates.within_file(draft, ids, identities, ~checked.quarantined)
    if len(draft.breaches) > before:
        checked = contract.judge(draft)
    good = ~checked.quarantined & ~repeated
    return Intake(
        source=source, profile=profile, read=len(table) + len(table.broken),
        workouts=_workouts(draft, ids, identities, source, import_id, checked.flags, good),
        repeated=int(np.count_nonzero(repeated & ~checked.quarantined)),
        kept_aside=int(np.count_nonzero(checked.quarantined)) + len(table.broken),
        findings=tuple(_file_findings(table, profile, source) + _row_findings(checked, ids, repeated)),
        lines=_lines(table), units=source.units(profile),
    )  # fmt: skip


def _wellness(data: bytes, decoded: Decoded | None, name: str, options: Options) -> tuple[Table, WellnessSource] | None:
    """The table and its source if it is one of wellness; None for workouts, and for what nobody recognises."""
    if options.source == typed_wellness.SOURCE.name:
        return typed_wellness.read(data, name), typed_wellness.SOURCE
    if decoded is None or options.profile is not None:
        return None
    if options.source not in (None, *wellness_source.ORDER, wellness_source.LAST):
        return None
    asked = wellness_source.get(options.source) if options.source else None
    headers = [header_of(decoded.lines, delimiter)[:2] for delimiter in (None, *DELIMITERS)]
    for header, mark in headers:
        found = asked or wellness_source.of_header(header)
        if found is not None:
            return read_table(decoded, name=name, delimiter=mark), found
    if any(of_header(header) for header, _ in headers):
        return None
    last = wellness_source.get(wellness_source.LAST)
    for header, mark in headers:
        if last.recognises(header):
            return read_table(decoded, name=name, delimiter=mark), last
    return None


def _open(data: bytes, decoded: Decoded | None, name: str, options: Options) -> tuple[Table, Source]:
    if decoded is None:
        return manual.read(data, name), manual.SOURCE
    if options.profile is not None:
        named = {use.header for use in options.profile.columns}
        table = read_table(decoded, name=name, delimiter=options.profile.delimiter, wanted=named)
        return table, get(options.source or "table_csv")
    for delimiter in (None, *DELIMITERS):
        header, mark, _ = header_of(decoded.lines, delimiter)
        found = of_header(header)
        if found is not None:
            source = get(options.source) if options.source else found
            if source.table is not None:
                return source.table(decoded, name), source
            names = tuple(source.names(header))
            wanted = source.wanted(names)
            return read_table(decoded, name=name, delimiter=mark, wanted=wanted, names=source.names), source
    return read_table(decoded, name=name), get(options.source or "table_csv")


def _workouts(
    draft: Draft, ids: NDArray[Any], identities: list[str], source: Source, import_id: str, flags: NDArray[Any],
    good: NDArray[np.bool_],
) -> Workouts:  # fmt: skip
    def text(value: object) -> NDArray[Any]:
        column = np.empty(len(draft), dtype=object)
        column[:] = value
        return column

    columns = {name: draft.columns[name] for name in ("day", "start", "utc_offset", "sport", "source_sport", "notes")}
    columns |= {name: draft.columns[name] for name in NUMBERS}
    columns |= {
        "id": ids, "source": text(source.name), "source_id": text([given or None for given in identities]),
        "flags": flags, "import_id": text(import_id), "row": _numbered(draft.table.rows),
    }  # fmt: skip
    every = Workouts({name: columns[name] for name in COLUMNS})
    return every if good.all() else every.take(good)


def _numbered(rows: Sequence[int]) -> NDArray[np.float64]:
    if isinstance(rows, range):
        return np.arange(rows.start, rows.stop, dtype=np.float64)
    return np.array(rows, dtype=np.float64)


def _file_findings(table: Table, profile: Profile, source: Source) -> list[Finding]:
    found = [_of_file(rule, value, detail) for rule, value, detail in source.remarks(table)]
    decoded: Decoded = table.decoded
    if not table.rows and not table.broken:
        found.append(_of_file("no_rows", "", f"{len(table.header)} columns, 0 rows", Outcome.WARNED))
    if decoded.guessed:
        found.append(_of_file("encoding_guessed", decoded.encoding, decoded.guessed))
    if table.rows and profile.decimal == "," and source.name == "table_csv":
        signs = f"{table.delimiter!r} between cells, ',' before decimals"
        found.append(_of_file("dialect_detected", table.delimiter, signs))
    if profile.clock == "utc" and not profile.zone and table.rows:
        found.append(_of_file("zone_unknown", "UTC", f"{len(table.rows):,} rows"))
    guessed = recognise(profile.ignored) if source.name == "table_csv" else {}
    for unused in guessed.values():
        if unused.ours in QUANTITY and not unused.unit and profile.use(unused.ours) is None:
            header = unused.header
            found.append(_of_file("unit_unknown", header, f"{header[:60]!r} was left out", column=header))
    for header in profile.ignored:
        if plainly(header) in OWNER_WORDS:
            found.append(
                _of_file("column_ignored", header, f"the column {header[:60]!r} is not followed", column=header)
            )
    return found


def _of_file(rule: str, value: str, detail: str, outcome: Outcome = Outcome.IMPORTED, *, column: str = "") -> Finding:
    return Finding(0, 1, shown(column), rule, shown(value), detail[:MAX_DETAIL], outcome)


def _row_findings(checked: contract.Checked, ids: NDArray[Any], repeated: NDArray[np.bool_]) -> list[Finding]:
    table = checked.draft.table
    found = [
        Finding(b.row, b.line, shown(b.column), b.rule, shown(b.value), b.detail, Outcome.QUARANTINED)
        for b in table.broken
    ]
    for breach in checked.draft.breaches:
        place = breach.place
        aside = bool(checked.quarantined[place])
        outcome = Outcome.QUARANTINED if aside else Outcome.DUPLICATE if repeated[place] else Outcome.IMPORTED
        if outcome is Outcome.DUPLICATE and breach.rule != "identical_row":
            continue  # its twin says the same
        if outcome is Outcome.IMPORTED and checked.warned[place] and breach.rule != "sport_unknown":
            outcome = Outcome.WARNED
        found.append(Finding(table.rows[place], table.lines[place], shown(breach.column), breach.rule,
                             shown(breach.value), breach.detail[:MAX_DETAIL], outcome,
                             None if aside else str(ids[place])))  # fmt: skip
    return sorted(found, key=lambda finding: (finding.row, finding.column, finding.rule))


def _lines(table: Table) -> dict[int, int]:
    if not table.rows:
        return {0: 1}
    shift = table.lines[0] - table.rows[0]
    if isinstance(table.rows, range) and isinstance(table.lines, range):
        return {0: shift}
    odd = {r: line for r, line in zip(table.rows, table.lines, strict=True) if line - r != shift}
    return {0: shift, **odd}


def shown(text: str) -> str:
    """A cell as it may be kept and printed: at most 200 characters, what is no text escaped.

    >>> shown("a\\x00b\\udcff")
    'a\\\\x00b\\\\xff'
    """
    cut = text if len(text) <= MAX_VALUE else text[: MAX_VALUE - 1] + "…"
    if cut.isprintable() and cut.isascii():
        return cut
    return "".join(
        f"\\x{ord(c) - 0xDC00:02x}" if "\udc80" <= c <= "\udcff"
        else f"\\x{ord(c):02x}" if c < " " and c not in "\t\n"
        else f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
        else c
        for c in cut
    )[:MAX_VALUE]  # fmt: skip
