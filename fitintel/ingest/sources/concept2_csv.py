"""A season of the Concept2 logbook as CSV. Work time and distance leave out the rests; times are local."""

from __future__ import annotations

from fitintel.ingest.source import Source
from fitintel.ingest.sources.named_columns import NamedColumns, by_distance, stripped

KIND = NamedColumns(
    says="a Concept2 logbook",
    columns={
        "log id": ("source_id", ""), "date": ("date", ""), "type": ("sport", ""),
        "work time (seconds)": ("duration", "s"), "work distance": ("distance", "m"),
        "stroke rate/cadence": ("cadence", "spm"), "total cal": ("energy", "kcal"),
        "avg heart rate": ("hr_mean", "bpm"), "comments": ("notes", ""), "description": ("notes", ""),
    },
    needed=("log id", "date", "work time (seconds)", "work distance", "type"),
    zero_is_missing=("hr_mean", "cadence", "energy"),
)  # fmt: skip

SOURCE = Source(
    name="concept2_csv", version="1", says="a season of the Concept2 logbook (CSV)", recognises=KIND.recognises,
    wanted=KIND.wanted, profile=KIND.profile, identity=stripped, global_identity=True, units=by_distance,
)  # fmt: skip
