"""Several answers of a service about one workout, kept as one file: their bytes as they came, side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping

MARK = b'{"fitintel_payload":"'


def wrap(service: str, parts: Mapping[str, bytes]) -> bytes:
    """The answers as one JSON object; each stands in it byte for byte.

    >>> wrap("strava", {"activity": b'{"id": 1}'})
    b'{"fitintel_payload":"strava","activity":{"id": 1}}'
    """
    members = [b"%s:%s" % (json.dumps(name).encode(), data.strip()) for name, data in parts.items()]
    return b",".join([MARK + service.encode() + b'"', *members]) + b"}"


def service_of(data: bytes) -> str | None:
    """The service whose answers a file holds; None where it is no such file.

    >>> service_of(b'{"fitintel_payload":"strava","activity":{}}'), service_of(b"date,distance")
    ('strava', None)
    """
    if not data.startswith(MARK):
        return None
    name = data[len(MARK) : len(MARK) + 32].partition(b'"')[0]
    return name.decode("ascii", "replace")
