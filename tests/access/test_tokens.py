"""A second factor, and tokens for programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fitintel.access import codes
from fitintel.access.actor import Action, Actor, Kind
from fitintel.core.errors import LogInRefused, NotAllowed, UsageError
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import Gate
from tests.access.world import PASSWORD

pytestmark = pytest.mark.usefixtures("cheap_passwords")


def enrolled(owner: Workbench, name: str) -> str:
    made = owner.begin_second_factor(name)
    owner.confirm_second_factor(codes.code_at(made.secret, datetime.now(UTC) - timedelta(seconds=30)), name)
    return made.secret


def test_with_a_second_factor_the_password_alone_lets_nobody_in(gate: Gate, owner: Workbench) -> None:
    secret = enrolled(owner, "carl")
    for code in ("", "000000", "abc"):
        with pytest.raises(LogInRefused, match="Name, password or code is wrong"):
            gate.log_in("carl", PASSWORD, code)
    assert gate.log_in("carl", PASSWORD, codes.code_at(secret, datetime.now(UTC))).strong


def test_a_code_is_good_once(gate: Gate, owner: Workbench) -> None:
    code = codes.code_at(enrolled(owner, "carl"), datetime.now(UTC))
    gate.log_in("carl", PASSWORD, code)
    with pytest.raises(LogInRefused):
        gate.log_in("carl", PASSWORD, code)


def test_a_second_factor_that_was_never_confirmed_is_not_asked_for(gate: Gate, owner: Workbench) -> None:
    owner.begin_second_factor("anna")
    assert not gate.log_in("anna", PASSWORD).strong


@pytest.mark.parametrize("name", ["carl", "boss"])
def test_roles_that_need_a_second_factor_count_only_with_one(name: str, gate: Gate, owner: Workbench) -> None:
    def may(actor: Actor) -> bool:
        with Workbench(owner.settings, actor) as bench:
            return bench.permits(Action.READ, None, Kind.PROMOTION)

    assert not may(gate.actor(gate.log_in(name, PASSWORD).access))
    secret = enrolled(owner, name)
    assert may(gate.actor(gate.log_in(name, PASSWORD, codes.code_at(secret, datetime.now(UTC))).access))


def test_a_token_for_a_program_does_no_more_than_its_scopes(gate: Gate, owner: Workbench) -> None:
    made = owner.new_token("phone", ["workout:read", "profile:read"], account="anna")
    with Workbench(owner.settings, gate.actor(made.secret)) as bench:
        assert len(bench.workouts("anna")) == 0
        with pytest.raises(NotAllowed):
            bench.stated("goal", "anna")
        with pytest.raises(NotAllowed):
            bench.comment("x", athlete_id="anna")
        with pytest.raises(NotAllowed):
            bench.new_token("more", ["*:*"])


def test_a_revoked_token_is_refused_and_its_digest_is_never_shown(gate: Gate, owner: Workbench) -> None:
    made = owner.new_token("phone", ["*:read"], account="anna")
    assert [one.digest for one in owner.tokens("anna")] == [""]
    owner.revoke_token(made.token.id)
    with pytest.raises(LogInRefused):
        gate.actor(made.secret)


def test_a_token_has_an_end(gate: Gate, owner: Workbench, later: Any) -> None:
    made = owner.new_token("phone", ["*:read"], days=1, account="anna")
    later.ahead = timedelta(days=2)
    with pytest.raises(LogInRefused):
        gate.actor(made.secret)
    for days in (0, 366):
        with pytest.raises(UsageError):
            owner.new_token("phone", ["*:read"], days=days, account="anna")
