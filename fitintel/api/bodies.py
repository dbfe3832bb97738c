"""Bodies of requests that are read before the route reads them."""

from __future__ import annotations

from starlette.types import Message, Receive


async def whole(receive: Receive, largest: int) -> bytes | None:
    """The body; None for one that is longer than `largest` bytes, or that broke off."""
    parts, size = [], 0
    while True:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > largest or message["type"] != "http.request":
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def said_again(body: bytes) -> Receive:
    """The body for the route, as it would have come."""
    said = False

    async def receive() -> Message:
        nonlocal said
        if said:
            return {"type": "http.disconnect"}
        said = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
