"""Samples for research: no positions and no elevation, unless a study needs places; then cut far from where one lives.

With places the first and last 500 m go, whatever lies within a circle of random centre around any place where workouts
often begin or end goes, positions are rounded to three decimals (about 100 m), and the distance is computed anew on
what is left. Source: Hassan et al. 2018 (USENIX Security): 95.1 % of hidden homes were found from zones together with
distances that had not been changed; Meteriz et al. 2019 (arXiv 1910.09041) for profiles of elevation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

PLACES = ("lat", "lon")
NEVER = ("elevation", "distance", "speed")
"""channels that lead to a place: profiles of elevation, and what the cut ends would be added up from"""
CUT = 500.0
"""m at either end"""
ZONE = 400.0
"""m; radius around a place of rest"""
OFFSET = 200.0
"""m; most by which a zone's centre lies beside its place"""
DECIMALS = 3
OFTEN = 2
"""ends within the same 100 m that make a place one where the athlete rests"""
DEGREE = 111_195.0
"""m of a degree of latitude, on a sphere of 6,371 km"""

Samples = Mapping[str, Any]


def without_places(samples: Samples) -> dict[str, Any]:
    """Samples [columns of shape (n,)] without positions and elevation."""
    return {name: values for name, values in samples.items() if name not in (*PLACES, "elevation")}


def frequent_ends(tracks: Sequence[Samples]) -> list[tuple[float, float]]:
    """Places (latitude, longitude) [deg] where several workouts begin or end."""
    seen: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for track in tracks:
        known = np.flatnonzero(np.isfinite(track["lat"]) & np.isfinite(track["lon"]))
        for at in known[[0, -1]] if len(known) else ():
            place = float(track["lat"][at]), float(track["lon"][at])
            seen.setdefault((round(place[0], DECIMALS), round(place[1], DECIMALS)), []).append(place)
    return [tuple(np.mean(places, axis=0)) for places in seen.values() if len(places) >= OFTEN]


def zones_of(ends: Sequence[tuple[float, float]], key: bytes) -> list[tuple[float, float]]:
    """Centres of zones: each place, moved by up to OFFSET in a direction that only the key tells."""
    found = []
    for number, (lat, lon) in enumerate(ends):
        draw = hashlib.sha256(key + f"{number} {lat:.4f} {lon:.4f}".encode()).digest()
        angle = 2 * np.pi * int.from_bytes(draw[:4], "big") / 2**32
        way = OFFSET * np.sqrt(int.from_bytes(draw[4:8], "big") / 2**32) / DEGREE
        found.append((lat + way * np.cos(angle), lon + way * np.sin(angle) / max(0.1, np.cos(np.radians(lat)))))
    return found


def with_places(samples: Samples, zones: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Samples whose ends and zones are cut away, with rounded positions and the distance [m] of what is left.

    Empty columns where nothing is left.
    """
    lat, lon = samples["lat"], samples["lon"]
    known = np.isfinite(lat) & np.isfinite(lon)
    way = _way(np.where(known, lat, np.nan), np.where(known, lon, np.nan))
    kept = known & (way >= CUT) & (way <= (way[-1] if len(way) else 0.0) - CUT)
    for north, east in zones:
        kept &= _apart(lat, lon, north, east) > ZONE
    found = {name: values[kept] for name, values in samples.items() if name not in (*PLACES, *NEVER)}
    if not kept.any():
        return found
    found |= {"lat": np.round(lat[kept], DECIMALS), "lon": np.round(lon[kept], DECIMALS)}
    return found | {"distance": _way(found["lat"], found["lon"])}


def _way(lat: Any, lon: Any) -> Any:
    """Way [m] along known positions; those that are missing do not add to it."""
    if not len(lat):
        return np.empty(0)
    known = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon))
    way = np.zeros(len(lat))
    if len(known):
        steps = _apart(lat[known][1:], lon[known][1:], lat[known][:-1], lon[known][:-1])
        way[known[1:]] = steps
    return np.cumsum(way)


def _apart(lat: Any, lon: Any, north: Any, east: Any) -> Any:
    """Distance [m] of near points, on a plane that touches the sphere between them."""
    wide = np.cos(np.radians((lat + north) / 2))
    return DEGREE * np.hypot(lat - north, (lon - east) * wide)
