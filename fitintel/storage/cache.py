"""Bytes that may be forgotten at any time: in this process, or in Redis."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from typing import Any, Protocol, TypeVar

from fitintel.core.counted import count
from fitintel.core.errors import ServiceMissing, UsageError

T = TypeVar("T")

MEMORY_BYTES = 64_000_000
LARGEST_VALUE = 16_000_000
"""Larger values stay out of Redis: reading them from the database is no slower."""
TIMEOUT = 0.25  # s; a cache that answers later than this is slower than the database
QUIET = 10.0  # s without a question to Redis after it failed
EXPIRES = 86_400  # s; entries of old revisions leave Redis by themselves

log = logging.getLogger(__name__)


class Cache(Protocol):
    """Bytes by key. `get` may always give None, `put` may always do nothing; neither ever raises."""

    def get(self, key: str) -> bytes | None:
        """The bytes last put under the key, or None."""

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes, perhaps."""

    def forget(self) -> None:
        """Forget everything of fitintel; what cannot be reached now expires by itself."""

    def close(self) -> None:
        """Release connections."""


def open_cache(cache_url: str) -> Cache:
    """The cache of a URL: `memory://` or `redis://host:port/db`; raises UsageError for another."""
    if cache_url == "memory://":
        return MemoryCache()
    if in_redis(cache_url):
        return RedisCache(cache_url)
    raise UsageError(
        "The cache address is not supported", where=cache_url.partition("://")[0],
        next="set FITINTEL_CACHE_URL to memory:// or redis://host:port/db",
    )  # fmt: skip


def in_redis(cache_url: str) -> bool:
    """Whether the cache of a URL is Redis.

    >>> in_redis("redis://localhost/0"), in_redis("memory://")
    (True, False)
    """
    return cache_url.startswith(("redis://", "rediss://", "unix://"))


class MemoryCache:
    """In this process; the entry least recently used is forgotten first.

    Not dogpile's memory backend: that one has no bound, and importing it takes as long as reading a whole history.
    """

    def __init__(self, limit: int = MEMORY_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """The bytes last put under the key, or None."""
        with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
            return counted_as("process", self._kept.get(key))

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes, unless they alone are over the limit."""
        with self._turn:
            self._size -= len(self._kept.pop(key, b""))
            if len(data) > self._limit:
                return
            self._kept[key] = data
            self._size += len(data)
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1])

    def forget(self) -> None:
        """Forget everything."""
        with self._turn:
            self._kept.clear()
            self._size = 0

    def close(self) -> None:
        """Forget everything."""
        self.forget()


class RedisCache:
    """In Redis, through dogpile.cache. Whatever goes wrong there is a cache miss.

    Values are sealed with a digest of key and content, never pickled: what somebody else wrote is not read.
    """

    def __init__(self, url: str) -> None:
        try:
            import redis
            from dogpile.cache import make_region
            from redis.backoff import NoBackoff
            from redis.retry import Retry
        except ModuleNotFoundError as error:
            raise ServiceMissing(
                "The driver for Redis is not installed", next="pip install 'fitintel[redis]'"
            ) from error
        # the last three are what dogpile raises on bytes that are not its own
        self._errors = (redis.RedisError, OSError, ValueError, TypeError, LookupError)
        self._quiet_until = 0.0
        self._failing = False
        self._turn = threading.Lock()
        # one attempt: the store is the second one
        connection = {"retry": Retry(NoBackoff(), 0)}
        try:
            self._region: Any = make_region(serializer=_as_it_is, deserializer=_as_it_is).configure(
                "dogpile.cache.redis",
                arguments={
                    "url": url, "socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT,
                    "redis_expiration_time": EXPIRES, "connection_kwargs": connection,
                },
            )  # fmt: skip
        except ValueError as error:
            raise UsageError("The Redis address is wrong", why=str(error), next="redis://host:port/db") from error

    def get(self, key: str) -> bytes | None:
        """The bytes last put under the key, or None."""
        return counted_as("redis", self._get(key))

    def _get(self, key: str) -> bytes | None:
        if not self._asks():
            return None
        try:
            found = self._region.get(key, ignore_expiration=True)
        except self._errors as error:
            self._failed(error)
            return None
        self._worked()
        return _opened(key, found) if isinstance(found, bytes) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes, unless they are large or Redis is in trouble."""
        if len(data) > LARGEST_VALUE or not self._asks():
            return
        try:
            self._region.set(key, _sealed(key, data))
        except self._errors as error:
            self._failed(error)
        else:
            self._worked()

    def forget(self) -> None:
        """Remove every key of fitintel."""
        client = self._region.backend.writer_client
        try:
            for key in client.scan_iter(match="fitintel:*", count=1000):
                client.delete(key)
        except self._errors as error:
            self._failed(error)

    def close(self) -> None:
        """Release connections."""
        self._region.backend.writer_client.close()

    def _asks(self) -> bool:
        """Whether Redis is asked now; while it is in trouble one question in QUIET seconds waits for it, not all."""
        now = time.monotonic()
        with self._turn:
            if now < self._quiet_until:
                return False
            if self._failing:
                self._quiet_until = now + QUIET
            return True

    def _failed(self, error: Exception) -> None:
        if isinstance(error, (ValueError, TypeError, LookupError)):
            return  # one undecodable entry says nothing about the others; it is overwritten next
        self._quiet_until = time.monotonic() + QUIET
        if not self._failing:
            log.warning("Redis does not answer; working without it, slower but equally right: %s", error)
        self._failing = True

    def _worked(self) -> None:
        if self._failing:
            log.warning("Redis answers again")
            self._quiet_until = 0.0
        self._failing = False


def counted_as(level: str, found: T | None) -> T | None:
    """What a cache of that level has found, counted as a hit, or None as a miss."""
    count("caches", level=level, outcome="miss" if found is None else "hit")
    return found


def _as_it_is(data: bytes) -> bytes:
    return data


def _sealed(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + data).digest() + data


def _opened(key: str, sealed: bytes) -> bytes | None:
    data = sealed[32:]
    return data if hashlib.sha256(key.encode() + data).digest() == sealed[:32] else None
