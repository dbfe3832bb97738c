"""What another version changes: the figures of everybody's latest brief, made again with both versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.core.promotion import Affected, champions
from fitintel.workbench.outcomes import FAILURES

if TYPE_CHECKING:
    from fitintel.core.records import Athlete
    from fitintel.core.workouts import Workouts
    from fitintel.workbench.door import AthleteDoor, Progress


def affected(
    bench: AthleteDoor, algorithm: str, before: str, after: str, *, athletes: Sequence[str] = (),
    progress: Progress | None = None,
) -> list[Affected]:  # fmt: skip
    """The figures of each athlete's latest brief that differ between two versions.

    A version that fails on a history gives none of its figures: all of them differ then.
    """
    held = champions(bench.store.promotions())
    found = []
    chosen = [bench.athlete(name) for name in athletes] or list(bench.athletes())
    for done, athlete in enumerate(chosen):
        if progress:
            progress(done, len(chosen), f"comparing the brief of {athlete.id}")
        briefs = bench.store.briefs(athlete.id)
        if not briefs:
            continue
        bench.may(Action.READ, athlete.id, Kind.BRIEF)
        day, workouts = briefs[-1][1], bench.store.workouts(athlete.id)
        both = [_figures(bench, athlete, workouts, day, {**held, algorithm: version}) for version in (before, after)]
        found += [
            Affected(athlete.id, day, name, both[0].get(name), both[1].get(name), after)
            for name in sorted({*both[0], *both[1]})
            if both[0].get(name) != both[1].get(name)
        ]
    return found


def _figures(
    bench: AthleteDoor, athlete: Athlete, workouts: Workouts, day: int, versions: Mapping[str, str]
) -> Mapping[str, float]:
    from fitintel.tracking.briefs import figures
    from fitintel.workbench.briefs import composed

    try:
        return figures(composed(bench, athlete, workouts, day, dict(versions)).brief)
    except FAILURES:
        # a way back from a version that fails must not fail with it
        return {}
