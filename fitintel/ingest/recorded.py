"""A recorded file from bytes to checked workouts, figures and what is to be kept beside them; without a store.

Recordings go through the same rules as rows of a table: each is a row, the first is 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core import rules
from fitintel.core.recorded import Recorded
from fitintel.core.recording import Recording
from fitintel.core.records import Outcome
from fitintel.core.rules import Severity
from fitintel.core.wellness import Measured, Wellness
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.ingest import contract, duplicates
from fitintel.ingest.figured import Figured, as_kept, figured
from fitintel.ingest.figures import total_distance
from fitintel.ingest.format import RECORDED, Format, contradiction, format_of
from fitintel.ingest.identity import SEPARATOR
from fitintel.ingest.intake import MAX_DETAIL, Finding, Intake, shown
from fitintel.ingest.local_time import local
from fitintel.ingest.normalise import Breach, Draft
from fitintel.ingest.options import Options
from fitintel.ingest.profile import NUMBERS, Profile, Use
from fitintel.ingest.source import Parsed, RecordingSource, recorder
from fitintel.ingest.table import Table
from fitintel.ingest.text import Decoded
from fitintel.ingest.wellness.reading import identity as value_id

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHOWN: dict[str, str] = {
    "date": "", "duration": "s", "distance": "m", "speed_max": "m/s", "elevation_gain": "m", "hr_mean": "bpm",
    "hr_max": "bpm", "cadence": "spm", "steps": "", "energy": "J",
}  # fmt: skip
"""figures of a recording that a rule may name -> unit"""
ID_SIZE = 191


@dataclass(frozen=True, slots=True)
class Samples:
    """Columns to be kept in the file store: `time` and channels, and R-R intervals."""

    columns: Mapping[str, NDArray[np.float64]]
    rr: NDArray[np.float64] | None
    repaired: Mapping[str, NDArray[np.float64]]
    """channels with the repairs made that nobody turned off: for figures, never kept"""


@dataclass(frozen=True, slots=True)
class Taken:
    """A recorded file, read and checked. `recordings` and `samples` belong to each other, one of each per workout."""

    intake: Intake
    recordings: tuple[Recorded, ...]
    """without the digests of their samples"""
    samples: tuple[Samples, ...]


def is_recorded(data: bytes, options: Options) -> bool:
    """Whether a recorder reads these bytes: by what a person said, else by their content."""
    if options.source is not None:
        return options.source in RECORDED
    return format_of(data) in RECORDED


def read(
    data: bytes, *, name: str, athlete_id: str, import_id: str, sha256: str = "", options: Options | None = None,
    today: int | None = None, off: Mapping[str, Collection[str]] | None = None,
) -> Taken:  # fmt: skip
    """Read, repair and check a recorded file. `off`: workout id -> repairs that a person turned off.

    Raises:
        UnknownFormat, UnreadableFile: the file as a whole cannot be used.
        UnknownName: an option names what does not exist.
    """
    options = options or Options()
    found = format_of(data)
    source = recorder(options.source if options.source in RECORDED else found.value)
    parsed = source.read(data, salvage=bool(options.salvage))
    each = parsed.recordings
    identities = [_identity(one, source) for one in each]
    ids = _ids(each, identities, source, athlete_id)
    made = [figured(one, (off or {}).get(name, ())) for one, name in zip(each, ids.tolist(), strict=True)]
    shared = _shared(parsed)
    draft = _draft(each, made, options, parsed.damage, shared)
    checked = contract.check(draft, today=today)
    before = len(draft.breaches)
    repeated = duplicates.within_file(draft, ids, [text or "recorded" for text in identities], ~checked.quarantined)
    if len(draft.breaches) > before:
        checked = contract.judge(draft)
    good = ~checked.quarantined & ~repeated
    intake = Intake(
        source=source, profile=Profile(columns=()), read=len(each) + len(parsed.wellness),
        workouts=_workouts(draft, each, ids, identities, source, import_id, checked.flags, good),
        repeated=int(np.count_nonzero(repeated & ~checked.quarantined)),
        kept_aside=int(np.count_nonzero(checked.quarantined)),
        findings=(*_file_findings(parsed, name, found, shared), *_findings(checked, ids, repeated)),
        lines={0: 0}, wellness=_values(parsed.wellness, len(each), athlete_id, source, import_id),
    )  # fmt: skip
    kept = np.flatnonzero(good).tolist()
    return Taken(
        intake,
        tuple(as_kept(each[place], made[place], str(ids[place]), import_id, sha256, source) for place in kept),
        tuple(_samples(each[place], made[place]) for place in kept),
    )


def _values(
    measured: Sequence[Measured], before: int, athlete_id: str, source: RecordingSource, import_id: str
) -> tuple[Wellness, ...]:
    """Values of days, each a row after those of the recordings."""
    return tuple(
        Wellness(value_id(athlete_id, source.name, one.day, one.metric, one.at), athlete_id, one.day, one.metric,
                 one.value, source.name, one.at, one.utc_offset, import_id, row)
        for row, one in enumerate(measured, before + 1)
    )  # fmt: skip


def _shared(parsed: Parsed) -> frozenset[tuple[str, str]]:
    """What is said of the file as a whole: of no recording, or, where there are several, of each of them."""
    each = [set(one.remarks) for one in parsed.recordings]
    everywhere = set.intersection(*each) if len(each) > 1 else set()
    return frozenset(
        remark for remark in parsed.remarks if remark in everywhere or not any(remark in own for own in each)
    )


def _draft(
    each: Sequence[Recording], made: Sequence[Figured], options: Options, damage: Sequence[str],
    shared: frozenset[tuple[str, str]],
) -> Draft:  # fmt: skip
    columns: dict[str, Any] = {
        name: np.array([one.chosen.get(name, np.nan) for one in made], dtype=np.float64) for name in NUMBERS
    }
    steps = columns["steps"]
    columns["steps"] = np.where(steps == np.floor(steps), steps, np.nan)
    places = [local(one, options.zone) for one in each]
    columns["day"] = np.array([place.day for place in places], dtype=np.int64)
    columns["start"] = np.array([one.start for one in each], dtype=np.float64)
    columns["utc_offset"] = np.array([place.offset for place in places], dtype=np.float64)
    sports = [options.sport if options.sport and one.sport == "other" else one.sport for one in each]
    columns["sport"] = _objects(sports)
    columns["source_sport"] = _objects([one.source_sport[:64] or None for one in each])
    columns["notes"] = _objects([_notes(one) for one in each])
    texts = {name: ["" if value != value else f"{value:.10g}" for value in columns[name].tolist()] for name in SHOWN
             if name != "date"}  # fmt: skip
    texts["date"] = [_moment(one.start) for one in each]
    rows = tuple(range(1, len(each) + 1))
    table = Table(tuple(SHOWN), tuple(texts[name] for name in SHOWN), rows, (0,) * len(rows), ",", Decoded([], "utf-8"))
    draft = Draft(table, Profile(columns=tuple(Use(name, name, unit) for name, unit in SHOWN.items())), columns)
    for row, (one, its, place) in enumerate(zip(each, made, places, strict=True)):
        own = _accepted([remark for remark in one.remarks if remark not in shared], damage)
        for rule, detail in (*own, *its.wrong, *_out_of_place(its), *place.remarks):
            draft.breaches.append(Breach(row, "", rule, detail, detail))
    return draft


def _out_of_place(made: Figured) -> list[tuple[str, str]]:
    """That positions were taken out by a repair: whoever looks at the map has to know it."""
    found = [one.count for one in made.repaired.repairs if one.name == "gps_spike" and one.enabled]
    return [("positions_repaired", f"{count:,} of {len(made.repaired.recording.time):,} samples") for count in found]


def _accepted(remarks: Sequence[tuple[str, str]], damage: Sequence[str]) -> list[tuple[str, str]]:
    """Remarks; those that tell of damage have been accepted and are one warning."""
    broken = "; ".join(f"{rule}: {detail}" for rule, detail in remarks if rule in damage)
    found = [remark for remark in remarks if remark[0] not in damage]
    return [*found, ("salvaged", broken)] if broken else found


def _notes(one: Recording) -> str | None:
    said = "\n".join(filter(None, (one.name.strip(), one.notes.strip())))
    return said[: COLUMNS["notes"].size] or None


def _identity(one: Recording, source: RecordingSource) -> str:
    text = one.source_id
    return text if len(text) <= ID_SIZE else "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _ids(each: Sequence[Recording], identities: Sequence[str], source: RecordingSource, owner: str) -> NDArray[Any]:
    """Ids of workouts: the device's own identity and the start; without one, start and extent of the samples.

    Not the sport, name or zone: those are edited, and it stays the same workout. Nor figures that a repair may change.
    """
    ids = []
    for one, identity in zip(each, identities, strict=True):
        start = f"{one.start:.3f}"
        length = float(one.time[-1] - one.time[0]) if len(one.time) else one.device.get("duration", 0.0)
        distance = total_distance(one.stream["distance"]) if "distance" in one.stream else 0.0
        extent = f"{length:.3f}|{distance:.2f}|{len(one.time)}"
        key = SEPARATOR.join((owner, source.name, identity, start) if identity else (owner, source.name, start, extent))
        ids.append("w-" + hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:16])
    return _objects(ids)


def _workouts(
    draft: Draft, each: Sequence[Recording], ids: NDArray[Any], identities: Sequence[str], source: RecordingSource,
    import_id: str, flags: NDArray[Any], good: NDArray[np.bool_],
) -> Workouts:  # fmt: skip
    columns = {name: draft.columns[name] for name in ("day", "start", "utc_offset", "sport", "source_sport", "notes")}
    columns |= {name: draft.columns[name] for name in NUMBERS}
    columns |= {
        "id": ids, "source": _objects([source.name] * len(each)),
        "source_id": _objects([identity or None for identity in identities]), "flags": flags,
        "import_id": _objects([import_id] * len(each)),
        "row": np.arange(1, len(each) + 1, dtype=np.float64),
    }  # fmt: skip
    return Workouts({name: columns[name] for name in COLUMNS}).take(good)


def _file_findings(parsed: Parsed, name: str, found: Format, shared: frozenset[tuple[str, str]]) -> list[Finding]:
    odd = contradiction(name, found)
    said = _accepted([remark for remark in parsed.remarks if remark in shared], parsed.damage)
    return [
        Finding(0, 0, "", rule, shown(detail), detail[:MAX_DETAIL],
                Outcome.WARNED if rules.rule(rule).severity is Severity.WARNING else Outcome.IMPORTED)
        for rule, detail in [*([("extension_mismatch", odd)] if odd else []), *said]
    ]  # fmt: skip


def _findings(checked: contract.Checked, ids: NDArray[Any], repeated: NDArray[np.bool_]) -> list[Finding]:
    found = []
    for breach in checked.draft.breaches:
        place = breach.place
        aside, twin = bool(checked.quarantined[place]), bool(repeated[place])
        if twin and not aside and breach.rule != "identical_row":
            continue  # its twin says the same
        warning = rules.rule(breach.rule).severity is Severity.WARNING
        outcome = (
            Outcome.QUARANTINED if aside else Outcome.DUPLICATE if twin else Outcome.WARNED if warning
            else Outcome.IMPORTED
        )  # fmt: skip
        found.append(Finding(place + 1, 0, breach.column, breach.rule, shown(breach.value), breach.detail[:MAX_DETAIL],
                             outcome, None if aside else str(ids[place])))  # fmt: skip
    return sorted(found, key=lambda finding: (finding.row, finding.column, finding.rule))


def _samples(one: Recording, made: Figured) -> Samples:
    columns = {"time": one.time, **one.stream} if len(one.time) else {}
    return Samples(columns, one.rr, made.repaired.recording.stream)


def _moment(seconds: float) -> str:
    return str(np.datetime64(round(seconds), "s")) + "Z"


def _objects(values: Sequence[Any]) -> NDArray[Any]:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column
