"""Bells: whoever waits for an event is woken when one is kept, in this process or, through Redis, in any other.

A ring says nothing but "look": events are rows, and who sleeps through a ring finds them at the next look.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any, Protocol

from fitintel.core.errors import ServiceMissing
from fitintel.storage.cache import QUIET, TIMEOUT

log = logging.getLogger(__name__)


class Bell(Protocol):
    """Rings are counted; who waits names the count that they know."""

    def ring(self) -> None:
        """Wake who waits. Never raises."""

    def wait(self, heard: int, seconds: float) -> int:
        """The count, as soon as it is another than `heard`, at the latest after `seconds`. Never raises."""

    def close(self) -> None:
        """Release connections."""


class LocalBell:
    """Within this process.

    >>> bell = LocalBell()
    >>> bell.ring(); bell.wait(0, 5.0), bell.wait(1, 0.0)
    (1, 1)
    """

    def __init__(self) -> None:
        self._count = 0
        self._rung = threading.Condition()

    def ring(self) -> None:
        """Wake who waits."""
        with self._rung:
            self._count += 1
            self._rung.notify_all()

    def wait(self, heard: int, seconds: float) -> int:
        """The count, as soon as it is another than `heard`."""
        with self._rung:
            self._rung.wait_for(lambda: self._count != heard, seconds)
            return self._count

    def close(self) -> None:
        """Nothing is open."""


class RedisBell:
    """Between processes, by Redis' publish and subscribe. While Redis is away it rings within this process only.

    One thread waits at a time.
    """

    def __init__(self, url: str, identity: str, local: Bell) -> None:
        try:
            import redis
            from redis.backoff import NoBackoff
            from redis.retry import Retry
        except ModuleNotFoundError as error:
            raise ServiceMissing(
                "The driver for Redis is not installed", next="pip install 'fitintel[redis]'"
            ) from error
        self._errors = (redis.RedisError, OSError, ValueError)
        self._client: Any = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=Retry(NoBackoff(), 0)
        )
        self._channel, self._local = f"fitintel:events:{identity}", local
        self._ear: Any = None
        self._quiet_until = 0.0

    def ring(self) -> None:
        """Wake who waits, wherever."""
        self._local.ring()
        if time.monotonic() >= self._quiet_until:
            try:
                self._client.publish(self._channel, b"")
            except self._errors as error:
                self._failed(error)

    def wait(self, heard: int, seconds: float) -> int:
        """The count, as soon as anybody rings."""
        count = self._local.wait(heard, 0.0)
        if count != heard or time.monotonic() < self._quiet_until:
            return self._local.wait(heard, seconds)
        try:
            if self._ear is None:
                self._ear = self._client.pubsub(ignore_subscribe_messages=True)
                self._ear.subscribe(self._channel)
            until = time.monotonic() + seconds
            while (left := until - time.monotonic()) > 0 and self._ear.get_message(timeout=left) is None:
                pass
        except self._errors as error:
            self._failed(error)
        return self._local.wait(heard, 0.0)

    def close(self) -> None:
        """Release connections."""
        if self._ear is not None:
            self._ear.close()
        self._client.close()

    def _failed(self, error: Exception) -> None:
        if not self._quiet_until:
            log.warning("Redis does not answer; events of other processes come later: %s", error)
        self._ear, self._quiet_until = None, time.monotonic() + QUIET


_bells: dict[str, LocalBell] = {}
_turn = threading.Lock()


def local_bell(identity: str) -> LocalBell:
    """The bell of a database in this process, whoever opens it."""
    with _turn:
        return _bells.setdefault(identity, LocalBell())
