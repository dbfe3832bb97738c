"""GraphQL: the same records, several at once. Thin over the workbench, with limits that no query gets around.

Lists have pages of at most 200; depth, aliases and tokens of a query are limited; unexpected errors are masked.
"""

from __future__ import annotations

import strawberry
from graphql import GraphQLError
from strawberry.extensions import MaskErrors, MaxAliasesLimiter, MaxTokensLimiter, QueryDepthLimiter
from strawberry.fastapi import GraphQLRouter
from strawberry.scalars import JSON

from fitintel.api.graphql_types import (
    UNSEEN,
    Algorithm,
    Athlete,
    AthletePage,
    Context,
    Info,
    Run,
    algorithm_of,
    ask,
    athlete_of,
    first_of,
    run_of,
)
from fitintel.api.pages import page_of
from fitintel.api.plain import plain
from fitintel.api.who import Bench
from fitintel.core.errors import FitintelError

DEPTH, ALIASES, TOKENS = 8, 15, 2000


@strawberry.type(description="What can be asked.")
class Query:
    """What can be asked."""

    @strawberry.field
    async def athletes(self, info: Info, first: int = 50, after: str | None = None) -> AthletePage:
        """Everyone that you may see."""
        found = await ask(info.context.bench.athletes)
        items, following = page_of(found, lambda one: [one.id], first_of(first), after)
        return AthletePage(items=[athlete_of(one) for one in items], next=following)

    @strawberry.field
    async def athlete(self, info: Info, id: str) -> Athlete | None:
        """One of them."""
        try:
            return athlete_of(await ask(info.context.bench.athlete, id))
        except UNSEEN:
            return None

    @strawberry.field
    async def run(self, info: Info, id: str) -> Run | None:
        """One execution of an algorithm."""
        return await run_of(info, id)

    @strawberry.field
    async def algorithm(self, info: Info, id: str) -> Algorithm | None:
        """One algorithm."""
        try:
            return algorithm_of(await info.context.cards.load(id))
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
