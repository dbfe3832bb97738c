"""Which imports have been looked through for duplicates: an import killed in between is noticed by the next one.

Workouts are written before they are compared with others. What has been compared is kept as the digest of the imports
that brought workouts; where the ledger holds others than that, somebody did not get so far.
"""

from __future__ import annotations

from collections.abc import Collection

from fitintel.core import snapshot
from fitintel.ingest import matching
from fitintel.storage.store import Store

NAME = "matching"
"""under which the digest is kept beside fitted models: like them it is made anew from what is stored"""


def brought(store: Store, athlete_id: str) -> frozenset[str]:
    """Ids of the imports that brought workouts."""
    return store.imports_with_workouts(athlete_id)


def unfinished(store: Store, athlete_id: str, imports: Collection[str]) -> bool:
    """Whether some of these imports were perhaps never looked through by today's rules of matching."""
    kept = store.model(athlete_id, NAME, matching.VERSION)
    return bool(imports) and (kept is None or kept[0] != _digest(imports))


def finish(store: Store, athlete_id: str, imports: Collection[str]) -> None:
    """Keep that these imports have been looked through."""
    store.save_model(athlete_id, NAME, matching.VERSION, _digest(imports), len(imports))


def _digest(imports: Collection[str]) -> str:
    return snapshot.digest(sorted(imports))
