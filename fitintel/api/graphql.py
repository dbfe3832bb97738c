"""GraphQL: the same records, several at once. Thin over the workbench, with limits that no query gets around.

What somebody may not see is null, as is what is not there. Lists have pages of at most 200; depth, aliases and tokens
of a query are limited; unexpected errors are masked.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, ParamSpec, TypeVar

import strawberry
from graphql import GraphQLError
from starlette.concurrency import run_in_threadpool
from strawberry.dataloader import DataLoader
from strawberry.extensions import MaskErrors, MaxAliasesLimiter, MaxTokensLimiter, QueryDepthLimiter
from strawberry.fastapi import BaseContext, GraphQLRouter
from strawberry.scalars import JSON

from fitintel.api.pages import LARGEST, page_of
from fitintel.api.plain import number_of, plain
from fitintel.api.who import Bench
from fitintel.core.errors import FitintelError, NotAllowed, NotFound, UnknownName, UsageError
from fitintel.core.records import Athlete as Record
from fitintel.workbench.door import Workbench

P = ParamSpec("P")
R = TypeVar("R")
DEPTH, ALIASES, TOKENS = 8, 15, 2000
UNSEEN = (NotAllowed, NotFound, UnknownName)


class Context(BaseContext):
    """The workbench of who asks, and loaders that live as long as the request."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.cards: DataLoader[str, Any] = DataLoader(load_fn=self._cards)

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
        return _algorithm(await info.context.cards.load(self.algorithm_id))


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
        return await _run(info, self.run_id) if self.run_id else None


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


@strawberry.type(description="What can be asked.")
class Query:
    """What can be asked."""

    @strawberry.field
    async def athletes(self, info: Info, first: int = 50, after: str | None = None) -> AthletePage:
        """Everyone that you may see."""
        found = await ask(info.context.bench.athletes)
        items, following = page_of(found, lambda one: [one.id], first_of(first), after)
        return AthletePage(items=[_athlete(one) for one in items], next=following)

    @strawberry.field
    async def athlete(self, info: Info, id: str) -> Athlete | None:
        """One of them."""
        try:
            return _athlete(await ask(info.context.bench.athlete, id))
        except UNSEEN:
            return None

    @strawberry.field
    async def run(self, info: Info, id: str) -> Run | None:
        """One execution of an algorithm."""
        return await _run(info, id)

    @strawberry.field
    async def algorithm(self, info: Info, id: str) -> Algorithm | None:
        """One algorithm."""
        try:
            return _algorithm(await info.context.cards.load(id))
        except UNSEEN:
            return None


@strawberry.type(description="What can be done.")
class Mutation:
    """What can be done."""

    @strawberry.mutation
    async def answer(
        self, info: Info, athlete_id: str, key: str, action: str, why: str = "", until: str | None = None
    ) -> JSON:
        """Answer an alert or anything else told."""
        bench = info.context.bench
        known = await ask(bench.athlete, athlete_id)
        return JSON(plain(await ask(bench.answer, key, action, why, until, athlete_id=known.id)))

    @strawberry.mutation
    async def label(
        self, info: Info, athlete_id: str, workout_id: str, level: str, value: str, why: str = ""
    ) -> list[JSON]:
        """Say what a workout was."""
        said = await ask(info.context.bench.label, workout_id, level, value, why, athlete_id=athlete_id)
        return [JSON(plain(one)) for one in said]


async def _run(info: Info, run_id: str) -> Run | None:
    try:
        found = await ask(info.context.bench.run, run_id)
    except UNSEEN:
        return None
    return Run(id=found.id, algorithm_id=found.algorithm, version=found.version, parents=list(found.parents),
               record=JSON(plain(found)))  # fmt: skip


def _algorithm(card: Any) -> Algorithm:
    return Algorithm(id=card.id, title=card.title, version=card.version, validity=card.validity.value,
                     source=card.source, card=JSON(card.as_dict()))  # fmt: skip


def _athlete(one: Record) -> Athlete:
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


def _unexpected(error: GraphQLError) -> bool:
    """Whether an error is masked: those of ours are words for people, those of the query are about the query."""
    cause = error.original_error
    return cause is not None and not isinstance(cause, FitintelError | GraphQLError)


schema = strawberry.Schema(
    Query, Mutation,
    extensions=[lambda: QueryDepthLimiter(max_depth=DEPTH), lambda: MaxAliasesLimiter(max_alias_count=ALIASES),
                lambda: MaxTokensLimiter(max_token_count=TOKENS), lambda: MaskErrors(should_mask_error=_unexpected)],
)  # fmt: skip


async def context_of(bench: Bench) -> Context:
    """The context of a request."""
    return Context(bench)


router: GraphQLRouter[Context, None] = GraphQLRouter(
    schema, path="/graphql", context_getter=context_of, graphql_ide=None,
    allow_queries_via_get=False, subscription_protocols=[],
)  # fmt: skip
