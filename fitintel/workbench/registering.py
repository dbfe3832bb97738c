"""A challenger in MLflow: registered beside its champion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.core.errors import UsageError
from fitintel.intelligence import registry
from fitintel.workbench.fitted_models import FITTED
from fitintel.workbench.track import _artifacts, artifact_key, register_all

if TYPE_CHECKING:
    from fitintel.workbench.door import Door


def register_challenger(bench: Door, algorithm_id: str, version: str) -> dict[str, Any]:
    """Register an algorithm's versions, and give one the alias `challenger`; raises UsageError for the one in use."""
    from fitintel.core.promotion import champions
    from fitintel.tracking.cards import CHALLENGER, model_name, register_challenger
    from fitintel.tracking.connection import connect

    usual, card = registry.get(algorithm_id).card, registry.get(algorithm_id, version).card
    if version == champions(bench.store.promotions(algorithm_id)).get(algorithm_id, usual.version):
        raise UsageError(f"{algorithm_id} {version} is in use: it is the champion",
                         where=f"versions: {', '.join(registry.versions(algorithm_id))}",
                         next=f"make a challenger: fitintel algorithms challenger {algorithm_id}")  # fmt: skip
    settings = bench.settings
    register_all(settings, bench.store, {algorithm_id: usual})
    with connect(settings.mlflow_uri) as client:
        register_challenger(client, card, _artifacts(settings), artifact_key(settings), FITTED)
    return {"model": model_name(card), "version": version, "alias": CHALLENGER, "uri": settings.mlflow_uri}
