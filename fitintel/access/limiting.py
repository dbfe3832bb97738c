"""How often one address may try: in Redis where there is one, in this process while there is none."""

from __future__ import annotations

from typing import Any

from fitintel.core.errors import ServiceMissing

PER_ADDRESS = "60/minute"
"""log-ins and renewals of one address"""
PATIENCE = 0.5
"""s that Redis has to answer; a log-in does not wait for one that hangs"""


class Addresses:
    """A moving window for each address. Without Redis, or while it is away, each process counts on its own."""

    def __init__(self, cache_url: str = "memory://", most: str = PER_ADDRESS) -> None:
        try:
            from limits import parse, storage, strategies
        except ModuleNotFoundError as error:
            raise ServiceMissing(
                "The package for accounts is not installed", next="pip install 'fitintel[access]'"
            ) from error
        self._most = parse(most)
        self._here: Any = strategies.MovingWindowRateLimiter(storage.MemoryStorage())
        self._shared: Any = None
        if cache_url.startswith(("redis", "unix")):
            # errors of Redis come as one kind, whatever its client raises
            url = f"redis+{cache_url}" if cache_url.startswith("unix") else cache_url
            shared = storage.storage_from_string(url, wrap_exceptions=True, socket_timeout=PATIENCE,
                                                 socket_connect_timeout=PATIENCE)  # fmt: skip
            self._shared = strategies.MovingWindowRateLimiter(shared)

    def may_try(self, address: str) -> bool:
        """Whether the address may try once more; counts it.

        >>> addresses = Addresses(most="2/minute")
        >>> [addresses.may_try("192.0.2.1") for _ in range(3)], addresses.may_try("192.0.2.2")
        ([True, True, False], True)
        """
        from limits.errors import StorageError

        if self._shared is not None:
            try:
                return bool(self._shared.hit(self._most, "log-in", address))
            except StorageError:
                return bool(self._here.hit(self._most, "log-in", address))
        return bool(self._here.hit(self._most, "log-in", address))
