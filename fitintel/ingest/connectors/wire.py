"""Requests with patience: retries with backoff and jitter, Retry-After and rate limits honoured, redirects at home."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import anyio
import anyio.from_thread
import httpx

from fitintel.core.errors import AskedToWait, UpstreamError
from fitintel.ingest.connectors.answers import Node, parsed
from fitintel.ingest.connectors.safe import Limits, SafeTransport, said, same_origin, unsafe

T = TypeVar("T")
REDIRECTS = 3
Window = Callable[[Mapping[str, str], float], float | None]
"""(headers, now) -> s until the service may be asked again, where its rate limit headers say that it is used up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]
    """names in lower case"""
    body: bytes
    where: str

    def json(self) -> Node:
        """The JSON value; raises UpstreamError for a web page, an empty body or anything else."""
        value = parsed(self.body, self.where, self.headers.get("content-type", ""))
        return Node(value, self.where.rpartition("/")[2])


class Wire:
    """Requests to one service, from ordinary code; the event loop runs in a thread of its own.

    So it also works where another loop already runs, as in a notebook. One wire is shared by all athletes of a sync:
    services count requests per application.
    """

    def __init__(
        self, base: httpx.URL, limits: Limits, window: Window, *, clock: Callable[[], float] = time.time,
        private: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.base, self.limits, self._window, self._clock = base, limits, window, clock
        self._private = private
        self._closed_until: dict[str, float] = {}
        """lane -> s since 1970-01-01 UTC; the lane "" is everybody's"""
        self._closed = ExitStack()
        self._portal = self._closed.enter_context(anyio.from_thread.start_blocking_portal())
        self._client: httpx.AsyncClient = self._portal.call(self._open)

    async def _open(self) -> httpx.AsyncClient:
        limits = self.limits
        return httpx.AsyncClient(
            transport=SafeTransport(self.base, limits, self._private), follow_redirects=False, trust_env=False,
            timeout=httpx.Timeout(limits.read, connect=limits.connect, pool=limits.total),
            headers={"user-agent": "fitintel", "accept": "application/json, */*;q=0.5"},
        )  # fmt: skip

    def close(self) -> None:
        """Release connections and the thread."""
        self._portal.call(self._client.aclose)
        self._closed.close()

    def request(
        self, method: str, path: str, *, params: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None, lane: str = "",
    ) -> Answer:  # fmt: skip
        """The answer to a request, after retries; statuses below 500 other than 429 are for the caller to judge.

        `lane` is the account that asks: where the service wants one account to wait, the others go on.

        Raises:
            AskedToWait: the service wants more time than `Limits.patience`.
            UnsafeAddress, AnswerTooLarge: see `safe`.
            UpstreamError: it does not answer, or fails.
        """
        answer: Answer = self._portal.call(self._request, method, path, params, form, headers or {}, lane)
        return answer

    async def _request(
        self, method: str, path: str, params: Mapping[str, Any] | None, form: Mapping[str, str] | None,
        headers: Mapping[str, str], lane: str,
    ) -> Answer:  # fmt: skip
        url = self.base.copy_with(path=path)
        where = said(url)
        why = ""
        for attempt in range(1, self.limits.attempts + 1):
            await self._wait_until_open(lane, where)
            try:
                answer = await self._once(method, url, params, form, headers)
            except httpx.TransportError as error:
                why = _why(error)
                if "CERTIFICATE_VERIFY_FAILED" in str(error):
                    break
            else:
                now = self._clock()
                window = self._window(answer.headers, now)
                self._close_lane("", now, window)
                if answer.status < 500 and answer.status != 429:
                    return answer
                why = f"it answered {answer.status}"
                pause = _retry_after(answer.headers, now) if answer.status in (429, 503) else None
                self._close_lane(lane, now, pause)
                if (window or 0.0) > 0 or (pause or 0.0) > 0:
                    continue
            if attempt < self.limits.attempts:
                await anyio.sleep(self._backoff(attempt))
        raise UpstreamError(
            "The service does not answer as it should", where=where, why=f"{why}, {attempt} times" if why else None,
            next="run the same command again later; nothing was lost",
        )  # fmt: skip

    async def _wait_until_open(self, lane: str, where: str) -> None:
        until = max(self._closed_until.get("", 0.0), self._closed_until.get(lane, 0.0))
        wait = until - self._clock()
        if wait > self.limits.patience:
            raise AskedToWait("The service has had enough requests for now", until=until, where=where,
                              next="run fitintel sync again then; it goes on where it stopped")  # fmt: skip
        if wait > 0:
            await anyio.sleep(wait + random.uniform(0, min(1.0, wait / 10)))

    def _close_lane(self, lane: str, now: float, wait: float | None) -> None:
        if wait is not None and wait > 0:
            until = now + min(wait, self.limits.longest_wait)
            self._closed_until[lane] = max(self._closed_until.get(lane, 0.0), until)

    def _backoff(self, attempt: int) -> float:
        # full jitter: clients that failed together do not come back together
        return random.uniform(0.1, 1.0) * min(self.limits.pause * 2.0 ** (attempt - 1), self.limits.longest_pause)

    async def _once(
        self, method: str, url: httpx.URL, params: Mapping[str, Any] | None, form: Mapping[str, str] | None,
        headers: Mapping[str, str],
    ) -> Answer:  # fmt: skip
        where = said(url)
        for _ in range(REDIRECTS + 1):
            response = await self._client.request(method, url, params=params, data=form, headers=dict(headers))
            if not (response.is_redirect and response.has_redirect_location):
                return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()},
                              response.content, where)  # fmt: skip
            try:
                target = response.url.join(response.headers["location"])
            except httpx.InvalidURL as error:
                raise UpstreamError("The service points to an address that is none", where=where) from error
            if method != "GET" or not same_origin(target, self.base):
                raise unsafe(self.base, target)
            url, params = target, None
        raise UpstreamError("The service sends in circles", where=where, why=f"more than {REDIRECTS} redirects")


def _why(error: httpx.TransportError) -> str:
    text = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}{': ' + text if text else ''}"


def _retry_after(headers: Mapping[str, str], now: float) -> float | None:
    text = headers.get("retry-after", "").strip()
    try:
        wait = float(text)
        return wait if wait == wait else None
    except ValueError:
        pass
    try:
        when: datetime = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return when.timestamp() - now if when.tzinfo else None
