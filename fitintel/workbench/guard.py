"""The guard before the store: whatever a verb does, it reaches only what its actor was permitted in this very call.

A verb asks `Door.may`; that permission, and what it is made of (access/policy.yaml), is what the store opens until the
verb has returned. Whatever was not asked for is decided by the policy on its own, record by record. A verb that forgets
to ask, or asks for one athlete and reads another, is refused here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from fitintel.access.actor import Action, Kind
from fitintel.access.authorize import Resource, refusal, standing_of
from fitintel.access.policy import policy
from fitintel.core.errors import NotAllowed, NotFound
from fitintel.core.people import Membership, Part
from fitintel.core.records import Athlete, ProblemStatus, Run
from fitintel.core.stated import ExcusedDays, PlannedWorkout
from fitintel.core.wellness import METRICS, Wellness
from fitintel.storage.store import Blobs, Store
from fitintel.workbench.door.verbs import current
from fitintel.workbench.guarded import METHODS, By, Guarded, Level, athletes_of
from fitintel.workbench.looked import NAME as LOOKED
from fitintel.workbench.withheld import SHOWN, lacking, open_to

if TYPE_CHECKING:
    from fitintel.workbench.door.base import Door

STATED = {PlannedWorkout: (Kind.PLAN, None), ExcusedDays: (Kind.HEALTH, "illness")}
"""kind of statement -> what it is to the policy; any other is a statement"""
CATEGORIES_OF = {Kind.PLAN: "plan", Kind.STATEMENT: "training"}
"""kind -> category of consent of such a statement"""
SEEN = (Kind.PROFILE, Kind.WORKOUT, Kind.BRIEF, Kind.HEALTH, Kind.PLAN, Kind.STATEMENT, Kind.RECORDING, Kind.NOTE,
        Kind.MESSAGE)  # fmt: skip
"""kinds of an athlete's records; whoever may read any of them knows that the athlete is here"""
ACTION = {Level.READ: Action.READ, Level.DERIVE: Action.UPDATE, Level.WRITE: Action.UPDATE}


def guarded_store(door: Door) -> Store:
    """The store behind the guard, for the door's actor."""
    return cast("Store", GuardedStore(door))


def guarded_blobs(door: Door, blobs: Blobs) -> Blobs:
    """The file store behind the guard."""
    from fitintel.workbench.guarded_files import GuardedBlobs

    return GuardedBlobs(door, blobs)


