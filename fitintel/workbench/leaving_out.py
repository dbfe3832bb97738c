"""A workout that its athlete leaves out of every figure, without deleting it; and back again."""

from __future__ import annotations

from fitintel.core.errors import NotFound
from fitintel.core.recorded import LinkState
from fitintel.storage.store import Store

RULE = "left_out_by_person"


def leave_out(store: Store, athlete_id: str, workout_id: str, out: bool) -> tuple[str, ...]:
    """Flag a workout, and every recording that is held to be the same one; the ids whose flags have changed.

    Raises NotFound.
    """
    rows = store.workouts(athlete_id, columns=("id", "flags"), twins=True)
    flags = dict(zip(rows["id"].tolist(), rows["flags"].tolist(), strict=True))
    if workout_id not in flags:
        raise NotFound(f"There is no workout {workout_id!r} of {athlete_id}", next="see them with: fitintel workouts")
    group, before = {workout_id}, 0
    joined = [(one.workout_id, one.other_id) for one in store.links(athlete_id) if one.state is LinkState.MERGED]
    while len(group) > before:
        before = len(group)
        group |= {name for pair in joined if group & set(pair) for name in pair}
    changed = {}
    for name in sorted(group & set(flags)):
        have = set((flags[name] or "").split())
        wanted = have | {RULE} if out else have - {RULE}
        if wanted != have:
            changed[name] = " ".join(sorted(wanted))
    if changed:
        store.update_flags(athlete_id, changed)
    return tuple(changed)
