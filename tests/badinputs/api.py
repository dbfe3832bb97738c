"""API-01 to API-10: a service with one good ride, that then goes wrong in one way each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tests.ingest.connectors import faults
from tests.ingest.connectors.conftest import DAY, START
from tests.ingest.connectors.servers import StravaCloud, ride

LIST, SECOND = "/athlete/activities$", "/activities/2$"
LOOP = 100
"""times that a fault is given out: more than anybody asks"""


@dataclass(frozen=True, slots=True)
class Wrong:
    """How the service goes wrong, and the class of what must come of it."""

    make: Callable[[StravaCloud], None]
    found: str
    says: tuple[str, ...] = ()
    rows: int = 0
    """ledger rows that it brings: one where an answer came and could not be used"""
    reconnect: bool = False
    hurried: bool = False
    """an answer may take a second"""
    then: Callable[[], float] = lambda: START + DAY
    """start of the second ride when all is well again [s since 1970-01-01 UTC]"""
    variant: str = ""


def answering(variant: str, fault: object, found: str, *says: str, path: str = LIST) -> Wrong:
    """The list, or the second ride, is answered so."""
    return Wrong(lambda cloud: cloud.go_wrong(path, fault, LOOP), found, says, variant=variant)  # type: ignore[arg-type]


def _drifted(**other: object) -> Callable[[StravaCloud], None]:
    return lambda cloud: cloud.add(ride(2, START + DAY, **other))


def api_01() -> Iterator[Wrong]:
    yield answering("login-page", faults.login_page, "E_UPSTREAM", "sha256")
    yield answering("empty", faults.says(200), "E_UPSTREAM", "empty")
    yield answering("204", faults.no_content, "E_UPSTREAM")
    yield answering("ride-is-a-page", faults.login_page, "E_UPSTREAM", "sha256", path=SECOND)


def api_02() -> Iterator[Wrong]:
    for wait in ("3600", "1000000000"):
        yield answering(wait, faults.says(429, retry_after=wait), "E_UPSTREAM", "may be asked again")
    yield answering("without", faults.says(429), "E_UPSTREAM")


def api_03() -> Iterator[Wrong]:
    yield answering("500", faults.says(500, b"oops"), "E_UPSTREAM", "500")
    yield answering("reset", faults.reset, "E_UPSTREAM")
    yield replace(answering("slow", faults.drip, "E_UPSTREAM", "1 s"), hurried=True)
    yield answering("circle", faults.redirect("/api/v3/athlete/activities"), "E_UPSTREAM")
    yield answering("private", faults.redirect("http://169.254.169.254/latest/meta-data/"), "E_SSRF", "169.254.169.254")
    yield answering("file", faults.redirect("file:///etc/passwd"), "E_SSRF")


def api_04() -> Iterator[Wrong]:
    yield answering("bomb", faults.bomb, "E_LIMIT")
    yield answering("endless", faults.endless, "E_LIMIT")
    yield answering("cut", faults.shorter_than_said, "E_UPSTREAM")


def api_05() -> Iterator[Wrong]:
    for name, value in {"moving_time": None, "distance": "5000", "elapsed_time": True, "start_date": "now"}.items():
        yield Wrong(_drifted(**{name: value}), "E_SCHEMA", (f"strava.activity.{name}",), 1, variant=name)


def api_06() -> Iterator[Wrong]:
    def again(cloud: StravaCloud) -> None:
        page = [cloud.activities["1"], ride(2, START + DAY)]
        cloud.go_wrong(LIST, lambda request: request.say(200, page), LOOP)

    yield Wrong(again, "E_UPSTREAM", variant="same-page")


def api_07() -> Iterator[Wrong]:
    def revoked(cloud: StravaCloud) -> None:
        cloud.access.clear()
        cloud.refresh.clear()

    yield Wrong(revoked, "E_UPSTREAM", ("connect",), reconnect=True, variant="revoked")
    yield Wrong(lambda cloud: cloud.go_wrong(LIST, faults.says(403, {"message": "Forbidden"}), LOOP), "E_UPSTREAM",
                ("connect",), reconnect=True, variant="scope")  # fmt: skip


def api_10() -> Iterator[Wrong]:
    yield Wrong(lambda cloud: cloud.add(ride(2, time.time() + 40 * DAY)), "E_TIME", (), 1, variant="future",
                then=lambda: time.time() - 3600)  # fmt: skip
