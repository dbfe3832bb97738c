"""The false alerts of an athlete: measured on demand, kept as a run, shown in every brief since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fitintel.core import days, snapshot
from fitintel.core.errors import NotFound
from fitintel.core.records import Run
from fitintel.intelligence.registry import Journal, Result, get

if TYPE_CHECKING:
    from fitintel.storage.store import Store
    from fitintel.workbench.door import AthleteDoor, Progress
    from fitintel.workbench.evaluate_alerts import AlertScore

RATE = "false_alerts_per_athlete_month"
"""algorithm whose run tells the rate"""


def measure(
    bench: AthleteDoor, *, athlete_id: str | None = None, seed: int | None = None, replicates: int = 2,
    replay_days: int = 365, progress: Progress | None = None,
) -> AlertScore:  # fmt: skip
    """Measure false alerts of one athlete or of all that are stored here, and keep each one's rate."""
    from fitintel.access.actor import Action, Kind
    from fitintel.workbench.evaluate_alerts import SEED, evaluate_alerts
    from fitintel.workbench.wellness import nights

    athletes = [bench.athlete(athlete_id)] if athlete_id else list(bench.athletes())
    if not athletes:
        raise NotFound("There is nobody to evaluate yet", next="fitintel import FILE, or fitintel demo")
    for one in athletes:
        bench.may(Action.EXECUTE, one.id, Kind.EXPERIMENT)
    histories = {one.id: bench.store.workouts(one.id) for one in athletes}
    measured_nights = {one.id: nights(bench.store.wellness(one.id), days.today()) for one in athletes}
    score = evaluate_alerts(histories, seed=SEED if seed is None else seed, replicates=replicates,
                            replay_days=replay_days, nights=measured_nights, progress=progress)  # fmt: skip
    journal = Journal()
    for each in score.athletes:
        found = journal.run(RATE, each.alerts, 1, each.days)
        value = {"run": _plain(found.run), "value": found.value, "low": each.low, "high": each.high,
                 "months": each.months}  # fmt: skip
        inputs = snapshot.digest({"seed": score.seed, "replicates": score.replicates,
                                  "workouts": histories[each.athlete]})  # fmt: skip
        bench.store.save_model(each.athlete, RATE, get(RATE).card.version, inputs, value)
    bench.blobs.put_many("snapshots", journal.snapshots)
    return score


def measured(store: Store, athlete_id: str) -> tuple[Result, Mapping[str, Any]] | None:
    """The rate as it was last measured, as `compose` takes it; None before that."""
    kept = store.model(athlete_id, RATE, get(RATE).card.version)
    if kept is None:
        return None
    value = kept[1]
    row = value["run"]
    run = Run(**{**row, "parents": tuple(row["parents"]), "at": datetime.fromisoformat(row["at"])})
    return Result(value["value"], run), {name: value[name] for name in ("low", "high", "months")}


def _plain(run: Run) -> dict[str, Any]:
    return {**asdict(run), "at": run.at.isoformat()}
