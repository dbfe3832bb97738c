"""JupyterLab and MLflow themselves behind the gateway, as production starts them: who is let in, and where to."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from fitintel.access import identity
from fitintel.access.policy import policy
from fitintel.core.settings import read as read_settings
from fitintel.workbench.door import Workbench
from fitintel.workbench.production.places import Places
from fitintel.workbench.production.process import Process
from fitintel.workbench.production.surfaces import surfaces
from fitintel.workbench.production.wishes import SERVICES, Wishes
from fitintel.workbench.serving import HOST
from tests.access.conftest import least_passwords
from tests.access.world import PASSWORD
from tests.gate.browser import HOST as NAME
from tests.gate.fronts import Front, front
from tests.gate.sockets import opened
from tests.gate.test_gateway import logged_in
from tests.services import free_port, server

pytestmark = pytest.mark.slow
pytest.importorskip("jupyterlab", reason="jupyterlab is not installed (pip install 'fitintel[lab]')")
PEOPLE = {"anna": "athlete", "carl": "coach", "dora": "data_scientist", "boss": "admin"}
ASKED = {"lab": "/lab/api/kernels", "mlflow": "/mlflow/ajax-api/2.0/mlflow/experiments/search?max_results=5"}
STARTS = 240.0
"""s; MLflow imports half of what is installed"""


@dataclass
class Real:
    """The gateway, and where the two are behind its back."""

    front: Front
    places: dict[str, str]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    folder, https = tmp_path_factory.mktemp("real"), free_port()
    origin = f"https://{NAME}:{https}"
    environment = {"FITINTEL_ACCESS": "gate", "FITINTEL_PUBLIC_URL": origin, "FITINTEL_HOME": str(folder / "home")}
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        least_passwords(patch)
        settings = read_settings(environment, home=folder / "home")
        with Workbench(settings) as bench:
            for name, role in PEOPLE.items():
                bench.add_account(name, [role], password=PASSWORD)
        wishes = Wishes(name=NAME, https_port=https, without=frozenset(SERVICES) - {"lab", "mlflow"})
        places = {}
        for one in surfaces(settings, Places(folder / "places"), wishes):
            words = [f"{name}={value}" for name, value in {**one.environment, **environment}.items()]
            stack.enter_context(server(["env", *words, *one.command], folder / f"{one.name}.log",
                                       lambda one=one: _answers(one), STARTS))  # type: ignore[misc]  # fmt: skip
            places[one.name] = f"{HOST}:{one.port}"
        made = stack.enter_context(front(settings, folder, https=https, places_of=places))
        yield Real(made, places)


def _answers(one: Process) -> bool:
    assert one.probe is not None
    try:
        urllib.request.urlopen(f"http://{one.probe.at}{one.probe.path}", timeout=5).close()
    except urllib.error.HTTPError as error:
        return error.code in (401, 403)
    except OSError:
        return False
    return True


@pytest.mark.parametrize("page", ASKED)
@pytest.mark.parametrize("account", ["", *PEOPLE])
def test_each_is_open_to_the_roles_of_the_policy_and_to_nobody_else(page: str, account: str, real: Real) -> None:
    allowed = account and PEOPLE[account] in {role.value for role in policy().surfaces[page]}
    with real.front.browser() as browser:
        if account:
            browser.cookies = logged_in(real.front, account)
        answer = browser.get(ASKED[page], headers={"sec-fetch-mode": "cors"})
        assert answer.status_code == (200 if allowed else 403 if account else 401), answer.text[:300]
        if allowed:
            assert answer.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("page", ASKED)
def test_an_identity_that_a_browser_brings_is_not_looked_at(page: str, real: Real) -> None:
    forged = identity.signed(bytes(32), "dora", "s", page, datetime.now(UTC))
    with real.front.browser() as browser:
        browser.cookies = logged_in(real.front, "anna")
        for said in (forged, "dora", ""):
            answer = browser.get(ASKED[page], headers={identity.HEADER: said, "sec-fetch-mode": "cors"})
            assert answer.status_code == 403


def test_past_the_gateway_the_lab_opens_for_no_identity_that_was_not_signed_for_it(real: Real) -> None:
    forged = identity.signed(bytes(32), "dora", "s", "lab", datetime.now(UTC))
    for headers in ({}, {identity.HEADER: forged}, {identity.HEADER: "dora"}):
        assert httpx.get(f"http://{real.places['lab']}{ASKED['lab']}", headers=headers).status_code == 403


def test_a_kernel_of_the_lab_is_out_of_reach_for_who_may_not_come_in(real: Real) -> None:
    mine = logged_in(real.front, "dora")
    with real.front.browser() as browser:
        browser.cookies = mine
        browser.get("/lab/lab")
        token = {"x-xsrftoken": browser.cookies.get("_xsrf", ""), "origin": real.front.origin}
        made = browser.client.post(ASKED["lab"], json={"name": "fitintel"}, headers=token)
        assert made.status_code == 201, made.text[:300]
        kernel = f"{ASKED['lab']}/{made.json()['id']}"
        assert browser.get(kernel).status_code == 200
        held = browser.cookies
        for name in ("carl", "anna", "boss", ""):
            theirs = logged_in(real.front, name) if name else {}
            browser.cookies = theirs
            refused = browser.get(kernel, headers={"sec-fetch-mode": "cors"})
            assert refused.status_code in (401, 403), name
            with pytest.raises(InvalidStatus) as told, opened(f"{kernel}/channels", real.front.https, real.front.tls(),
                                                              theirs, origin=real.front.origin):  # fmt: skip
                pass
            assert told.value.response.status_code in (401, 403), name
        with pytest.raises(InvalidStatus), opened(f"{kernel}/channels", real.front.https, real.front.tls(), mine,
                                                  origin="https://evil.example"):  # fmt: skip
            pass
        with opened(f"{kernel}/channels", real.front.https, real.front.tls(), held, origin=real.front.origin):
            pass
        browser.cookies = held
        assert browser.client.delete(kernel, headers=token).status_code == 204


def test_a_log_out_closes_both_at_the_next_request(real: Real) -> None:
    with real.front.browser() as browser:
        browser.cookies = logged_in(real.front, "dora")
        assert {browser.get(path).status_code for path in ASKED.values()} == {200}
        held = browser.cookies
        browser.post("/auth/log-out")
        browser.cookies = held
        found = {browser.get(path, headers={"sec-fetch-mode": "cors"}).status_code for path in ASKED.values()}
    assert found == {401}
