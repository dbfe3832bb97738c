"""Requests at a steady rate through the gateway, whatever its answers take, and what became of each."""

from __future__ import annotations

import asyncio
import itertools
import ssl
import statistics
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import aiohttp

PATIENCE = aiohttp.ClientTimeout(total=60)
PEOPLE = 11
"""addresses that requests come from; with the wishes, which are fewer, each person asks everything"""


@dataclass(frozen=True, slots=True)
class Wish:
    """A request that is sent again and again."""

    name: str
    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


@dataclass(slots=True)
class Load:
    """Sends its wishes in turn, `rate` a second, until it is told to stop."""

    origin: str
    """https://NAME:PORT; the name is that of this machine"""
    tls: ssl.SSLContext
    wishes: Sequence[Wish]
    rate: float
    seconds: dict[str, list[float]] = field(default_factory=dict)
    """wish -> s of each answer"""
    failures: Counter[str] = field(default_factory=Counter)
    """`wish: status or error` -> requests"""
    stopped: bool = False

    async def run(self) -> None:
        """Until `stopped`, and every answer is there."""
        name, _, port = self.origin.removeprefix("https://").rpartition(":")
        async with AsyncExitStack() as open_http:
            people = [await open_http.enter_async_context(self._person(number)) for number in range(1, PEOPLE + 1)]
            began, open_ = time.monotonic(), set[asyncio.Task[None]]()
            for number in itertools.count():
                if self.stopped:
                    break
                wish = self.wishes[number % len(self.wishes)]
                await asyncio.sleep(max(0.0, began + number / self.rate - time.monotonic()))
                task = asyncio.create_task(self._send(people[number % PEOPLE], wish, name, port))
                open_.add(task)
                task.add_done_callback(open_.discard)
            await asyncio.gather(*open_)

    def _person(self, number: int) -> aiohttp.ClientSession:
        # limits hold for an address: so many people do not have one
        connector = aiohttp.TCPConnector(ssl=self.tls, limit=0, local_addr=(f"127.0.7.{number}", 0))
        return aiohttp.ClientSession(connector=connector, timeout=PATIENCE, auto_decompress=False)

    async def _send(self, http: aiohttp.ClientSession, wish: Wish, name: str, port: str) -> None:
        began = time.perf_counter()
        headers = {"Host": f"{name}:{port}", **wish.headers}
        try:
            async with http.request(
                wish.method, f"https://127.0.0.1:{port}{wish.path}", json=wish.body, headers=headers,
                server_hostname=name, allow_redirects=False,
            ) as answer:  # fmt: skip
                await answer.read()
                if answer.status != 200:
                    self.failures[f"{wish.name}: {answer.status}"] += 1
        except (aiohttp.ClientError, TimeoutError) as error:
            self.failures[f"{wish.name}: {type(error).__name__} {error}"] += 1
        self.seconds.setdefault(wish.name, []).append(time.perf_counter() - began)

    @property
    def sent(self) -> int:
        return sum(map(len, self.seconds.values()))

    def figures(self) -> dict[str, Any]:
        """Requests, failures, and median, p99 and longest answer of each wish, s."""
        return {
            "rate_per_s": self.rate, "requests": self.sent, "failed": sum(self.failures.values()),
            "failures": dict(self.failures),
            "answers": {name: {"requests": len(held), "p50_s": round(statistics.median(held), 4),
                               "p99_s": round(sorted(held)[int(len(held) * 0.99)], 4),
                               "longest_s": round(max(held), 4)} for name, held in self.seconds.items()},
        }  # fmt: skip


def wishes(cookies: Mapping[str, str], athlete: str) -> list[Wish]:
    """What people's programs and browsers ask: reads and a POST by REST, the gate's page, the page of the app."""
    bearer = {"authorization": f"Bearer {next(iter(cookies.values()))}"}
    held = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    query = {"query": "{ athletes(first: 5) { items { id name } } }"}
    return [
        Wish("brief", "GET", f"/api/v1/athletes/{athlete}/briefs/latest", bearer),
        Wish("graphql", "POST", "/api/v1/graphql", bearer, query),
        Wish("athletes", "GET", "/api/v1/athletes", bearer),
        Wish("log-in page", "GET", "/auth/log-in"),
        Wish("graphql", "POST", "/api/v1/graphql", bearer, query),
        Wish("app page", "GET", "/app/", held),
    ]
