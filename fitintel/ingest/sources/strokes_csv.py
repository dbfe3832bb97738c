"""Samples of one rowing workout without its date: Concept2 ErgData, SmartRow, CrewNerd, the first SpeedCoach.

Recognised to be refused with the reason: without a date such a file says of no day that anything was done.
"""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.errors import UnknownFormat
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile
from fitintel.ingest.source import Source
from fitintel.ingest.sources.named_columns import none
from fitintel.ingest.table import Table
from fitintel.ingest.words import plainly

KINDS: dict[str, tuple[str, ...]] = {
    "Concept2 ErgData": ("stroke number", "time seconds", "distance meters"),
    "SmartRow": ("stroke", "second", "distance m", "work j"),
    "CrewNerd": ("time", "distance m", "speed m s", "pace 500m", "practice elapsed time s"),
    "NK SpeedCoach": ("interval", "distance m", "time", "stroke", "rate", "split"),
}
"""who writes it -> names that it has."""


def _kind(header: Sequence[str]) -> str | None:
    plain = set(map(plainly, header))
    return next((kind for kind, names in KINDS.items() if plain.issuperset(names)), None)


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is of one of these."""
    return _kind(header) is not None


def profile(table: Table, name: str, options: Options) -> Profile:
    """Refuses: raises UnknownFormat with what the file is and what it lacks."""
    raise UnknownFormat(f"The file holds the samples of one workout ({_kind(table.header) or 'rowing'})",
                        where=f"{name}, line 1",
                        why=f"{len(table.rows):,} samples, and none of its {len(table.header)} columns is a date",
                        next="export the workout as FIT, TCX or GPX, or type it with: fitintel add",
                        rule="samples_without_date")  # fmt: skip


SOURCE = Source(
    name="strokes_csv", version="1", says="samples of one rowing workout without its date (refused)",
    recognises=recognises, wanted=lambda header: [], profile=profile, identity=none, global_identity=False,
    units=lambda used: None,
)  # fmt: skip