class Guard:
    """Decides for one door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def granted(self, kind: Kind, level: Level, athlete_id: str | None) -> bool:
        """Whether what the verb was permitted includes it."""
        call = current(self._door)
        return call is not None and any(
            kind in policy().contains(held) and (writes or level is not Level.WRITE)
            for (whose, held), writes in call.granted.items()
            if athlete_id is None or whose == athlete_id
        )

    def opens(self, kind: Kind, level: Level, athlete_id: str | None, category: str | None = None) -> bool:
        """Whether the actor gets at it."""
        if self.granted(kind, level, athlete_id):
            return True
        return self._door.permits(ACTION[level], athlete_id, kind, category=category)

    def check(self, kind: Kind, level: Level, athlete_id: str | None, category: str | None = None) -> None:
        """Raise NotAllowed where it is closed."""
        if not self.opens(kind, level, athlete_id, category):
            whose = f" of {athlete_id}" if athlete_id else ""
            said = f"{ACTION[level].value} {kind.value.replace('_', ' ')}{whose}"
            raise NotAllowed(f"{self._door.actor.id} may not {said}", why="nothing that this actor is here allows it")

    def sees(self, athlete_id: str) -> bool:
        """Whether anything of the athlete may be read: then their id is no secret."""
        call = current(self._door)
        if call is not None and any(whose == athlete_id for whose, _ in call.granted):
            return True
        actor, rules = self._door.actor, policy()
        # looked up once for all kinds: this is asked of every athlete when they are listed
        standing = standing_of(actor, athlete_id, self._door.facts)
        return any(
            not refusal(actor, Action.READ, Resource(kind, athlete_id, category), standing, rules)
            for kind in SEEN
            for category in rules.categories[kind] or (None,)
        )


class GuardedStore(Guard):
    """The store, for everybody but the owner of a workspace without accounts."""

    def __getattr__(self, name: str) -> Any:
        rule = METHODS.get(name)
        if rule is None:
            raise NotAllowed(f"{self._door.actor.id} may not ask the store for {name}",
                             why="only the workbench itself does")  # fmt: skip
        method = self._seen(name, getattr(self._door.vault, name))
        if rule.by is By.ARGUMENT:
            return self._by_argument(method, rule)
        return self._by_result(method, rule) if rule.by is By.RESULT else self._of_nobody(method, rule)

    def _seen(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        """The method, less what is withheld of what it finds."""
        if name not in SHOWN:
            return method

        @wraps(method)
        def called(*args: Any, **kwargs: Any) -> Any:
            given = inspect.signature(method).bind(*args, **kwargs).arguments
            return SHOWN[name](self._door, method(*args, **kwargs), given)

        return called

    def _by_argument(self, method: Callable[..., Any], rule: Guarded) -> Callable[..., Any]:
        signature = inspect.signature(method)

        def called(*args: Any, **kwargs: Any) -> Any:
            given = signature.bind(*args, **kwargs).arguments.get(rule.argument)
            if given is None:
                return self._chosen(method(*args, **kwargs), rule)
            for athlete_id in athletes_of(given):
                self.check(rule.kind, rule.level, athlete_id)
            return method(*args, **kwargs)

        return called

    def _by_result(self, method: Callable[..., Any], rule: Guarded) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            found = method(*args, **kwargs)
            if isinstance(found, tuple):
                return self._chosen(found, rule)
            if not self.opens(rule.kind, rule.level, found.athlete_id):
                raise NotFound(
                    f"There is no {rule.kind.value} {next(iter((*args, *kwargs.values())))!r}",
                    next="make one with: fitintel brief",
                )
            return found

        return called

    def _of_nobody(self, method: Callable[..., Any], rule: Guarded) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            self.check(rule.kind, rule.level, None)
            return method(*args, **kwargs)

        return called

    def _chosen(self, found: Iterable[Any], rule: Guarded) -> tuple[Any, ...]:
        found = tuple(found)
        open_to = {one for one in {each.athlete_id for each in found} if self.opens(rule.kind, rule.level, one)}
        return tuple(each for each in found if each.athlete_id in open_to)

    def athletes(self) -> tuple[Athlete, ...]:
        """Those of whom the actor may see anything."""
        return tuple(self._masked(one) for one in self._door.vault.athletes() if self.sees(one.id))

    def athlete(self, athlete_id: str) -> Athlete:
        """The athlete, without a name where only other things may be seen."""
        if not self.sees(athlete_id):
            self.check(Kind.PROFILE, Level.READ, athlete_id)
        return self._masked(self._door.vault.athlete(athlete_id))

    def _masked(self, one: Athlete) -> Athlete:
        if self._door.permits(Action.READ, one.id, Kind.PROFILE):
            return one
        return Athlete(id=one.id, name=one.id, units=one.units, simulated=one.simulated)

    def revision(self, athlete_id: str) -> int:
        """A number that grows with every change; 0 for an unknown athlete, and for one that is not seen."""
        return self._door.vault.revision(athlete_id) if self.sees(athlete_id) else 0

    def wellness(
        self, athlete_id: str, *, metrics: Sequence[str] | None = None, since: int | None = None,
        until: int | None = None,
    ) -> tuple[Wellness, ...]:  # fmt: skip
        """The values of the categories that may be read; refused where it is none of them."""
        from fitintel.workbench.categories import CATEGORY

        wanted = list(METRICS if metrics is None else metrics)
        if self._whole_health(athlete_id):
            lacks = lacking(self._door, athlete_id)
            allowed = {each for each in CATEGORY.values() if each not in lacks}
        else:
            allowed = {each for each in set(CATEGORY.values())
                       if self._door.permits(Action.READ, athlete_id, Kind.HEALTH, category=each)}  # fmt: skip
            if not allowed:
                self.check(Kind.HEALTH, Level.READ, athlete_id, "heart")
        metrics = [name for name in wanted if CATEGORY.get(name, "") in allowed]
        if not metrics:
            return ()
        return self._door.vault.wellness(athlete_id, metrics=metrics, since=since, until=until)

    def _whole_health(self, athlete_id: str) -> bool:
        # a permission on one category of health opens no other: only one on something made of health opens all
        call = current(self._door)
        return call is not None and any(
            whose == athlete_id and kind is not Kind.HEALTH and Kind.HEALTH in policy().contains(kind)
            for whose, kind in call.granted
        )

    def stated(self, athlete_id: str, kind: type[Any]) -> tuple[Any, ...]:
        """Statements of a kind."""
        of, category = STATED.get(kind, (Kind.STATEMENT, None))
        self.check(of, Level.READ, athlete_id, category)
        if (category or CATEGORIES_OF[of]) in lacking(self._door, athlete_id):
            return ()
        return self._door.vault.stated(athlete_id, kind)

    def run(self, run_id: str) -> Run:
        """The run, where it is of an athlete whose briefs may be read."""
        return self.runs((run_id,))[0]

    def runs(self, run_ids: Sequence[str]) -> tuple[Run, ...]:
        """These runs; one that none of its athletes opens to this actor is not there."""
        owners = self._door.vault.run_owners(run_ids)
        everybody = set[str]().union(*owners.values())
        through = {one for one in everybody if self.opens(Kind.BRIEF, Level.READ, one)}
        for run_id in run_ids:
            if not owners.get(run_id, frozenset()) & through:
                raise _no_run(run_id)
        found = self._door.vault.runs(run_ids)
        for run in found:
            if not open_to(self._door, run, owners[run.id] & through):
                raise _no_run(run.id)
        return found

    def model(self, athlete_id: str, algorithm: str, version: str) -> tuple[str, Any] | None:
        """The newest fitted model."""
        self.check(_made_from(algorithm), Level.READ, athlete_id)
        return self._door.vault.model(athlete_id, algorithm, version)

    def save_model(self, athlete_id: str, algorithm: str, version: str, inputs: str, value: Any) -> None:
        """Keep a fitted model."""
        self.check(_made_from(algorithm), Level.DERIVE, athlete_id)
        self._door.vault.save_model(athlete_id, algorithm, version, inputs, value)

    def save_runs(self, runs: Sequence[Run], athlete_id: str | None = None) -> None:
        """Keep runs that no brief made."""
        self.check(Kind.BRIEF, Level.DERIVE, athlete_id)
        self._door.vault.save_runs(runs, athlete_id)

    def settle_problems(self, problem_ids: Sequence[str], status: ProblemStatus) -> None:
        """Mark problems of athletes whose imports may be changed."""
        call = current(self._door)
        mine: set[str] = set()
        for athlete_id in {whose for whose, _ in (call.granted if call is not None else ()) if whose is not None}:
            if self.opens(Kind.IMPORT, Level.WRITE, athlete_id):
                mine |= {one.id for one in self._door.vault.problems(athlete_id=athlete_id, status=None)}
        if strange := set(problem_ids) - mine:
            raise NotFound(f"There is no problem {min(strange)!r}", next="see them with: fitintel quarantine")
        self._door.vault.settle_problems(problem_ids, status)

    def memberships(self, *, who: str | None = None, squad_id: str | None = None) -> tuple[Membership, ...]:
        """Squads that an athlete is or was in; who else is in a squad is told by verbs."""
        self.check(Kind.MEMBERSHIP, Level.READ, who)
        found = self._door.vault.memberships(who=who, squad_id=squad_id) if who is not None else ()
        return tuple(one for one in found if one.part is Part.ATHLETE)

    def preferences(self, who: str) -> Any:
        """What a reader prefers: the account itself, or an athlete that is seen."""
        return self._door.vault.preferences(who) if who == self._door.actor.id or self.sees(who) else None

    def put_preferences(self, chosen: Any) -> None:
        """Keep what the account, or the athlete that it is, prefers."""
        if chosen.who != self._door.actor.id:
            self.check(Kind.PREFERENCE, Level.WRITE, chosen.who)
        self._door.vault.put_preferences(chosen)

    def close(self) -> None:
        """The door closes what it opened."""


def _no_run(run_id: str) -> NotFound:
    return NotFound(f"There is no run {run_id!r}", next="a brief lists the ids of its runs")


def _made_from(algorithm: str) -> Kind:
    # how far workouts were looked at is no part of a brief: whoever brings in files keeps it
    return Kind.WORKOUT if algorithm == LOOKED else Kind.BRIEF
