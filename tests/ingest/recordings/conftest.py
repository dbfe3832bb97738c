"""Where the real files are, and small recorded files made here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("FITINTEL_TEST_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files; not part of the project."""
    if not (SHARED / "fitparse-tests").is_dir():
        pytest.skip(f"the real files are not here: {SHARED} (set FITINTEL_TEST_DATA)")
    return SHARED


GPX = """<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">
<trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>"""
POINT = '<trkpt lat="{lat:.6f}" lon="{lon:.6f}"><ele>100</ele><time>{time}</time></trkpt>'


def gpx(day: str = "2024-03-01", hour: int = 9, *, points: int = 61, lon: float = 10.0) -> bytes:
    """A run at 3 m/s to the north, a point a second."""
    rows = [
        POINT.format(lat=50 + 3 * n / 111_195, lon=lon, time=f"{day}T{hour:02d}:{n // 60:02d}:{n % 60:02d}Z")
        for n in range(points)
    ]
    return GPX.format(points="".join(rows)).encode()
