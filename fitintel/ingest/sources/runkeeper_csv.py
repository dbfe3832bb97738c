"""`cardioActivities.csv` of a Runkeeper export. Durations are mm:ss under an hour and h:mm:ss above; times local."""

from __future__ import annotations

from fitintel.ingest.source import Source
from fitintel.ingest.sources.named_columns import NamedColumns, by_distance, stripped

KIND = NamedColumns(
    says="Runkeeper's cardioActivities.csv",
    columns={
        "activity id": ("source_id", ""), "date": ("date", ""), "type": ("sport", ""),
        "distance (km)": ("distance", "km"), "distance (mi)": ("distance", "mi"), "duration": ("duration", "mm:ss"),
        "calories burned": ("energy", "kcal"), "climb (m)": ("elevation_gain", "m"),
        "climb (ft)": ("elevation_gain", "ft"), "average heart rate (bpm)": ("hr_mean", "bpm"), "notes": ("notes", ""),
    },
    needed=("activity id", "date", "type", "route name", "duration", "gpx file"),
    zero_is_missing=("hr_mean", "energy"),
)  # fmt: skip

SOURCE = Source(
    name="runkeeper_csv", version="1", says="cardioActivities.csv of a Runkeeper export", recognises=KIND.recognises,
    wanted=KIND.wanted, profile=KIND.profile, identity=stripped, global_identity=True, units=by_distance,
)  # fmt: skip
