"""GPX and TCX texts made on the spot."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = (
    ' xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"'
)


def stamp(second: int) -> str:
    """A time of 29 February 2024 from 12:00 on."""
    hours, rest = divmod(12 * 3600 + second, 3600)
    return f"2024-02-29T{hours:02d}:{rest // 60:02d}:{rest % 60:02d}Z"


def point(second: int | None, lat: str | float = 50.0, lon: str | float = 6.0, inside: str = "") -> str:
    """A track point, 0.0001 degrees north of the one a second before."""
    where = f"{lat + (second or 0) * 1e-4:.6f}" if isinstance(lat, float) else lat
    time = "" if second is None else f"<time>{stamp(second)}</time>"
    return f'<trkpt lat="{where}" lon="{lon}"><ele>100.5</ele>{time}{inside}</trkpt>'


def segment(seconds: Sequence[int | None], inside: str = "") -> str:
    return "<trkseg>" + "".join(point(second, inside=inside) for second in seconds) + "</trkseg>"


def track(*segments: str, name: str = "", kind: str = "") -> str:
    named = (f"<name>{name}</name>" if name else "") + (f"<type>{kind}</type>" if kind else "")
    return f"<trk>{named}{''.join(segments)}</trk>"


def gpx(*tracks: str, attributes: str = NAMESPACES, before: str = "", head: str = HEAD) -> bytes:
    return f'{head}<gpx version="1.1" creator="test"{attributes}>{before}{"".join(tracks)}</gpx>'.encode()


def ride(seconds: int = 200) -> bytes:
    """A plain track with heart rate, one point a second."""
    inside = (
        "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>{}</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions>"
    )
    points = "".join(point(second, inside=inside.format(100 + second % 50)) for second in range(seconds))
    return gpx(track(f"<trkseg>{points}</trkseg>", name="Ride", kind="cycling"))


def trackpoint(second: int, inside: str = "") -> str:
    return f"<Trackpoint><Time>{stamp(second)}</Time>{inside}</Trackpoint>"


def lap(start: int, seconds: Sequence[int], total: float | str | None = None, inside: str = "", more: str = "") -> str:
    points = "".join(trackpoint(second, inside) for second in seconds)
    shown = len(seconds) if total is None else total
    return (
        f'<Lap StartTime="{stamp(start)}"><TotalTimeSeconds>{shown}</TotalTimeSeconds>{more}'
        f"<Track>{points}</Track></Lap>"
    )


def activity(*laps: str, sport: str = "Running", more: str = "") -> str:
    return f'<Activity Sport="{sport}"><Id>{stamp(0)}</Id>{"".join(laps)}{more}</Activity>'


def tcx(content: str, wrap: str = "Activities") -> bytes:
    space = 'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"'
    return f"{HEAD}<TrainingCenterDatabase {space}><{wrap}>{content}</{wrap}></TrainingCenterDatabase>".encode()
