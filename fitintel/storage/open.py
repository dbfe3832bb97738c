"""Opening what is kept, by URL. Imports nothing heavy until it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fitintel.storage.store import Blobs, Store


def open_store(database_url: str, cache_url: str = "memory://") -> Store:
    """The store at a database URL, behind a cache.

    `sqlite:///path` (created when missing), `sqlite://` (in memory), `mysql://user:password@host/database` or the same
    with `mariadb://`. The cache is `memory://` or `redis://host:port/db`. The schema is created or upgraded.

    Raises UsageError, StorageUnavailable, SchemaMismatch, or ServiceMissing when a driver is not installed.

    >>> store = open_store("sqlite://")
    >>> store.athletes(), store.revision("nobody")
    ((), 0)
    >>> store.close()
    """
    from fitintel.storage.cache import open_cache
    from fitintel.storage.cached import CachedStore
    from fitintel.storage.sql import SqlStore

    cache = open_cache(cache_url)
    store = SqlStore(database_url)
    return CachedStore(store, cache, store.identity)


def open_blobs(files_url: str) -> Blobs:
    """The file store at an fsspec URL; a path or `file://` URL is a local folder, made when first written to.

    Raises UsageError for an address that fsspec does not know, ServiceMissing when its driver is not installed.
    """
    from fitintel.storage.blobs import FileBlobs, files_at

    return FileBlobs(files_at(files_url))
