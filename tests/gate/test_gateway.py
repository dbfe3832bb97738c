"""nginx as it is written: TLS, who may pass, what pages are sent and what browsers get."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from fitintel.access import identity
from fitintel.access.policy import policy
from fitintel.core.errors import UsageError
from fitintel.core.settings import read as read_settings
from fitintel.storage.keys import IDENTITY, kept_key
from fitintel.workbench.door import Workbench
from fitintel.workbench.identities import Entrance
from fitintel.workbench.serving import HOST, gateway
from fitintel.workbench.sessions import Gate
from tests.access.conftest import least_passwords
from tests.access.world import PASSWORD
from tests.gate.browser import HOST as NAME
from tests.gate.fronts import PAGES, Front, front

HEADER = identity.HEADER
BAR = {"x-content-type-options": "nosniff", "referrer-policy": "same-origin", "x-frame-options": "DENY",
       "cross-origin-opener-policy": "same-origin", "strict-transport-security": "max-age=31536000"}  # fmt: skip
WALK = ("/", "/nowhere", "/auth/", "/auth/log-in", "/auth/refused", "/auth/check/app", "/auth/renew", "/api/v1/health",
        "/api/v1/athletes", "/api/v1/nowhere", "/api/v1/openapi.json", "/app/", "/app/x", "/app/_stcore/metrics",
        "/coach/", "/coach/voila/query/1", "/lab/", "/mlflow/")  # fmt: skip


@pytest.fixture(scope="module")
def gate_front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    with pytest.MonkeyPatch.context() as patch:
        least_passwords(patch)
        settings = read_settings({"FITINTEL_ACCESS": "gate"}, home=folder / "home")
        with Workbench(settings) as bench:
            for name, role in (("anna", "athlete"), ("carl", "coach"), ("dora", "data_scientist"), ("boss", "admin")):
                bench.add_account(name, [role], password=PASSWORD)
        with front(settings, folder) as made:
            yield made


def logged_in(made: Front, name: str) -> dict[str, str]:
    """Cookies of a log-in with a second factor."""
    from fitintel.api.login import cookies

    with Workbench(made.settings) as bench:
        tokens = Gate(made.settings, bench.vault).let_in(bench.vault.account(name), strong=True)
    return {cookies.ACCESS: tokens.access, cookies.REFRESH: tokens.refresh}


def test_a_page_learns_who_asks_from_the_gate_and_from_nobody_else(gate_front: Front) -> None:
    forged = identity.signed(bytes(32), "boss", "s", "app", datetime.now(UTC))
    with gate_front.browser() as browser:
        browser.cookies = logged_in(gate_front, "anna")
        for value in (forged, "boss", ""):
            sent = {HEADER: value, "X-Forwarded-User": "boss", "X_Fitintel_Identity": forged}
            said = browser.get("/app/?account=boss&X-Fitintel-Identity=boss", headers=sent).json()["headers"]
            stated = identity.read(_public(gate_front), said[HEADER.lower()], "app", datetime.now(UTC))
            assert stated.account_id == "anna"
            assert forged not in str(said)


def _public(made: Front) -> bytes:
    return identity.public_of(kept_key(IDENTITY, made.settings.home))


def test_cookies_and_tokens_of_the_gate_reach_no_page(gate_front: Front) -> None:
    held = logged_in(gate_front, "anna")
    with gate_front.browser() as browser:
        browser.cookies = {"_streamlit_xsrf": "a", **held, "theme": "dark"}
        said = browser.get("/app/", headers={"authorization": "Bearer fia_x"}).json()["headers"]
    assert not any(token in str(said) for token in held.values())
    assert {part.strip() for part in said["cookie"].split(";")} == {"_streamlit_xsrf=a", "theme=dark"}
    assert not said.get("authorization")


@pytest.mark.parametrize("name", ["anna", "carl", "dora", "boss"])
def test_each_role_opens_the_pages_that_the_policy_says(name: str, gate_front: Front) -> None:
    role = {"anna": "athlete", "carl": "coach", "dora": "data_scientist", "boss": "admin"}[name]
    with gate_front.browser() as browser:
        browser.cookies = logged_in(gate_front, name)
        opened = {page for page in PAGES if browser.get(f"/{page}/").status_code == 200}
    assert opened == {page for page, roles in policy().surfaces.items() if role in roles}


def test_without_a_second_factor_only_athletes_pages_open(gate_front: Front) -> None:
    for name, code in (("anna", 200), ("carl", 403)):
        with gate_front.browser() as browser:
            assert browser.log_in(name, PASSWORD).status_code == 303
            assert browser.get("/app/" if name == "anna" else "/coach/").status_code == code


@pytest.mark.parametrize("page", PAGES)
def test_who_has_not_logged_in_is_sent_to_the_log_in_and_programs_are_told(page: str, gate_front: Front) -> None:
    with gate_front.browser() as browser:
        shown = browser.get(f"/{page}/a?b=1&c=2", headers={"accept": "text/html", "sec-fetch-mode": "navigate"})
        assert (shown.status_code, shown.headers["location"]) == (
            303, f"{gate_front.origin}/auth/renew?to=/{page}/a?b=1&c=2")  # fmt: skip
        assert browser.get(f"/{page}/a", headers={"sec-fetch-mode": "cors"}).status_code == 401
        assert browser.get(f"/{page}/a", headers={HEADER: "x"}).status_code == 401


def test_a_log_out_holds_at_the_next_request(gate_front: Front) -> None:
    with gate_front.browser() as browser:
        browser.log_in("anna", PASSWORD)
        held = browser.cookies
        assert browser.get("/app/").status_code == 200
        browser.post("/auth/log-out")
        browser.cookies = held
        assert browser.get("/app/").status_code == 401


def test_what_another_site_opens_is_refused(gate_front: Front) -> None:
    with gate_front.browser() as browser:
        browser.cookies = logged_in(gate_front, "anna")
        assert browser.get("/app/", headers={"origin": gate_front.origin}).status_code == 200
        for origin in ("https://evil.example", "null", f"https://{NAME}.evil.example", gate_front.origin + "0"):
            assert browser.get("/app/", headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("path", WALK)
@pytest.mark.parametrize("account", ["", "anna"])
def test_every_answer_carries_the_security_headers(path: str, account: str, gate_front: Front) -> None:
    with gate_front.browser() as browser:
        if account:
            browser.cookies = logged_in(gate_front, account)
        answer = browser.get(path)
    assert {name: answer.headers.get(name) for name in BAR} == BAR
    assert "no-store" in answer.headers["cache-control"] or path == "/api/v1/openapi.json"  # that is of nobody
    assert answer.headers["server"] == "nginx"
    for name in ("content-security-policy", *BAR):
        assert len(answer.headers.get_list(name)) == 1, name
    assert "x-powered-by" not in answer.headers
    said = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in said
    if not path.startswith(("/lab", "/mlflow")):
        assert "'unsafe-eval'" not in said
        assert "unsafe-inline" not in said.partition("script-src")[2].partition(";")[0]


def test_doors_that_nobody_needs_are_closed(gate_front: Front) -> None:
    with gate_front.browser() as browser:
        browser.cookies = logged_in(gate_front, "anna")
        for path in ("/auth/check/app", "/app/_stcore/metrics", "/app/_stcore/agent/openapi.json", "/_check/app",
                     "/metrics", "/coach/voila/query/1"):  # fmt: skip
            assert browser.get(path).status_code == 404, path


def test_somebodys_requests_reach_one_process_of_the_app(gate_front: Front) -> None:
    ports = {}
    for number in range(8):
        with gate_front.browser() as browser:
            browser.cookies = logged_in(gate_front, "anna")
            found = {browser.get(f"/app/{each}").json()["port"] for each in range(4)}
            assert len(found) == 1
            ports[number] = found.pop()
    assert len(set(ports.values())) == 2


def test_pages_over_clear_text_are_sent_to_tls_and_programs_are_refused(gate_front: Front) -> None:
    with httpx.Client(base_url=f"http://{HOST}:{gate_front.http}") as client:
        shown = client.get("/app/?a=1", headers={"host": "evil.example"})
        assert (shown.status_code, shown.headers["location"]) == (308, f"{gate_front.origin}/app/?a=1")
        assert client.get("/api/v1/athletes").status_code == 403


@pytest.mark.parametrize(("version", "works"), [(ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True),
                                                (ssl.TLSVersion.TLSv1_3, True)])  # fmt: skip
def test_only_todays_tls_is_spoken(version: ssl.TLSVersion, works: bool, gate_front: Front) -> None:
    context = gate_front.tls()
    if not works:
        context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    assert _shakes_hands(context, gate_front, NAME) is works


@pytest.mark.parametrize("ciphers", ["AES128-SHA", "ECDHE-ECDSA-AES128-SHA256", "ECDHE-RSA-AES256-SHA384"])
def test_old_ciphers_are_refused(ciphers: str, gate_front: Front) -> None:
    context = gate_front.tls()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    assert not _shakes_hands(context, gate_front, NAME)


def test_another_name_gets_no_certificate(gate_front: Front) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    assert not _shakes_hands(context, gate_front, "other.example")


def _shakes_hands(context: ssl.SSLContext, made: Front, name: str) -> bool:
    with socket.create_connection((HOST, made.https), timeout=30) as plain:
        try:
            with context.wrap_socket(plain, server_hostname=name):
                return True
        except (ssl.SSLError, ConnectionError):
            return False


def test_guesses_from_one_address_are_limited(gate_front: Front) -> None:
    with gate_front.browser() as browser:
        codes = {browser.log_in("nobody", "x" * 12).status_code for _ in range(12)}
    assert codes == {401, 429}


def test_large_files_reach_imports_and_nothing_else(gate_front: Front) -> None:
    large = {"files": ("large.csv", b"x" * 3_000_000)}
    with gate_front.browser() as browser:
        answers = [browser.client.post(f"/api/v1/athletes/anna/{one}", files=large) for one in ("imports", "comments")]
    # nobody has logged in; the one that is too large did not get as far as that
    assert [one.status_code for one in answers] == [401, 413]


def test_too_many_requests_of_an_address_are_told_when_to_come_again(tmp_path: Path) -> None:
    settings = read_settings({"FITINTEL_ACCESS": "gate"}, home=tmp_path / "home")
    # one at once and then one in ten seconds: whoever asks three times at once has asked too often, however slow
    limits = gateway.Limits(forms="6r/m", pages="6r/m", api="6r/m", burst=1)
    with front(settings, tmp_path, limits=limits) as made, made.browser() as browser:
        for path, form in (("/api/v1/health", None), ("/app/", None), ("/auth/log-in", {"name": "a"})):
            method = "GET" if form is None else "POST"
            answers = [browser.client.request(method, path, data=form) for _ in range(4)]
            refused = [one for one in answers if one.status_code == 429]
            assert refused, path
            assert len(refused) < len(answers), path
            for one in refused:
                assert one.headers["content-type"] == "application/problem+json"
                assert int(one.headers["retry-after"]) >= 1
                assert one.json()["status"] == 429
                assert one.json()["next"]
                assert BAR.items() <= dict(one.headers).items()
                assert "nginx/" not in one.headers["server"]


def test_what_cannot_be_served_safely_is_not_written(tmp_path: Path) -> None:
    certificate, key = gateway.self_signed(tmp_path, NAME)
    good = gateway.Gateway(tmp_path, NAME, certificate, key)
    gateway.write(good)
    key.chmod(0o644)
    with pytest.raises(UsageError, match="Others may read"):
        gateway.write(good)
    key.chmod(0o600)
    for name in ("gate.example; }", "", "a b", "$host"):
        with pytest.raises(UsageError, match="no name of a host"):
            gateway.write(gateway.Gateway(tmp_path, name, certificate, key))


def test_a_front_end_refuses_what_was_not_made_for_it(gate_front: Front) -> None:
    """Past the gateway: forged, of another front end, over, of a log-in that has ended, and the right one."""
    seed = kept_key(IDENTITY, gate_front.settings.home)
    now = datetime.now(UTC)
    with Workbench(gate_front.settings) as bench:
        gate = Gate(gate_front.settings, bench.vault)
        entrance = Entrance(gate_front.settings, "app", gate)
        tokens = gate.let_in(bench.vault.account("anna"), strong=True)
        session = tokens.session_id
        assert entrance.actor(identity.signed(seed, "anna", session, "app", now)).id == "anna"
        forged = [("boss", session, "app", now), ("anna", session, "coach", now), ("anna", "", "app", now),
                  ("anna", "0" * 32, "app", now), ("anna", session, "app", now - identity.LONGEST)]  # fmt: skip
        theirs = identity.signed(bytes(32), "anna", session, "app", now)
        for wrong in (None, "", "anna", theirs, *(identity.signed(seed, *stated) for stated in forged)):
            with pytest.raises(identity.LogInRefused):
                entrance.actor(wrong)
        seat = entrance.seat(identity.signed(seed, "anna", session, "app", now))
        assert entrance.seat(seat.header, seat) is seat
        other = gate.let_in(bench.vault.account("anna"), strong=True)
        with pytest.raises(identity.ForeignIdentity):  # the same account, another log-in
            entrance.seat(identity.signed(seed, "anna", other.session_id, "app", now), seat)
        gate.log_out(tokens.access)
        with pytest.raises(identity.LogInRefused):
            entrance.seat(seat.header, seat)
