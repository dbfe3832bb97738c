"""Every method of the store has its place: an athlete's, the workspace's, or the workbench's own."""

from __future__ import annotations

import inspect

import pytest

from fitintel.access.actor import Kind
from fitintel.core.errors import NotAllowed, NotFound
from fitintel.core.wellness import METRICS
from fitintel.storage.sql import SqlStore
from fitintel.storage.store import Store
from fitintel.workbench.categories import CATEGORY
from fitintel.workbench.door import Workbench
from fitintel.workbench.guard import GuardedStore
from fitintel.workbench.guarded import METHODS, SPECIAL, SYSTEM, By
from tests.access.world import World


def methods(of: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(of, inspect.isfunction) if not name.startswith("_")}


def test_every_method_of_the_store_has_one_place() -> None:
    places = [set(METHODS), SPECIAL, SYSTEM]
    missing = methods(Store) - set().union(*places)
    assert not missing, f"say in workbench/guarded.py what {sorted(missing)} open"
    assert sum(map(len, places)) == len(set().union(*places))
    assert not set().union(*places) - methods(Store), "these are no methods of the store"
    assert methods(SqlStore) == methods(Store)


def test_methods_with_a_rule_of_their_own_have_it() -> None:
    assert methods(GuardedStore) - methods(GuardedStore.__base__) == SPECIAL  # type: ignore[arg-type]


def test_arguments_that_name_athletes_exist() -> None:
    for name, rule in METHODS.items():
        if rule.by is By.ARGUMENT:
            assert rule.argument in inspect.signature(getattr(Store, name)).parameters, name


def test_every_metric_of_wellness_falls_under_a_category_of_consent() -> None:
    from fitintel.access.policy import policy

    assert set(CATEGORY) == set(METRICS)
    assert set(CATEGORY.values()) <= set(policy().categories[Kind.HEALTH])


@pytest.mark.parametrize("name", sorted(set(METHODS) | SYSTEM))
def test_a_stranger_is_refused_by_every_method_or_gets_nothing(name: str, kept_world: World) -> None:
    theirs = kept_world.objects["red1"]
    with Workbench(kept_world.settings) as owner, kept_world.bench("stranger") as bench:
        rule = METHODS.get(name)
        athlete = owner.vault.athlete("red1")
        given: dict[str, object] = {"athlete_id": "red1", "athlete": athlete, "brief_id": theirs["brief_id"]}
        parameters = inspect.signature(getattr(Store, name)).parameters
        if rule is not None and rule.by is By.ARGUMENT and rule.argument not in given:

            class Record:
                athlete_id = "red1"

            given[rule.argument] = Record()
        called = {one: given.get(one) for one, each in parameters.items()
                  if one != "self" and (one in given or each.default is each.empty)}  # fmt: skip
        try:
            found = getattr(bench.store, name)(**called)
        except (NotAllowed, NotFound):
            return
        assert rule is not None
        # of no person, and read by every athlete: promotions and points
        assert rule.by is not By.ARGUMENT
        assert not any(getattr(one, "athlete_id", "") == "red1" for one in found)


def test_files_are_closed_outside_of_verbs(kept_world: World) -> None:
    with kept_world.bench("stranger") as bench, pytest.raises(NotAllowed):
        bench.blobs.get("snapshots", kept_world.objects["red1"]["digest"])


def test_the_owner_of_a_workspace_without_accounts_uses_the_store_itself(kept_world: World) -> None:
    with Workbench(kept_world.settings) as bench:
        assert bench.store is bench.vault
