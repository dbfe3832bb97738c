"""Requests, errors and durations of every surface, from the gateway's log: one measure for all of them."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

SURFACES = ("api", "auth", "app", "coach", "lab", "mlflow")
"""first part of a path -> surface; any other is `other`"""
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""s; upper ends"""
SOCKET = "101"
"""status of a WebSocket: its duration is that of somebody's visit, and is in no bucket"""
LARGEST = 8 * 1024**2
"""bytes read at once"""


@dataclass(slots=True)
class Surfaces:
    """Read on from where the last reading ended; a log that was put aside is begun anew."""

    log: Path
    requests: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(surface, status) -> requests"""
    buckets: dict[str, list[int]] = field(default_factory=dict)
    """surface -> requests of each bucket and above all of them"""
    seconds: dict[str, float] = field(default_factory=dict)
    """surface -> s, of all requests together"""
    _place: int = 0
    _file: int = 0

    def read(self) -> None:
        """Take in what is new; a line that is not finished is left for the next time."""
        try:
            with self.log.open("rb") as file:
                held = os.fstat(file.fileno())
                if held.st_ino != self._file or held.st_size < self._place:
                    self._file, self._place = held.st_ino, 0
                while True:
                    file.seek(self._place)
                    part = file.read(LARGEST)
                    end = part.rfind(b"\n") + 1
                    if not end:
                        return
                    self._place += end
                    for line in part[:end].decode("utf-8", "replace").splitlines():
                        self._take(line)
        except FileNotFoundError:
            return

    def _take(self, line: str) -> None:
        """`time address method path status bytes seconds id`."""
        parts = line.split(" ")
        # a path may hold blanks: what follows it is counted from the end
        if len(parts) < 8 or not parts[-4].isdecimal():
            return
        try:
            lasted = float(parts[-2])
        except ValueError:
            return
        first = parts[3].lstrip("/").partition("/")[0]
        surface = first if first in SURFACES else "other"
        status = parts[-4] if len(parts[-4]) == 3 else "other"
        self.requests[surface, status] += 1
        if status == SOCKET:
            return
        held = self.buckets.setdefault(surface, [0] * (len(BUCKETS) + 1))
        place = next((number for number, upper in enumerate(BUCKETS) if lasted <= upper), len(BUCKETS))
        held[place] += 1
        self.seconds[surface] = self.seconds.get(surface, 0.0) + lasted
