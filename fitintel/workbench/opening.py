"""An algorithm opened: its versions, and what the store knows of how it fared and came into use."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from fitintel.core.open_algorithm import OpenAlgorithm
from fitintel.core.promotion import champions
from fitintel.intelligence.registry import get, versions

if TYPE_CHECKING:
    from fitintel.storage.store import Store


def open_algorithm(store: Store, algorithm_id: str) -> OpenAlgorithm:
    """The version in use, with everything beside it; raises UnknownName."""
    get(algorithm_id)
    promotions = store.promotions(algorithm_id)
    used = get(algorithm_id, champions(promotions).get(algorithm_id))
    return OpenAlgorithm(
        card=used.card,
        doc=inspect.getdoc(used.function) or "",
        versions=tuple(get(algorithm_id, version).card for version in versions(algorithm_id)),
        promotions=promotions,
        evaluations=store.evaluations(algorithm_id),
        points=store.points(algorithm_id),
    )


def described(algorithm_id: str, version: str) -> OpenAlgorithm:
    """One version as it describes itself, with those beside it; raises UnknownName."""
    found = get(algorithm_id, version)
    return OpenAlgorithm(found.card, inspect.getdoc(found.function) or "",
                         tuple(get(algorithm_id, each).card for each in versions(algorithm_id)))  # fmt: skip
