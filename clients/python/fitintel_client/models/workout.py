from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Workout")


@_attrs_define
class Workout:
    """
    Attributes:
        day (datetime.date):
        id (None | str | Unset):
        start (float | None | Unset):
        utc_offset (float | None | Unset):
        sport (None | str | Unset):
        source_sport (None | str | Unset):
        duration (float | None | Unset):
        distance (float | None | Unset):
        speed_max (float | None | Unset):
        elevation_gain (float | None | Unset):
        hr_mean (float | None | Unset):
        hr_max (float | None | Unset):
        cadence (float | None | Unset):
        steps (float | None | Unset):
        energy (float | None | Unset):
        rpe (float | None | Unset):
        source (None | str | Unset):
        source_id (None | str | Unset):
        notes (None | str | Unset):
        flags (None | str | Unset):
        import_id (None | str | Unset):
        row (float | None | Unset):
    """

    day: datetime.date
    id: None | str | Unset = UNSET
    start: float | None | Unset = UNSET
    utc_offset: float | None | Unset = UNSET
    sport: None | str | Unset = UNSET
    source_sport: None | str | Unset = UNSET
    duration: float | None | Unset = UNSET
    distance: float | None | Unset = UNSET
    speed_max: float | None | Unset = UNSET
    elevation_gain: float | None | Unset = UNSET
    hr_mean: float | None | Unset = UNSET
    hr_max: float | None | Unset = UNSET
    cadence: float | None | Unset = UNSET
    steps: float | None | Unset = UNSET
    energy: float | None | Unset = UNSET
    rpe: float | None | Unset = UNSET
    source: None | str | Unset = UNSET
    source_id: None | str | Unset = UNSET
    notes: None | str | Unset = UNSET
    flags: None | str | Unset = UNSET
    import_id: None | str | Unset = UNSET
    row: float | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        day = self.day.isoformat()

        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        start: float | None | Unset
        if isinstance(self.start, Unset):
            start = UNSET
        else:
            start = self.start

        utc_offset: float | None | Unset
        if isinstance(self.utc_offset, Unset):
            utc_offset = UNSET
        else:
            utc_offset = self.utc_offset

        sport: None | str | Unset
        if isinstance(self.sport, Unset):
            sport = UNSET
        else:
            sport = self.sport

        source_sport: None | str | Unset
        if isinstance(self.source_sport, Unset):
            source_sport = UNSET
        else:
            source_sport = self.source_sport

        duration: float | None | Unset
        if isinstance(self.duration, Unset):
            duration = UNSET
        else:
            duration = self.duration

        distance: float | None | Unset
        if isinstance(self.distance, Unset):
            distance = UNSET
        else:
            distance = self.distance

        speed_max: float | None | Unset
        if isinstance(self.speed_max, Unset):
            speed_max = UNSET
        else:
            speed_max = self.speed_max

        elevation_gain: float | None | Unset
        if isinstance(self.elevation_gain, Unset):
            elevation_gain = UNSET
        else:
            elevation_gain = self.elevation_gain

        hr_mean: float | None | Unset
        if isinstance(self.hr_mean, Unset):
            hr_mean = UNSET
        else:
            hr_mean = self.hr_mean

        hr_max: float | None | Unset
        if isinstance(self.hr_max, Unset):
            hr_max = UNSET
        else:
            hr_max = self.hr_max

        cadence: float | None | Unset
        if isinstance(self.cadence, Unset):
            cadence = UNSET
        else:
            cadence = self.cadence

        steps: float | None | Unset
        if isinstance(self.steps, Unset):
            steps = UNSET
        else:
            steps = self.steps

        energy: float | None | Unset
        if isinstance(self.energy, Unset):
            energy = UNSET
        else:
            energy = self.energy

        rpe: float | None | Unset
        if isinstance(self.rpe, Unset):
            rpe = UNSET
        else:
            rpe = self.rpe

        source: None | str | Unset
        if isinstance(self.source, Unset):
            source = UNSET
        else:
            source = self.source

        source_id: None | str | Unset
        if isinstance(self.source_id, Unset):
            source_id = UNSET
        else:
            source_id = self.source_id

        notes: None | str | Unset
        if isinstance(self.notes, Unset):
            notes = UNSET
        else:
            notes = self.notes

        flags: None | str | Unset
        if isinstance(self.flags, Unset):
            flags = UNSET
        else:
            flags = self.flags

        import_id: None | str | Unset
        if isinstance(self.import_id, Unset):
            import_id = UNSET
        else:
            import_id = self.import_id

        row: float | None | Unset
        if isinstance(self.row, Unset):
            row = UNSET
        else:
            row = self.row

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "day": day,
            }
        )
        if id is not UNSET:
            field_dict["id"] = id
        if start is not UNSET:
            field_dict["start"] = start
        if utc_offset is not UNSET:
            field_dict["utc_offset"] = utc_offset
        if sport is not UNSET:
            field_dict["sport"] = sport
        if source_sport is not UNSET:
            field_dict["source_sport"] = source_sport
        if duration is not UNSET:
            field_dict["duration"] = duration
        if distance is not UNSET:
            field_dict["distance"] = distance
        if speed_max is not UNSET:
            field_dict["speed_max"] = speed_max
        if elevation_gain is not UNSET:
            field_dict["elevation_gain"] = elevation_gain
        if hr_mean is not UNSET:
            field_dict["hr_mean"] = hr_mean
        if hr_max is not UNSET:
            field_dict["hr_max"] = hr_max
        if cadence is not UNSET:
            field_dict["cadence"] = cadence
        if steps is not UNSET:
            field_dict["steps"] = steps
        if energy is not UNSET:
            field_dict["energy"] = energy
        if rpe is not UNSET:
            field_dict["rpe"] = rpe
        if source is not UNSET:
            field_dict["source"] = source
        if source_id is not UNSET:
            field_dict["source_id"] = source_id
        if notes is not UNSET:
            field_dict["notes"] = notes
        if flags is not UNSET:
            field_dict["flags"] = flags
        if import_id is not UNSET:
            field_dict["import_id"] = import_id
        if row is not UNSET:
            field_dict["row"] = row

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        day = datetime.date.fromisoformat(d.pop("day"))

        def _parse_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        id = _parse_id(d.pop("id", UNSET))

        def _parse_start(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        start = _parse_start(d.pop("start", UNSET))

        def _parse_utc_offset(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        utc_offset = _parse_utc_offset(d.pop("utc_offset", UNSET))

        def _parse_sport(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        sport = _parse_sport(d.pop("sport", UNSET))

        def _parse_source_sport(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        source_sport = _parse_source_sport(d.pop("source_sport", UNSET))

        def _parse_duration(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        duration = _parse_duration(d.pop("duration", UNSET))

        def _parse_distance(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        distance = _parse_distance(d.pop("distance", UNSET))

        def _parse_speed_max(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        speed_max = _parse_speed_max(d.pop("speed_max", UNSET))

        def _parse_elevation_gain(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        elevation_gain = _parse_elevation_gain(d.pop("elevation_gain", UNSET))

        def _parse_hr_mean(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        hr_mean = _parse_hr_mean(d.pop("hr_mean", UNSET))

        def _parse_hr_max(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        hr_max = _parse_hr_max(d.pop("hr_max", UNSET))

        def _parse_cadence(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        cadence = _parse_cadence(d.pop("cadence", UNSET))

        def _parse_steps(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        steps = _parse_steps(d.pop("steps", UNSET))

        def _parse_energy(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        energy = _parse_energy(d.pop("energy", UNSET))

        def _parse_rpe(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        rpe = _parse_rpe(d.pop("rpe", UNSET))

        def _parse_source(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        source = _parse_source(d.pop("source", UNSET))

        def _parse_source_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        source_id = _parse_source_id(d.pop("source_id", UNSET))

        def _parse_notes(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        notes = _parse_notes(d.pop("notes", UNSET))

        def _parse_flags(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        flags = _parse_flags(d.pop("flags", UNSET))

        def _parse_import_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        import_id = _parse_import_id(d.pop("import_id", UNSET))

        def _parse_row(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        row = _parse_row(d.pop("row", UNSET))

        workout = cls(
            day=day,
            id=id,
            start=start,
            utc_offset=utc_offset,
            sport=sport,
            source_sport=source_sport,
            duration=duration,
            distance=distance,
            speed_max=speed_max,
            elevation_gain=elevation_gain,
            hr_mean=hr_mean,
            hr_max=hr_max,
            cadence=cadence,
            steps=steps,
            energy=energy,
            rpe=rpe,
            source=source,
            source_id=source_id,
            notes=notes,
            flags=flags,
            import_id=import_id,
            row=row,
        )

        workout.additional_properties = d
        return workout

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
