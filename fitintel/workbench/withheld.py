"""What is withheld from who may read an athlete's briefs but has no consent for all that they are made from.

A brief is made once, from everything, and is the same for the athlete whoever else reads it. For others the guard
before the store leaves out each line, run, answer and chart of a category that is not consented to. In each section
that may speak of such a category stands one line that says so, whether or not there was anything to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import SERVICES, Action, Kind
from fitintel.access.authorize import Resource, refusal, standing_of
from fitintel.access.policy import policy
from fitintel.core.answers import Told, key_of
from fitintel.core.records import Brief, Insight, Level, Run, Section
from fitintel.workbench.door.verbs import current

if TYPE_CHECKING:
    from fitintel.workbench.door.base import Door

CODE = "withheld"
"""code of the line that says so"""
KINDS = {"training": Kind.WORKOUT, "plan": Kind.PLAN,
         **dict.fromkeys(("heart", "sleep", "body", "feeling", "illness", "cycle"), Kind.HEALTH)}  # fmt: skip
"""category -> kind of record that it is asked for"""
Lacking = frozenset[str]
NONE: Lacking = frozenset()


def lacking(door: Door, athlete_id: str) -> Lacking:
    """Categories of consent that the actor lacks now; none for the owner, the athlete, programs, and a whole export."""
    if door.actor.is_owner or (door.actor.roles and door.actor.roles <= SERVICES):
        return NONE
    call = current(door)
    if call is None:
        return _lacking(door, athlete_id)
    if call.whole or (athlete_id, Kind.EXPORT) in call.granted:
        return NONE
    if athlete_id not in call.lacks:
        call.lacks[athlete_id] = _lacking(door, athlete_id)
    return call.lacks[athlete_id]


def _lacking(door: Door, athlete_id: str) -> Lacking:
    # of a token it is asked whether its account has consent: its scopes have said already what it is for
    standing = replace(standing_of(door.actor, athlete_id, door.facts), scopes=None)
    return frozenset(
        category for category, kind in KINDS.items()
        if refusal(door.actor, Action.READ, Resource(kind, athlete_id, category), standing, policy())
    )  # fmt: skip


def seen_brief(door: Door, made: Brief) -> Brief:
    """The brief as the actor may see it; the same object where nothing is withheld."""
    lacks = lacking(door, made.athlete_id)
    return less(made, lacks, door.vault.runs(made.run_ids)) if lacks else made


def less(made: Brief, lacks: Lacking, runs: Iterable[Run]) -> Brief:
    """The brief without what falls under these categories; `runs` are those behind it."""
    from fitintel.workbench.categories import of_key, of_run

    kept = tuple(_beside(one, lacks) for one in made.insights if not of_key(key_of(one)) & lacks)
    insights = [one for section in Section
                for one in (*_said(section, lacks), *(each for each in kept if each.section is section))]  # fmt: skip
    behind = {name for one in kept for name in one.run_ids}
    shown = [run.id for run in runs if run.id in behind or not of_run(run) & lacks]
    trained = "training" not in lacks
    return replace(made, insights=tuple(insights), run_ids=tuple(shown), charts=made.charts if trained else {},
                   last_day=made.last_day if trained else None, inputs=made.inputs if trained else "")  # fmt: skip


def seen_runs(door: Door, made: Brief, runs: Iterable[Run]) -> dict[str, Run]:
    """Runs behind a brief as it is seen, by id. Of one that may not be opened there is what its badge says."""
    return closed(runs, lacking(door, made.athlete_id), made.run_ids)


def closed(runs: Iterable[Run], lacks: Lacking, wanted: Sequence[str]) -> dict[str, Run]:
    """The wanted runs by id; without parameters, inputs and results where a category is lacking."""
    names = set(wanted)
    if not lacks:
        return {run.id: run for run in runs if run.id in names}
    from fitintel.workbench.categories import of_run

    return {run.id: replace(run, parameters={}, inputs={}, parents=(), output="") if of_run(run) & lacks else run
            for run in runs if run.id in names}  # fmt: skip


def open_to(door: Door, run: Run, athletes: Iterable[str]) -> bool:
    """Whether the run may be opened through any of these athletes."""
    from fitintel.workbench.categories import of_run

    return any(not lacks or not of_run(run) & lacks for lacks in (lacking(door, one) for one in athletes))


def open_runs(door: Door, run_ids: Sequence[str]) -> tuple[Run, ...]:
    """Those of the runs that the actor may open; the others are another athlete's, or withheld."""
    if not run_ids:
        return ()
    found = door.vault.runs(run_ids)
    if door.actor.is_owner:
        return tuple(found)
    owners = door.vault.run_owners(run_ids)
    everybody = set[str]().union(*owners.values())
    through = {one for one in everybody if door.permits(Action.READ, one, Kind.BRIEF)}
    return tuple(run for run in found if open_to(door, run, owners.get(run.id, frozenset()) & through))


def seen_key(door: Door, athlete_id: str, key: str) -> bool:
    """Whether what was told under a key may be known."""
    lacks = lacking(door, athlete_id)
    if not lacks or not key:
        return True
    from fitintel.workbench.categories import of_key

    return not of_key(key) & lacks


def _said(section: Section, lacks: Lacking) -> tuple[Insight, ...]:
    from fitintel.workbench.categories import SPEAKS

    of = sorted(SPEAKS[section] & lacks)
    return (Insight(section, CODE, {"of": of}, (), Level.MISSING, section.value),) if of else ()


def _beside(one: Insight, lacks: Lacking) -> Insight:
    from fitintel.workbench.categories import BESIDE, BODY

    instead = BESIDE.get(one.code)
    return replace(one, values={**one.values, **instead}) if instead and lacks & BODY else one


def _told(door: Door, found: Sequence[Told], given: Mapping[str, Any]) -> tuple[Told, ...]:
    from fitintel.workbench.categories import BESIDE, BODY

    kept: list[Told] = []
    briefs = set()
    for one in found:
        lacks = lacking(door, one.athlete_id)
        # asked for some keys or codes, nothing stands in the place of another
        if lacks and one.brief_id not in briefs and not given.get("key") and given.get("codes") is None:
            briefs.add(one.brief_id)
            kept += [Told(one.athlete_id, one.day, one.brief_id, f"{CODE}:{line.subject}", line.section.value, CODE,
                          line.level.value, (), (), one.day, detail=dict(line.values))
                     for section in Section for line in _said(section, lacks)]  # fmt: skip
        if seen_key(door, one.athlete_id, one.key):
            instead = BESIDE.get(one.code, {}) if lacks & BODY else {}
            kept.append(replace(one, detail={**one.detail, **instead}) if instead and one.detail else one)
    return tuple(kept)


def _keyed(door: Door, found: Sequence[Any], given: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(one for one in found if seen_key(door, one.athlete_id, one.key))


def _unkeyed(door: Door, found: Sequence[Any], given: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(one if seen_key(door, one.athlete_id, one.key) else replace(one, key="") for one in found)


def _of_training(door: Door, found: Any, given: Mapping[str, Any]) -> Any:
    # within a permission on a brief or a plan; who asks for workouts themselves is refused without consent
    return found.take(slice(0, 0)) if "training" in lacking(door, given["athlete_id"]) else found


SHOWN: dict[str, Callable[[Door, Any, Mapping[str, Any]], Any]] = {
    "brief": lambda door, found, given: seen_brief(door, found),
    "told": _told,
    "answers": _keyed,
    "comments": _unkeyed,
    "workouts": _of_training,
}
"""method of the store -> what the actor sees of what it found, with these arguments"""
