"""Subscriptions of GraphQL (graphql-transport-ws): live events, held to the same rules as the plain feed.

The older protocol `graphql-ws` is not spoken: it has no moment at which a client must say who it is.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import strawberry
from strawberry.exceptions import ConnectionRejectionError
from strawberry.scalars import JSON

from fitintel.api.graphql_types import Context, Info
from fitintel.api.hub import SUBSCRIPTIONS
from fitintel.api.live import WHY, after_of, hub_of, shown_actor, topic_of
from fitintel.api.who import workbench_of
from fitintel.core.errors import FitintelError, LogInRefused, UsageError
from fitintel.core.events import Event as Record

SURFACE = "graphql"
OPERATIONS = SUBSCRIPTIONS
"""under way at once in one socket"""


@strawberry.type(description="Something that has happened.")
class Event:
    """Something that has happened. It names records and holds no figures."""

    id: int
    topic: str
    kind: str
    athlete_id: str | None
    at: str
    detail: JSON


@strawberry.type(description="What can be followed.")
class Subscription:
    """What can be followed."""

    @strawberry.subscription
    async def events(
        self, info: Info, topic: str, athlete_id: str | None = None, after: int | None = None
    ) -> AsyncIterator[Event]:
        """Imports, briefs, alerts or promotions, of one athlete or all; `after` is the last id that was seen."""
        context, wanted = info.context, topic_of(topic)
        hub = hub_of(context.socket)
        with hub.joined(context.bench) as follower:
            async with follower.turn:
                async for event in hub.subscribe(follower, wanted, athlete_id, after_of(after)):
                    yield event_of(event)
            while True:
                word = await follower.queue.get()
                if follower.slow:
                    raise UsageError("You read too slowly", next="subscribe again after the last id that you have seen")
                if word.event is not None:
                    if await hub.due(follower, word):
                        yield event_of(word.event)
                elif word.ended is None:
                    raise LogInRefused("This log-in is over", next="log in again")
                else:
                    return


async def let_in(context: Context) -> None:
    """Bind the socket to who shows a token: in its handshake, or as `token` of `connection_init`.

    Raises ConnectionRejectionError: the socket is closed.
    """
    params: Any = context.connection_params
    token = params.get("token") if isinstance(params, dict) else None
    try:
        actor = await shown_actor(context.socket, token if isinstance(token, str) else None, SURFACE)
    except FitintelError as error:
        raise ConnectionRejectionError from error
    context.bound = workbench_of(context.socket, actor, SURFACE, WHY, None)


def event_of(one: Record) -> Event:
    """An event from the record."""
    return Event(id=one.id, topic=one.topic.value, kind=one.kind, athlete_id=one.athlete_id, at=one.at.isoformat(),
                 detail=JSON(dict(one.detail)))  # fmt: skip
