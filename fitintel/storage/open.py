"""Opening what is kept, by URL. Imports nothing heavy until it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fitintel.storage.keyring import Keyring
    from fitintel.storage.store import Blobs, Store


def open_store(database_url: str, cache_url: str = "memory://", keyring: Keyring | None = None) -> Store:
    """The store at a database URL, behind a cache.

    `sqlite:///path` (created when missing), `sqlite://` (in memory), `mysql://user:password@host/database` or the same
    with `mariadb://`. The cache is `memory://` or `redis://host:port/db`. The schema is created or upgraded.
    With a keyring free text is sealed with its athlete's key; without one it is kept, and given, as it is.

    Raises UsageError, StorageUnavailable, SchemaMismatch, or ServiceMissing when a driver is not installed.

    >>> store = open_store("sqlite://")
    >>> store.athletes(), store.revision("nobody")
    ((), 0)
    >>> store.close()
    """
    from fitintel.storage.bell import RedisBell, local_bell
    from fitintel.storage.cache import in_redis, open_cache
    from fitintel.storage.cached import CachedStore
    from fitintel.storage.sql import SqlStore

    cache = open_cache(cache_url)
    store = SqlStore(database_url)
    bell = RedisBell(cache_url, store.identity, local_bell(store.identity)) if in_redis(cache_url) else None
    if keyring is None:
        return CachedStore(store, cache, store.identity, bell)
    from fitintel.storage.sealed_store import SealedStore

    return SealedStore(store, cache, store.identity, keyring, bell)


def open_blobs(files_url: str, keyring: Keyring | None = None) -> Blobs:
    """The file store at an fsspec URL; a path or `file://` URL is a local folder, made when first written to.

    With a keyring an athlete's raw files and samples are sealed with the athlete's key.

    Raises UsageError for an address that fsspec does not know, ServiceMissing when its driver is not installed.
    """
    from fitintel.storage.blobs import FileBlobs, files_at

    files = files_at(files_url)
    if keyring is None:
        return FileBlobs(files)
    from fitintel.storage.sealed_files import SealedFiles

    return FileBlobs(SealedFiles(files, keyring))
