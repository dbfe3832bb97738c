"""What MLflow is to know of promotions and fairness; called by the tracking's own process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fitintel.core.promotion import champions, shadowed
from fitintel.core.settings import Settings

if TYPE_CHECKING:
    from fitintel.storage.store import Store


def tell_promotions(settings: Settings, store: Store, artifacts: str | None) -> tuple[int, int]:
    """(aliases changed, fairness reports logged): champion and challenger as in use here, and the monthly reports.

    After the cards were registered: an alias can only point to a version that is there.
    """
    from fitintel.intelligence import registry
    from fitintel.tracking.aliases import set_aliases
    from fitintel.tracking.cards import model_name
    from fitintel.tracking.connection import connect
    from fitintel.tracking.fairness import log_reports

    held, on = champions(store.promotions()), dict(shadowed(store.shadows()))
    said = {name for name in (*held, *on, *(one.algorithm for one in store.shadows())) if name in registry.ids()}
    use = {name: held.get(name, registry.get(name).card.version) for name in sorted(said)}
    beside = {name: on.get(name) for name in sorted(said)}
    reports = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((settings.home / "fairness").glob("*.json"))
    ]
    if not said and not reports:
        return 0, 0
    with connect(settings.mlflow_uri) as client:
        names = {name: model_name(registry.get(name).card) for name in said}
        changed = set_aliases(client, {names[name]: version for name, version in use.items()},
                              {names[name]: version for name, version in beside.items()})  # fmt: skip
        logged = log_reports(client, reports, artifacts)
    return len(changed.changed), logged
