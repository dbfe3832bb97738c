"""A small world: 3 squads of 4 athletes with every state of consent, 12 actors, and one record of each kind an athlete.

Each text that belongs to an athlete holds a canary, `CANARY-<athlete>-<category>`: whoever finds one has read a record
of that category of that athlete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from fitintel.access.actor import ANONYMOUS, Actor, Role, service
from fitintel.access.policy import policy
from fitintel.core.people import Account, Status
from fitintel.core.records import Athlete
from fitintel.core.settings import Settings
from fitintel.core.settings import read as read_settings
from fitintel.storage.store import Store
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import Gate

SQUADS = ("red", "blue", "green")
CONSENT = {"1": "full", "2": "partial", "3": "none", "4": "withdrawn"}
"""last character of an athlete's id -> state of their consent"""
PARTIAL = ("profile", "training")
ATHLETES = tuple(f"{squad}{number}" for squad in SQUADS for number in CONSENT)
FIRST = date(2026, 9, 1)
DAYS = 42
PASSWORD = "correct horse battery staple"
CANARY = re.compile(r"CANARY-([a-z]+\d)-([a-z]+)")


@dataclass
class World:
    """The workspace and what is in it."""

    settings: Settings
    actors: dict[str, Actor]
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    """athlete -> name of a parameter of verbs -> an id of theirs"""

    @contextmanager
    def bench(self, name: str, surface: str = "rest") -> Iterator[Workbench]:
        """A workbench of an actor."""
        with Workbench(self.settings, self.actors[name], surface=surface) as opened:
            yield opened


def canary(athlete: str, category: str) -> str:
    """A text that gives away from where it was read."""
    return f"CANARY-{athlete}-{category}"


def build(home: Path) -> World:
    """Make it; some seconds."""
    settings = read_settings({}, home=home)
    with Workbench(settings, surface="python") as bench:
        objects = {athlete: _filled(bench, athlete, home.parent) for athlete in ATHLETES}
        _people(bench)
        actors = _actors(settings, bench.vault)
    return World(settings, actors, objects)


def _filled(bench: Workbench, athlete: str, folder: Path) -> dict[str, Any]:
    bench.store.put_athlete(Athlete(athlete, canary(athlete, "profile")))
    number = ATHLETES.index(athlete)
    lines = ["date,sport,duration (min),distance (km),notes"]
    for day in range(0, DAYS, 2):
        minutes, km = 30 + (day * 7 + number) % 25, 5 + (day * 3 + number) % 7
        lines.append(f"{FIRST + timedelta(days=day)},run,{minutes},{km},{canary(athlete, 'training')}")
    file = folder / f"{canary(athlete, 'training')}.csv"
    file.write_text("\n".join([*lines, f"not a day,run,30,5,{canary(athlete, 'training')}"]))
    (report,) = bench.import_files([file], athlete_id=athlete)
    rows = bench.store.workouts(athlete, columns=("id", "day"))
    workout, last = str(rows["id"][0]), FIRST + timedelta(days=DAYS)
    bench.add_wellness(athlete_id=athlete, date=str(last), hrv_rmssd=str(40 + number), weight="70 kg", mood="2")
    bench.state("threshold", athlete_id=athlete, kind="power", value=f"{250 + number} W", valid_from=str(FIRST))
    bench.state("excuse", athlete_id=athlete, first=str(FIRST), reason="ill",
                notes=canary(athlete, "illness"))  # fmt: skip
    bench.state("plan", athlete_id=athlete, day=str(last), sport="running", duration="30 min",
                notes=canary(athlete, "plan"))  # fmt: skip
    bench.label(workout, "activity", "walk", canary(athlete, "training"), athlete_id=athlete)
    bench.comment(canary(athlete, "message"), athlete_id=athlete)
    made = bench.brief(athlete, str(last))
    told = bench.told(athlete)[0]
    bench.answer(told.key, "helpful", canary(athlete, "brief"), athlete_id=athlete)
    run = bench.store.run(made.run_ids[0])
    problem = bench.quarantine(athlete)
    archive = bench.export(folder / f"{athlete}.zip", athlete).path
    return {
        "athlete_id": athlete, "workout_id": workout, "asked": f"{made.id}/1", "brief_id": made.id, "run_id": run.id,
        "digest": run.output, "key": told.key, "import_id": report.record.id, "day": str(last), "subject": athlete,
        "who": athlete, "archive": archive, "problem": problem[0].id if problem else "",
    }  # fmt: skip


