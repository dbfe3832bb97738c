"""The gate in a browser: without scripts, with cookies that only it reads, and forms that only its pages can send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from fitintel.access import passwords
from fitintel.api.app import create_app
from fitintel.api.login import cookies
from fitintel.api.login.asked import target
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import AT_ONCE
from tests.access.conftest import Clock
from tests.access.world import PASSWORD
from tests.gate.browser import Browser, browser_of

pytestmark = pytest.mark.usefixtures("cheap_passwords")
ADDRESSES = ("//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere",
             "javascript:1", "/app/\r\nset-cookie: a=1", "", "/" + "a" * 3_000, "/a b")  # fmt: skip


@pytest.fixture
def browser(owner: Workbench) -> Iterator[Browser]:
    with browser_of(owner.settings) as made:
        yield made


def test_who_logs_in_gets_cookies_and_comes_where_they_wanted(browser: Browser) -> None:
    answer = browser.log_in("anna", PASSWORD, to="/app/?day=2026-01-02&b=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/?day=2026-01-02&b=1")
    assert set(browser.cookies) == {cookies.ACCESS, cookies.REFRESH}
    seat = browser.get("/auth/")
    assert seat.status_code == 200
    assert "anna" in seat.text
    assert 'href="/app/"' in seat.text
    assert 'href="/coach/"' not in seat.text


def test_every_cookie_is_of_this_host_alone_and_hidden_from_scripts(browser: Browser) -> None:
    answers = [browser.get("/auth/log-in"), browser.log_in("anna", PASSWORD), browser.post("/auth/log-out")]
    found = [text for answer in answers for text in answer.headers.get_list("set-cookie")]
    assert len(found) >= 5
    for text in found:
        (morsel,) = SimpleCookie(text).values()
        assert morsel.key.startswith("__Host-")
        assert morsel["secure"]
        assert morsel["httponly"]
        assert morsel["samesite"].lower() == "lax"
        assert morsel["path"] == "/"
        assert not morsel["domain"]


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong " + PASSWORD), ("nobody", PASSWORD), ("nobody", "x")])
def test_whatever_was_wrong_the_page_is_the_same(name: str, password: str, browser: Browser) -> None:
    other = browser.log_in("carl", "wrong " + PASSWORD)
    answer = browser.log_in(name, password)
    assert answer.status_code == other.status_code == 401
    assert _without(answer.text, name) == _without(other.text, "carl")
    assert "set-cookie" not in answer.headers
    assert sorted(answer.headers) == sorted(other.headers)


def _without(page: str, name: str) -> str:
    return re.sub(r'name="form" value="\w+"', "", page.replace(f'value="{name}"', ""))


def test_known_and_unknown_names_cost_the_same_work_in_two_hundred_turns(
    browser: Browser, owner: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    # counted, not timed: what dominates the time is the hash, and other work on this machine does not change its number
    checked: list[str] = []
    kept = passwords._hasher()
    monkeypatch.setattr("fitintel.workbench.sessions.ATTEMPTS", 1_000)
    monkeypatch.setattr("fitintel.access.limiting.Addresses.may_try", lambda *_: True)

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(kept, name)

        def verify(self, hashed: str, password: str) -> bool:
            checked.append(hashed.split("$")[3])
            return bool(kept.verify(hashed, password))

    passwords._nobodys()
    monkeypatch.setattr(passwords, "_hasher", Counting)
    work: dict[str, list[tuple[str, ...]]] = {"anna": [], "nobody": []}
    for _ in range(100):
        for name, done in work.items():
            checked.clear()
            assert browser.log_in(name, "wrong " + PASSWORD).status_code == 401
            done.append(tuple(checked))
    assert work["anna"] == work["nobody"]
    assert len(work["anna"][0]) == 1


def test_a_form_of_another_site_changes_nothing(browser: Browser) -> None:
    browser.log_in("anna", PASSWORD)
    token = browser.form()
    for fields, headers in (({}, {}), ({"form": "0" * 64}, {}), ({"form": token}, {"origin": "https://evil.example"}),
                            ({"form": token}, {"sec-fetch-site": "cross-site"}),
                            ({"form": token}, {"origin": "null"})):  # fmt: skip
        answer = browser.client.post("/auth/log-out", data=fields, headers=headers)
        assert answer.status_code == 403, (fields, headers)
    assert browser.get("/auth/").status_code == 200


def test_the_token_of_a_form_is_good_in_one_browser_only(browser: Browser, owner: Workbench) -> None:
    with browser_of(owner.settings) as other:
        token = other.form()
        answer = browser.client.post("/auth/log-in", data={"name": "anna", "password": PASSWORD, "form": token})
    assert answer.status_code == 403


def test_what_is_json_cannot_log_anybody_in_or_out(browser: Browser) -> None:
    browser.log_in("anna", PASSWORD)
    assert browser.client.post("/auth/log-out", json={"form": browser.form()}).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_is_sent_to_another_server(address: str, browser: Browser) -> None:
    assert target(address) == "/auth/"
    answer = browser.log_in("anna", PASSWORD, to=address)
    assert answer.headers["location"] == "/auth/"


def test_a_log_in_is_renewed_in_silence_and_each_refresh_token_is_good_once(
    browser: Browser, later: type[Clock]
) -> None:
    browser.log_in("anna", PASSWORD)
    first = dict(browser.cookies)
    answer = browser.get("/auth/renew?to=/app/?a=1&b=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/?a=1&b=2")
    assert browser.cookies[cookies.REFRESH] != first[cookies.REFRESH]
    held = dict(browser.cookies)
    browser.cookies = first
    at_once = browser.get("/auth/renew?to=/app/")  # the other tab
    assert at_once.headers["location"] == "/app/"
    assert "set-cookie" not in at_once.headers
    browser.cookies = held
    assert browser.get("/auth/").status_code == 200
    later.ahead = AT_ONCE + timedelta(seconds=1)
    browser.cookies = first  # the thief
    assert browser.get("/auth/renew?to=/app/").headers["location"] == "/auth/log-in?to=/app/"
    browser.cookies = held
    assert browser.get("/auth/check/app").status_code == 401


def test_logging_out_ends_this_log_in_and_everywhere_ends_all(browser: Browser, owner: Workbench) -> None:
    with browser_of(owner.settings) as second, browser_of(owner.settings) as third:
        for one in (browser, second, third):
            one.log_in("anna", PASSWORD)
        held = dict(browser.cookies)
        assert browser.post("/auth/log-out").headers["location"] == "/auth/log-in"
        assert not browser.cookies
        browser.cookies = held
        assert browser.get("/auth/check/app").status_code == 401
        assert second.get("/auth/check/app").status_code == 204
        second.post("/auth/log-out-everywhere")
        assert third.get("/auth/check/app").status_code == 401


def test_the_pages_of_the_gate_load_nothing_but_their_own_style_sheet(browser: Browser) -> None:
    browser.get("/auth/log-in")
    shown = [browser.get("/auth/log-in"), browser.get("/auth/refused")]
    browser.log_in("anna", PASSWORD)
    for answer in (*shown, browser.get("/auth/")):
        assert "'unsafe-inline'" not in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "private, no-store"
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", answer.text)
        assert set(re.findall(r'(?:src|href)="([^"]*)"', answer.text)) <= {
            "data:,", "/auth/style.css", "/auth/", "/app/", "/coach/", "/lab/", "/mlflow/"}  # fmt: skip


def test_the_pages_speak_the_browsers_language(browser: Browser) -> None:
    said = browser.get("/auth/log-in", headers={"accept-language": "xx, de-AT;q=0.9, en"}).text
    assert '<html lang="de">' in said


def test_what_was_typed_is_shown_as_text(browser: Browser) -> None:
    answer = browser.log_in('"><script>alert(1)</script>', "x")
    assert "<script" not in answer.text


def test_a_script_learns_who_has_logged_in(browser: Browser) -> None:
    assert browser.get("/auth/session").status_code == 401
    browser.log_in("anna", PASSWORD)
    said = browser.get("/auth/session").json()
    assert (said["account"], said["roles"], said["strong"], said["pages"]) == ("anna", ["athlete"], False, ["app"])
    answer = browser.client.post(
        "/auth/log-out", headers={"x-fitintel-form": said["form"], "content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 303


def test_rest_does_not_take_cookies(browser: Browser) -> None:
    browser.log_in("anna", PASSWORD)
    assert browser.get("/api/v1/athletes").status_code == 401


def test_behind_the_gate_nobody_is_the_owner(tmp_path: Path) -> None:
    from fitintel.core.settings import read

    settings = read({"FITINTEL_ACCESS": "gate"}, home=tmp_path)
    with TestClient(create_app(settings), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        assert client.get("/api/v1/athletes").status_code == 401
