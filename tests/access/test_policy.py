"""policy.yaml is refused unless it is exactly as it should be."""

from __future__ import annotations

from importlib import resources

import pytest

from fitintel.access.actor import Kind, Role
from fitintel.access.policy import policy, read
from fitintel.core.errors import UsageError

TEXT = resources.files("fitintel.access").joinpath("policy.yaml").read_text(encoding="utf-8")


def test_the_policy_of_this_release_can_be_read() -> None:
    assert read(TEXT).rules == policy().rules


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("version: 1", "version: 2", "version"),
        ("  profile: #", "  profil: #", "profil"),
        ("    athlete: {own: [read, update]}\n    coach", "    athlet: {own: [read]}\n    coach", "athlet"),
        ("athlete: {own: [execute]}", "athlete: {owns: [execute]}", "owns"),
        ("athlete: {own: [execute]}", "athlete: {own: [exekute]}", "exekute"),
        ("athlete: {own: [execute]}", "athlete: {own: [administer]}", "administer"),
        ("athlete: {own: [execute]}", "athlete: {own: execute}", "list"),
        ("athlete: {own: [execute]}", "athlete: {own: [execute, execute]}", "twice"),
        ("athlete: {own: [execute]}", "athlete: {own: [execute], own: [read]}", "twice"),
        ("athlete: {own: [execute]}", "owner: {any: [execute]}", "owner"),
        ("    categories: [notes]", "    categories: [note]", "note"),
        ("    categories: [notes]", "    categories: []", "squad"),
        ("    categories: [notes]\n", "", "categories"),
        ("purposes: [coaching, research]", "purposes: [coaching, marketing]", "coaching"),
        ("svc-ingest, svc-nightly, svc-monitor]", "svc-ingest, svc-nightly]", "every role"),
        ("  metrics: # figures", "  metrics: &anchor # figures", None),
        ("kinds:\n", "kinds: []\nmore:\n", "more"),
    ],
)
def test_a_policy_that_says_anything_unknown_is_refused(before: str, after: str, why: str | None) -> None:
    changed = TEXT.replace(before, after, 1)
    assert changed != TEXT
    if why is None:
        read(changed)
        return
    with pytest.raises(UsageError, match="policy") as caught:
        read(changed)
    assert why in str(caught.value)


def test_a_policy_that_makes_python_objects_is_refused() -> None:
    with pytest.raises(UsageError, match="policy"):
        read(TEXT.replace("version: 1", 'version: !!python/object/apply:os.system ["true"]'))


def test_no_account_may_be_owner_service_or_scientist_and_coach() -> None:
    for roles in ([Role.OWNER], [Role.SVC_INGEST], [Role.ANONYMOUS], [Role.DATA_SCIENTIST, Role.COACH],
                  [Role.DATA_SCIENTIST, Role.ADMIN]):  # fmt: skip
        with pytest.raises(UsageError):
            policy().check_roles(roles)
    policy().check_roles([Role.ATHLETE, Role.COACH, Role.ADMIN])


def test_a_permission_opens_what_it_is_made_of_and_no_more() -> None:
    assert Kind.HEALTH in policy().contains(Kind.BRIEF)
    assert Kind.HEALTH not in policy().contains(Kind.WORKOUT)
    assert policy().contains(Kind.NOTE) == {Kind.NOTE}
    assert not any(Kind.ACCOUNT in policy().contains(kind) for kind in Kind if kind is not Kind.ACCOUNT)
