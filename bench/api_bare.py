"""What bench/api.py compares with: FastAPI alone, with the same document and with a small one, and bytes alone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

api = FastAPI()
DOCUMENT: dict[str, Any] = json.loads(Path(os.environ["BENCH_DOCUMENT"]).read_text())


@api.get("/document")
async def document() -> dict[str, Any]:
    return DOCUMENT


@api.get("/small")
async def small() -> dict[str, str]:
    return {"status": "up"}


RAW = Path(os.environ["BENCH_RAW"]).read_bytes()
HEADERS = [(b"content-type", b"application/json"), (b"content-length", str(len(RAW)).encode())]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """FastAPI, but for the bytes that it has no part in."""
    if scope["type"] == "http" and scope["path"] == "/raw":
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": RAW})
        return
    await api(scope, receive, send)