def _people(bench: Workbench) -> None:
    for squad in SQUADS:
        bench.add_squad(squad)
    for name, roles in (("coach-red", ["coach"]), ("coach-blue", ["coach"]), ("coach-former", ["coach"]),
                        ("scientist", ["data_scientist"]), ("boss", ["admin"]), ("second", ["admin"])):  # fmt: skip
        bench.add_account(name, roles)
    for athlete in ATHLETES:
        bench.add_account(athlete, ["athlete"], athlete_id=athlete)
        bench.invite(athlete[:-1], athlete, accepted=True)
        state = CONSENT[athlete[-1]]
        if state != "none":
            given = PARTIAL if state == "partial" else policy().all_categories
            bench.give_consent(given, athlete_id=athlete)
        if state == "withdrawn":
            bench.withdraw_consent(athlete_id=athlete)
    for coach, squad in (("coach-red", "red"), ("coach-blue", "blue")):
        bench.invite(squad, coach, "coach", accepted=True)
    gone = bench.invite("red", "coach-former", "coach", accepted=True)
    bench.remove_member(gone.id)


def _actors(settings: Settings, vault: Store) -> dict[str, Actor]:
    gate = Gate(settings, vault)

    def of(name: str) -> Actor:
        return gate.actor(gate.let_in(vault.account(name), strong=True).access)

    return {
        "anonymous": ANONYMOUS, "athlete": of("red1"), "teammate": of("red2"), "stranger": of("blue1"),
        "coach": of("coach-red"), "other coach": of("coach-blue"), "former coach": of("coach-former"),
        "scientist": of("scientist"), "admin": of("boss"), "ingest": service(Role.SVC_INGEST),
        "nightly": service(Role.SVC_NIGHTLY), "monitor": service(Role.SVC_MONITOR),
    }  # fmt: skip


def disabled(vault: Store, name: str) -> Account:
    """An account that may no longer be used."""
    from dataclasses import replace

    found = replace(vault.account(name), status=Status.DISABLED)
    vault.put_account(found)
    return found


def signed_in(world: World, name: str) -> Actor:
    """An account after a log-in with a second factor."""
    with Workbench(world.settings) as owner:
        gate = Gate(world.settings, owner.vault)
        return gate.actor(gate.let_in(owner.vault.account(name), strong=True).access)


def text_of(value: Any, depth: int = 0) -> str:
    """All that is in a value, as text: what a reader of the answer could find."""
    if depth > 12:
        return ""
    if isinstance(value, BaseException):
        return f"{value} {getattr(value, 'why', '')} {getattr(value, 'next', '')} {getattr(value, 'where', '')}"
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(text_of(getattr(value, one.name), depth + 1) for one in fields(value))
    if isinstance(value, dict):
        return " ".join(f"{text_of(key, depth + 1)} {text_of(each, depth + 1)}" for key, each in value.items())
    if hasattr(value, "rows") and hasattr(value, "take"):
        return " ".join(str(row) for row in value.rows())
    if isinstance(value, Path):
        return value.read_bytes().decode("latin-1") if value.is_file() else str(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return " ".join(text_of(each, depth + 1) for each in value)
    return str(value)


def found_in(text: str) -> set[tuple[str, str]]:
    """(athlete, category) of the canaries in a text."""
    return set(CANARY.findall(text))


def now() -> datetime:
    """The time, UTC."""
    return datetime.now(UTC)
