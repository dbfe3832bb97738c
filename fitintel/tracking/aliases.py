"""set_aliases(): MLflow's aliases `champion` and `challenger` follow what is in use and what runs in the shadow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fitintel.tracking.cards import CHAMPION

if TYPE_CHECKING:
    from mlflow import MlflowClient

CHALLENGER = "challenger"


@dataclass(frozen=True, slots=True)
class Aliased:
    """What changed: `model@alias version`."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """versions that the registry does not know"""


def set_aliases(client: MlflowClient, champions: Mapping[str, str], challengers: Mapping[str, str | None]) -> Aliased:
    """Point the aliases of registered models to versions of cards: model name -> version.

    A challenger of None takes the alias away. A version that is not registered is told, and nothing is changed for it.
    """
    changed, missing = [], []
    wanted = [(CHAMPION, champions), (CHALLENGER, challengers)]
    for name in sorted({*champions, *challengers}):
        found = client.search_model_versions(f"name = '{name}'", max_results=1000)
        numbers = {one.tags["version"]: str(one.version) for one in found if "version" in one.tags}
        aliases = (
            {key: str(number) for key, number in client.get_registered_model(name).aliases.items()} if found else {}
        )
        for alias, versions in wanted:
            if name not in versions:
                continue
            version = versions[name]
            if version is None:
                if alias in aliases:
                    client.delete_registered_model_alias(name, alias)
                    changed.append(f"{name}@{alias} none")
            elif version not in numbers:
                missing.append(f"{name} {version}")
            elif aliases.get(alias) != numbers[version]:
                client.set_registered_model_alias(name, alias, numbers[version])
                changed.append(f"{name}@{alias} {version}")
    return Aliased(tuple(changed), tuple(missing))
