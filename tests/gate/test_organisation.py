"""Log-in with an organisation: whom it vouches for comes in, and no word is believed that is not wholly its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fitintel.access.organisation import LASTS
from fitintel.api.login import cookies
from fitintel.core.errors import NotAllowed, UsageError
from fitintel.core.settings import Settings
from fitintel.core.settings import read as read_settings
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import Gate
from tests.gate.browser import HOST, Browser, browser_of
from tests.gate.provider import (
    CLIENT,
    SECRET,
    Provider,
    provider,
    unsigned,
    with_another_key,
    with_the_clients_secret,
)

BEGIN = "/auth/organisation?to=/coach/?day=2026-01-02"


@pytest.fixture
def organisation() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture
def settings(organisation: Provider, owner: Workbench) -> Settings:
    owner.link_account("carl", organisation.issuer, "person-1")
    return read_settings({
        "FITINTEL_OIDC_ISSUER": organisation.issuer, "FITINTEL_OIDC_CLIENT_ID": CLIENT,
        "FITINTEL_OIDC_CLIENT_SECRET": SECRET, "FITINTEL_OIDC_NAME": "The Club",
        "FITINTEL_PUBLIC_URL": f"https://{HOST}",
    }, home=owner.settings.home)  # fmt: skip


@pytest.fixture
def browser(settings: Settings) -> Iterator[Browser]:
    with browser_of(settings) as made:
        yield made


def there_and_back(browser: Browser, organisation: Provider) -> Any:
    """Through the organisation; the last answer."""
    away = browser.get(BEGIN)
    assert away.status_code == 303
    return browser.get(organisation.authorise(away.headers["location"]).removeprefix(f"https://{HOST}"))


def test_whom_the_organisation_vouches_for_comes_in(browser: Browser, organisation: Provider) -> None:
    assert "Log in with The Club" in browser.get("/auth/log-in").text
    answer = there_and_back(browser, organisation)
    assert (answer.status_code, answer.headers["location"]) == (303, "/coach/?day=2026-01-02")
    assert set(browser.cookies) - {cookies.FORM} == {cookies.ACCESS, cookies.REFRESH}
    assert browser.get("/auth/check/coach").status_code == 204


def test_without_a_second_factor_there_it_is_none_here(browser: Browser, organisation: Provider) -> None:
    organisation.amr = ("pwd",)
    assert there_and_back(browser, organisation).status_code == 303
    assert browser.get("/auth/check/coach").status_code == 403


def test_somebody_without_a_linked_account_stays_out(
    browser: Browser, organisation: Provider, owner: Workbench
) -> None:
    organisation.subject = "person-2"
    assert there_and_back(browser, organisation).status_code == 401
    assert not set(browser.cookies) & {cookies.ACCESS, cookies.REFRESH}
    organisation.subject = "person-1"
    owner.disable_account("carl")
    assert there_and_back(browser, organisation).status_code == 401


LIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "of another issuer": lambda claims: claims.update(iss="https://evil.example"),
    "for another client": lambda claims: claims.update(aud="another"),
    "for several, of whom we are not the one who asked": lambda claims: claims.update(aud=[CLIENT, "b"], azp="b"),
    "of another log-in": lambda claims: claims.update(nonce="x"),
    "without a nonce": lambda claims: claims.pop("nonce"),
    "over": lambda claims: claims.update(exp=claims["exp"] - 3_600, iat=claims["iat"] - 3_600),
    "of the future": lambda claims: claims.update(iat=claims["iat"] + 3_600, exp=claims["exp"] + 7_200),
    "without an end": lambda claims: claims.pop("exp"),
    "of nobody": lambda claims: claims.pop("sub"),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_word_that_is_not_for_this_log_in_is_not_believed(
    lie: Callable[[dict[str, Any]], None], browser: Browser, organisation: Provider
) -> None:
    organisation.lie = lie
    assert there_and_back(browser, organisation).status_code == 401


@pytest.mark.parametrize("sign", [unsigned, with_the_clients_secret, with_another_key])
def test_only_the_organisations_own_signature_counts(
    sign: Callable[[dict[str, Any]], str], browser: Browser, organisation: Provider
) -> None:
    organisation.sign = sign
    assert there_and_back(browser, organisation).status_code == 401


def test_an_answer_counts_in_the_browser_that_asked_and_once(
    browser: Browser, organisation: Provider, settings: Settings
) -> None:
    address = organisation.authorise(browser.get(BEGIN).headers["location"]).removeprefix(f"https://{HOST}")
    with browser_of(settings) as other:
        assert other.get(address).status_code == 401  # nothing was begun there
        other.get(BEGIN)
        assert other.get(address).status_code == 401  # another log-in was
    state = address.partition("state=")[2]
    assert browser.get(address.replace(state, "x" + state[1:])).status_code == 401
    browser.get(BEGIN)
    assert browser.get(address).status_code == 401  # begun anew: the old answer is of before


def test_an_answer_that_comes_late_or_from_elsewhere_is_refused(
    browser: Browser, organisation: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    address = organisation.authorise(browser.get(BEGIN).headers["location"]).removeprefix(f"https://{HOST}")
    assert browser.get(address.replace("127.0.0.1", "127.0.0.2")).status_code == 401
    address = organisation.authorise(browser.get(BEGIN).headers["location"]).removeprefix(f"https://{HOST}")
    now = time.time()
    monkeypatch.setattr("fitintel.workbench.organisation.time.time", lambda: now + LASTS + 1)
    assert browser.get(address).status_code == 401


@pytest.mark.parametrize("said", [{"issuer": "https://evil.example"}, {"token_endpoint": "http://10.0.0.1/token"},
                                  {"token_endpoint": "https://evil.example/token"}, {"jwks_uri": ""},
                                  {"jwks_uri": "file:///etc/passwd"}])  # fmt: skip
def test_an_organisation_that_points_elsewhere_is_not_followed(
    said: dict[str, str], browser: Browser, organisation: Provider
) -> None:
    organisation.describe = said
    away = browser.get(BEGIN)
    if away.status_code == 303:
        away = browser.get(organisation.authorise(away.headers["location"]).removeprefix(f"https://{HOST}"))
    assert away.status_code == 502
    assert cookies.ACCESS not in browser.cookies


def test_an_organisation_that_is_away_keeps_nobody_from_their_password(settings: Settings) -> None:
    from tests.access.world import PASSWORD
    from tests.services import free_port

    gone = read_settings({"FITINTEL_OIDC_ISSUER": f"http://127.0.0.1:{free_port()}", "FITINTEL_OIDC_CLIENT_ID": "x",
                          "FITINTEL_PUBLIC_URL": f"https://{HOST}"}, home=settings.home)  # fmt: skip
    with browser_of(gone) as browser:
        assert browser.get(BEGIN).status_code == 502
        assert browser.log_in("anna", PASSWORD).status_code == 303


def test_an_administrator_links_others_and_nobody_themselves(owner: Workbench, organisation: Provider) -> None:
    gate = Gate(owner.settings, owner.vault)
    owner.link_account("carl", organisation.issuer, "s")
    with pytest.raises(UsageError, match="another account"):
        owner.link_account("anna", organisation.issuer, "s")
    for issuer, subject in (("", "s"), (organisation.issuer, ""), ("a b", "s"), (organisation.issuer, "x" * 300)):
        with pytest.raises(UsageError, match="could vouch"):
            owner.link_account("carl", issuer, subject)
    for name in ("anna", "boss"):
        actor = gate.actor(gate.let_in(owner.vault.account(name), strong=True).access)
        with Workbench(owner.settings, actor) as bench, pytest.raises(NotAllowed):
            bench.link_account(name, organisation.issuer, "person-9")
    with Workbench(owner.settings, actor) as bench:
        assert bench.link_account("anna", organisation.issuer, "person-9").subject
        assert bench.link_account("anna", "", "").subject is None
