"""What GraphQL gives out: types made of the workbench's records, and how a field asks the workbench.

What somebody may not see is null, as is what is not there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, ParamSpec, TypeVar

import strawberry
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket
from strawberry.dataloader import DataLoader
from strawberry.fastapi import BaseContext
from strawberry.scalars import JSON

from fitintel.api.pages import LARGEST
from fitintel.api.plain import number_of, plain
from fitintel.core.errors import LogInRefused, NotAllowed, NotFound, UnknownName, UsageError
from fitintel.core.records import Athlete as Record
from fitintel.workbench.door import Workbench

P = ParamSpec("P")
R = TypeVar("R")
UNSEEN = (NotAllowed, NotFound, UnknownName)


class Context(BaseContext):
    """The workbench of who asks, and loaders that live as long as the request."""

    def __init__(self, bench: Workbench | None = None) -> None:
        super().__init__()
        self.bound = bench
        """None: a socket whose client has not yet said who it is"""
        self.cards: DataLoader[str, Any] = DataLoader(load_fn=self._cards)
        self.shown: set[str] = set()
        """athletes who are in the answer"""
        self.lasting = True
        """whether stamps say when the answer is another"""

    @property
    def bench(self) -> Workbench:
        """The workbench; raises LogInRefused while nobody has said who they are."""
        if self.bound is None:
            raise LogInRefused("Log in first")
        return self.bound

    @property
    def socket(self) -> WebSocket:
        """The socket that this is said through; raises UsageError for a request."""
        if not isinstance(self.request, WebSocket):
            raise UsageError("Events are followed through a WebSocket", next="speak graphql-transport-ws")
        return self.request

    async def _cards(self, ids: list[str]) -> list[Any]:
        return [await ask(self.bench.card, one) for one in ids]


Info = strawberry.Info[Context, None]


async def ask(verb: Callable[P, R], *given: P.args, **named: P.kwargs) -> R:
    """What a verb of the workbench answers; the event loop does not wait for the database."""
    return await run_in_threadpool(verb, *given, **named)


def first_of(first: int) -> int:
    """How many rows; raises UsageError."""
    if not 1 <= first <= LARGEST:
        raise UsageError(f"A page has 1 to {LARGEST} rows, not {first}")
    return first


@strawberry.type(description="An algorithm's card.")
class Algorithm:
    """An algorithm's card."""

    id: str
    title: str
    version: str
    validity: str
    source: str
    card: JSON


@strawberry.type(description="One execution of an algorithm.")
class Run:
    """One execution of an algorithm."""

    id: str
    algorithm_id: strawberry.Private[str]
    version: str
    parents: list[str]
    record: JSON

    @strawberry.field
    async def algorithm(self, info: Info) -> Algorithm:
        """Its card."""
        return algorithm_of(await info.context.cards.load(self.algorithm_id))


@strawberry.type(description="A sentence of a brief, with the run behind its figure.")
class Line:
    """A sentence of a brief, with the run behind its figure."""

    code: str
    subject: str
    level: str
    text: str
    reason: str
    badge: str
    validity: str
    values: JSON
    """SI"""
    run_id: str

    @strawberry.field
    async def run(self, info: Info) -> Run | None:
        """The run that made the figure."""
        return await run_of(info, self.run_id) if self.run_id else None


@strawberry.type(description="A part of a brief.")
class Section:
    """A part of a brief."""

    name: str
    title: str
    lines: list[Line]


@strawberry.type(description="An athlete's day.")
class Brief:
    """An athlete's day."""

    id: str
    day: str
    version: str
    cutoff: str
    sections: list[Section]


@strawberry.type(description="An alert that stands, or that was told.")
class Alert:
    """An alert that stands, or that was told."""

    record: JSON


@strawberry.type(description="A page of workouts, newest first.")
class WorkoutPage:
    """A page of workouts, newest first."""

    items: list[JSON]
    next: str | None


@strawberry.type(description="Somebody whose workouts are kept.")
class Athlete:
    """Somebody whose workouts are kept."""

    id: str
    name: str
    units: str
    simulated: bool

    @strawberry.field
    async def brief(self, info: Info, day: str = "", units: str = "", language: str = "en") -> Brief | None:
        """The brief of a day: 2025-10-07, today or latest."""
        from fitintel.views.language import speaking
        from fitintel.views.opened import view_of

        def made() -> dict[str, Any]:
            with speaking(language):
                return view_of(info.context.bench.open_brief(self.id, day), units or None).as_dict()

        try:
            return _brief(await ask(made))
        except (NotAllowed, NotFound):
            return None

    @strawberry.field
    async def workouts(
        self, info: Info, since: date | None = None, until: date | None = None, first: int = 50,
        after: str | None = None,
    ) -> WorkoutPage | None:  # fmt: skip
        """Workouts by local day, newest first."""
        from fitintel.api.rest.workouts import page

        try:
            found = await ask(
                page, info.context.bench, self.id, number_of(since), number_of(until), first_of(first), after
            )
        except NotAllowed:
            return None
        return WorkoutPage(items=found["items"], next=found["next"])

    @strawberry.field
    async def alerts(self, info: Info, open_only: bool = True) -> list[Alert] | None:
        """Alerts, newest first."""
        try:
            found = await ask(info.context.bench.alerts, self.id, open_only=open_only)
        except NotAllowed:
            return None
        return [Alert(record=plain(one)) for one in found[:LARGEST]]


@strawberry.type(description="A page of athletes.")
class AthletePage:
    """A page of athletes."""

    items: list[Athlete]
    next: str | None


async def run_of(info: Info, run_id: str) -> Run | None:
    """A run, or None where it is not there or not to be seen."""
    info.context.lasting = False
    try:
        found = await ask(info.context.bench.run, run_id)
    except UNSEEN:
        return None
    return Run(id=found.id, algorithm_id=found.algorithm, version=found.version, parents=list(found.parents),
               record=JSON(plain(found)))  # fmt: skip


def algorithm_of(card: Any) -> Algorithm:
    """An algorithm from its card."""
    return Algorithm(id=card.id, title=card.title, version=card.version, validity=card.validity.value,
                     source=card.source, card=JSON(card.as_dict()))  # fmt: skip


def athlete_of(info: Info, one: Record) -> Athlete:
    """An athlete from the record."""
    info.context.shown.add(one.id)
    return Athlete(id=one.id, name=one.name, units=one.units.value, simulated=one.simulated)


def _brief(said: dict[str, Any]) -> Brief:
    sections = [
        Section(name=one["name"], title=one["title"], lines=[_line(line) for line in one["lines"]])
        for one in said["sections"]
    ]
    return Brief(id=said["brief"], day=said["day"], version=said["version"], cutoff=said["cutoff"], sections=sections)


def _line(line: dict[str, Any]) -> Line:
    names = ("code", "subject", "level", "text", "reason", "badge", "validity", "run_id")
    values = JSON(json.loads(json.dumps(line["values"], default=str)))
    return Line(**{name: line[name] for name in names}, values=values)
