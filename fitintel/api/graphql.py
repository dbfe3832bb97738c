"""GraphQL: the same records, several at once. Thin over the workbench, with limits that no query gets around.

Lists have pages of at most 200; depth, aliases and tokens of a query are limited; unexpected errors are masked.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any

import strawberry
from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIWebSocketRoute
from graphql import GraphQLError
from strawberry import UNSET
from strawberry.extensions import (
    DisableIntrospection,
    MaskErrors,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    QueryDepthLimiter,
)
from strawberry.fastapi import GraphQLRouter
from strawberry.http import GraphQLHTTPResponse
from strawberry.scalars import JSON
from strawberry.schema.config import StrawberryConfig
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionContext, ExecutionResult

from fitintel.api.graphql_live import OPERATIONS, Subscription, let_in
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
from fitintel.api.kept import keep
from fitintel.api.pages import page_of
from fitintel.api.plain import plain
from fitintel.api.who import Bench, everybody_of
from fitintel.core.errors import FitintelError, StorageUnavailable

DEPTH, ALIASES, TOKENS = 8, 15, 2000
KEPT = frozenset({"athletes", "athlete", "workouts", "alerts", "open_brief", "card"})
"""verbs whose answers change with a stamp only"""
PATIENCE = timedelta(seconds=10)
"""in which the client of a socket says who it is"""
log = logging.getLogger(__name__)


@strawberry.type(description="What can be asked.")
class Query:
    """What can be asked."""

    @strawberry.field
    async def athletes(self, info: Info, first: int = 50, after: str | None = None) -> AthletePage:
        """Everyone that you may see."""
        found = await ask(info.context.bench.athletes)
        items, following = page_of(found, lambda one: [one.id], first_of(first), after)
        return AthletePage(items=[athlete_of(info, one) for one in items], next=following)

    @strawberry.field
    async def athlete(self, info: Info, id: str) -> Athlete | None:
        """One of them."""
        try:
            return athlete_of(info, await ask(info.context.bench.athlete, id))
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


class Schema(strawberry.Schema):
    """The schema; what goes wrong in a query is told to who asks, and its text is not written to a log."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log errors that are ours to mend."""
        for error in errors:
            if _unexpected(error):
                log.error("GraphQL met something it does not expect", exc_info=error.original_error)


schema = Schema(
    Query, Mutation, Subscription,
    # a message that says what the caller may have meant would name fields that are none of theirs
    config=StrawberryConfig(disable_field_suggestions=True),
    extensions=[lambda: QueryDepthLimiter(max_depth=DEPTH), lambda: MaxAliasesLimiter(max_alias_count=ALIASES),
                lambda: MaxTokensLimiter(max_token_count=TOKENS), lambda: MaskErrors(should_mask_error=_unexpected),
                DisableIntrospection],
)  # fmt: skip


class Router(GraphQLRouter[Context, None]):
    """The routes of GraphQL: a query that does not run is a request that cannot be taken."""

    def create_response(self, response_data: Any, sub_response: Response) -> Response:
        """The answer; 400 for what was refused before it ran."""
        errors = response_data.get("errors", []) if isinstance(response_data, dict) else []
        if errors and response_data.get("data") is None and all("path" not in one for one in errors):
            sub_response.status_code = HTTPStatus.BAD_REQUEST
        return super().create_response(response_data, sub_response)

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        """The same; it may be kept where all that was asked is known to change with a stamp."""
        for error in result.errors or ():
            # not an answer with holes: the whole of it is to be asked again
            if isinstance(error.original_error, StorageUnavailable):
                raise error.original_error
        if not result.errors:
            _let_keep(request)
        return await super().process_result(request, result)

    async def on_ws_connect(self, context: Context) -> Any:
        """Ask who it is."""
        await let_in(context)
        return UNSET


def context_of(bench: Bench, request: Request, _: Annotated[None, Depends(everybody_of)]) -> Context:
    """The context of a request."""
    made = request.state.context = Context(bench)
    return made


def _let_keep(request: Request) -> None:
    """Let the answer be kept, unless something was changed, or read that no stamp speaks of."""
    context: Context = request.state.context
    verbs: set[str] = request.state.verbs
    if verbs <= KEPT and context.lasting:
        keep(request, context.bench, context.shown, told="alerts" in verbs)


async def context_of_socket() -> Context:
    """The context of a socket whose client has not yet said who it is."""
    return Context()


def _routes() -> APIRouter:
    """Requests and sockets at one address; each has its own way to say who asks."""
    options: dict[str, Any] = {"path": "/graphql", "graphql_ide": None, "allow_queries_via_get": False,
                               "max_subscriptions_per_connection": OPERATIONS}  # fmt: skip
    asked = Router(schema, context_getter=context_of, subscription_protocols=[], **options)
    followed = Router(schema, context_getter=context_of_socket, connection_init_wait_timeout=PATIENCE,
                      subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL], **options)  # fmt: skip
    found = APIRouter()
    found.routes = [one for one in asked.routes if not isinstance(one, APIWebSocketRoute)]
    found.routes += [one for one in followed.routes if isinstance(one, APIWebSocketRoute)]
    return found


router = _routes()
