"""What is known, as families of metrics of Prometheus. Labels are closed lists: no person, file or address in one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from fitintel.core.counted import COUNTERS
from fitintel.core.counts_shared import fold, gathered
from fitintel.core.errors import FitintelError
from fitintel.core.settings import Settings
from fitintel.storage.tallies import Tallies, tally
from fitintel.workbench.backing_up.making import noted
from fitintel.workbench.limits import limits, outside
from fitintel.workbench.monitoring.surfaces import BUCKETS, Surfaces

Family = CounterMetricFamily | GaugeMetricFamily | HistogramMetricFamily


@dataclass(slots=True, eq=False)
class Watched:
    """What is looked at when Prometheus asks."""

    settings: Settings
    counts: Path
    """folder of core.counts_shared"""
    surfaces: Surfaces
    certificate: Path | None = None
    processes: Callable[[], dict[str, float | None]] | None = None
    """name of a process -> since when it runs, s since 1970, None where it does not; None: not known"""

    def collect(self) -> Iterator[Family]:
        """All families; what cannot be reached is said to be down, and the others are there."""
        fold(self.counts)
        yield from counted(self.counts)
        yield from requests(self.surfaces)
        yield from self._workspace()
        yield from backups(self.settings)
        if self.certificate is not None:
            left = GaugeMetricFamily("fitintel_certificate_seconds", "Until the certificate of the gateway ends.")
            left.add_metric([], _ends(self.certificate) - time.time())
            yield left
        if self.processes is not None:
            yield from lives(self.processes())

    def _workspace(self) -> Iterator[Family]:
        up = GaugeMetricFamily("fitintel_database_up", "Whether the database answers.")
        try:
            found = tally(self.settings.database_url)
        except FitintelError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from workspace(found)


def lives(processes: Mapping[str, float | None]) -> Iterator[Family]:
    """Whether each process runs, and since when."""
    up = GaugeMetricFamily("fitintel_process_up", "Whether a process runs.", labels=["process"])
    began = GaugeMetricFamily("fitintel_process_start_seconds", "Last start of a process, since 1970.",
                              labels=["process"])  # fmt: skip
    for name, since in sorted(processes.items()):
        up.add_metric([name], float(since is not None))
        if since is not None:
            began.add_metric([name], since)
    yield up
    yield began


def counted(folder: Path) -> Iterator[Family]:
    """Every declared counter, also while it is 0."""
    total = gathered(folder)
    for name, counter in sorted(COUNTERS.items()):
        labels = sorted(counter.labels)
        family = CounterMetricFamily(f"fitintel_{name}", counter.says, labels=labels)
        mine = {said: number for (which, said), number in total.items() if which == name}
        for said, number in sorted(mine.items()):
            held = dict(said)
            if sorted(held) == labels:
                family.add_metric([held[label] for label in labels], number)
        if not mine:
            family.add_metric([counter.labels[label][0] for label in labels], 0)
        yield family


def requests(surfaces: Surfaces) -> Iterator[Family]:
    """Requests, their statuses and their durations by surface."""
    surfaces.read()
    family = CounterMetricFamily("fitintel_requests", "Requests at the gateway.", labels=["surface", "status"])
    for (surface, status), number in sorted(surfaces.requests.items()):
        family.add_metric([surface, status], number)
    yield family
    lasted = HistogramMetricFamily("fitintel_request_seconds", "Duration of requests, sockets apart.",
                                   labels=["surface"])  # fmt: skip
    for surface, held in sorted(surfaces.buckets.items()):
        ends = [*map(str, BUCKETS), "+Inf"]
        lasted.add_metric([surface], list(zip(ends, map(float, accumulate(held)), strict=True)),
                          sum_value=surfaces.seconds[surface])  # fmt: skip
    yield lasted


def workspace(found: Tallies) -> Iterator[Family]:
    """What the workspace holds, and how its nights and algorithms fare."""
    yield _plain("athletes", "Athletes.", found.athletes)
    yield _plain("workouts", "Workouts.", found.workouts)
    yield _plain("imported_files", "Files in the ledger of imports.", found.imports)
    yield _each("imported_rows", "Rows of imported files, by outcome.", "outcome", found.import_rows.items())
    statuses = {"open": 0, **found.problems}
    yield _each("problems", "Rows and files that were put aside.", "status", statuses.items())
    night = 0.0 if found.night is None else found.night * 86400.0
    yield _plain("night_day_seconds", "Newest day that has briefs, since 1970-01-01; 0 before the first.", night)
    yield _each("night_athletes", "Athletes of the newest night, by what became of their brief.", "state",
                {"failed": 0, **found.night_states}.items())  # fmt: skip
    yield _each("outbox", "Deliveries of briefs.", "state", {"waiting": 0, **found.outbox}.items())
    yield _plain("untracked_briefs", "Briefs that wait for MLflow.", found.untracked)
    figures = GaugeMetricFamily("fitintel_performance", "Figures of an algorithm on its newest day.",
                                labels=["algorithm", "figure"])  # fmt: skip
    wrong = GaugeMetricFamily("fitintel_performance_outside", "Figures of an algorithm outside their limits.",
                              labels=["algorithm"])  # fmt: skip
    for algorithm, text in sorted(found.points.items()):
        held = json.loads(text)
        for name, value in sorted(held.items()):
            figures.add_metric([algorithm, name], float(value))
        wrong.add_metric([algorithm], len(outside(held, limits())))
    yield figures
    yield wrong


def backups(settings: Settings) -> Iterator[Family]:
    """How old the last backup and its last full reading are; no figure before the first."""
    held: dict[str, Any] = noted(settings)
    ages = (("backup_age_seconds", "made", "Since what is in the last backup was written."),
            ("backup_verified_age_seconds", "verified", "Since the backup was read whole."))  # fmt: skip
    for name, kept, says in ages:
        family = GaugeMetricFamily(f"fitintel_{name}", says)
        if kept in held:
            at = datetime.fromisoformat(held[kept]["at"])
            family.add_metric([], (datetime.now(UTC) - at).total_seconds())
        yield family
    yield _plain("backup_damaged_files", "Files of the backup that were found damaged.", float(held.get("damaged", 0)))


def _plain(name: str, says: str, value: float) -> Family:
    family = GaugeMetricFamily(f"fitintel_{name}", says)
    family.add_metric([], value)
    return family


def _each(name: str, says: str, label: str, held: Iterable[tuple[str, int]]) -> Family:
    family = GaugeMetricFamily(f"fitintel_{name}", says, labels=[label])
    for value, number in sorted(held):
        family.add_metric([value], number)
    return family


def _ends(certificate: Path) -> float:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc.timestamp()
    except (OSError, ValueError):
        return 0.0
