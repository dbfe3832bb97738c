"""The demo: the simulated squad stored like imported files, with its truth beside it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from fitintel.core import snapshot
from fitintel.core.details import Details
from fitintel.core.records import ImportRecord
from fitintel.core.wellness import Wellness
from fitintel.ingest import ledger
from fitintel.intelligence.simulate import DEVELOPMENT_SEED, SimulatedAthlete, simulate_squad
from fitintel.intelligence.simulate.squad import SOURCE
from fitintel.storage.store import Blobs, Store
from fitintel.workbench.simulated import PROFILE, checked, recorded

VERSION = "2"
"""Of the simulator as a source."""


def make_demo(
    store: Store, blobs: Blobs, *, seed: int | None = None, end_day: int | None = None, athletes: int = 24,
    years: float = 3.0, progress: Callable[[int, int, str], None] | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Store the squad as athletes `demo-01`, `demo-02`, ...; returns the ids that were added.

    Beside workouts each has what the truth gave them: laps and names as of recorded files, wellness, and
    statements (thresholds, goals, planned workouts, excused days). An athlete who is here with workouts is left
    as is, whatever the seed: a second call adds nothing. Each has one ledger row with source `simulator`; its
    `profile` names the snapshot that holds the truth. `end_day` is the last day (default: last Sunday); equal
    seed and end day give the same files.
    """
    used = DEVELOPMENT_SEED if seed is None else seed
    here = {athlete.id for athlete in store.athletes()}
    wanted = [f"demo-{number + 1:02d}" for number in range(athletes)]
    if all(name in here and store.imports(name) for name in wanted):
        return ()
    squad = simulate_squad(seed=used, athletes=athletes, years=years, end_day=end_day)
    added = []
    for done, one in enumerate(squad):
        if progress:
            progress(done, len(squad), f"simulating {one.athlete.name}")
        if one.athlete.id in here and store.imports(one.athlete.id):
            continue
        _keep(store, blobs, one, used)
        added.append(one.athlete.id)
    if progress:
        progress(len(squad), len(squad), "the squad is here")
    return tuple(added)


def truth_of(store: Store, blobs: Blobs, athlete_id: str) -> dict[str, Any] | None:
    """The truth behind a stored simulated athlete, as `Truth.as_dict` gives it; None for a real one."""
    for record in store.imports(athlete_id):
        if record.source == SOURCE:
            found: dict[str, Any] = snapshot.load(blobs.get("snapshots", record.profile["truth"]))
            return found
    return None


def _keep(store: Store, blobs: Blobs, one: SimulatedAthlete, seed: int) -> None:
    began = time.perf_counter()
    # named by what is stored, so that a call that was cut off is completed under the same name
    import_id = "i-" + hashlib.sha256(f"{SOURCE} {VERSION} {seed} {one.athlete.id}".encode()).hexdigest()[:20]
    taken = checked(one, import_id=import_id)
    truth = blobs.put("snapshots", snapshot.dump(one.truth.as_dict()))
    sha256 = blobs.of(one.athlete.id).put("raw", taken.data)
    problems = ledger.problems_of(taken.findings, import_id, one.athlete.id)
    warned = taken.warned
    record = ImportRecord(
        id=import_id, athlete_id=one.athlete.id, file_name=f"{one.athlete.id}.csv", sha256=sha256,
        size=len(taken.data), source=SOURCE, source_version=VERSION, at=datetime.now(UTC),
        seconds=time.perf_counter() - began, read=taken.read, imported=len(taken.workouts) - warned, warned=warned,
        duplicate=taken.read - len(taken.workouts) - len(taken.quarantined), quarantined=len(taken.quarantined),
        profile={**PROFILE.as_dict(), "seed": seed, "truth": truth},
    )  # fmt: skip
    wellness = [Wellness(value.id, value.athlete_id, value.day, value.metric, value.value, value.source,
                         import_id=import_id) for value in one.wellness]  # fmt: skip
    laps = recorded(one, taken, import_id=import_id, sha256=sha256)
    store.put_athlete(one.athlete)
    store.save_import(record, taken.workouts, problems, wellness=wellness, recordings=laps)
    store.state(one.stated)
    store.put_details(Details(one.athlete.id, one.sex, one.born, SOURCE, record.at))
