"""Facts kept: a database behind a cache, and files by content hash."""

from fitintel.storage.open import open_blobs, open_store

__all__ = ["open_blobs", "open_store"]
