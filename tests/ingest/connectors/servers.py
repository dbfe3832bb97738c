"""Strava and intervals.icu on loopback, as their documentation says, with faults on order.

A fault is a function that gets the request handler and answers in place of the service; it is used a number of times
for paths that a pattern matches.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Fault = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: Any

    def _serve(self) -> None:
        cloud: Cloud = self.server.cloud
        parts = urlsplit(self.path)
        self.where, self.query = parts.path, dict(parse_qsl(parts.query))
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.form = dict(parse_qsl(body.decode()))
        with cloud.lock:
            cloud.requests.append((self.command, self.where, self.query, self.form))
            fault = cloud.fault_for(self.where)
        if fault is not None:
            fault(self)
            return
        with cloud.lock:
            status, value = cloud.answer(self)
        self.say(status, value)

    do_GET = do_POST = do_DELETE = _serve

    def say(self, status: int, value: Any, kind: str = "application/json", **headers: str) -> None:
        """Answer with JSON, or with bytes as they are."""
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        for name, text in {**self.server.cloud.headers, **headers}.items():
            self.send_header(name.replace("_", "-"), text)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


class Cloud:
    """A service on loopback."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.requests: list[tuple[str, str, dict[str, str], dict[str, str]]] = []
        self.faults: list[tuple[str, int, Fault]] = []
        self.headers: dict[str, str] = {}
        self.activities: dict[str, dict[str, Any]] = {}
        self.streams: dict[str, Any] = {}
        self.owner: dict[str, str] = {}
        self.page_hook: Callable[[int], None] = lambda page: None

    def go_wrong(self, pattern: str, fault: Fault, times: int = 1) -> None:
        """Answer the next requests to matching paths with a fault."""
        self.faults.append((pattern, times, fault))

    def fault_for(self, path: str) -> Fault | None:
        for place, (pattern, times, fault) in enumerate(self.faults):
            if times and re.search(pattern, path):
                self.faults[place] = (pattern, times - 1, fault)
                return fault
        return None

    def answer(self, request: Handler) -> tuple[int, Any]:
        raise NotImplementedError

    def asked(self, pattern: str) -> list[str]:
        """Paths of requests so far that match."""
        with self.lock:
            return [path for _, path, _, _ in self.requests if re.search(pattern, path)]

    @contextmanager
    def running(self) -> Iterator[str]:
        """The service's address while it runs."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.cloud = self  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            server.server_close()


def iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ride(number: int, start: float, **more: Any) -> dict[str, Any]:
    """An activity as Strava gives it."""
    return {
        "id": number, "name": f"Ride {number}", "type": "Ride", "sport_type": "GravelRide", "start_date": iso(start),
        "start_date_local": iso(start + 3600), "utc_offset": 3600.0, "timezone": "(GMT+01:00) Europe/Berlin",
        "elapsed_time": 60, "moving_time": 60, "distance": 300.0, "total_elevation_gain": 6.0, "average_speed": 5.0,
        "max_speed": 5.0, "average_heartrate": 130.0, "max_heartrate": 130, "calories": 20.0, "manual": False,
        "private": False, "kudos_count": 0, "device_watts": True, "average_watts": 150.0, **more,
    }  # fmt: skip


def samples(seconds: int = 61, beats: int = 130) -> dict[str, dict[str, Any]]:
    """Streams as Strava gives them with `key_by_type`; one each second."""
    count = range(seconds)
    lists = {
        "time": list(count), "distance": [5.0 * each for each in count], "heartrate": [beats] * seconds,
        "altitude": [100.0 + each * 0.1 for each in count], "velocity_smooth": [5.0] * seconds,
        "cadence": [80] * seconds, "watts": [150, *[None] * 2, *[150] * (seconds - 3)], "temp": [20] * seconds,
        "latlng": [[48.0 + each * 1e-5, 11.0] for each in count], "moving": [True] * seconds,
    }  # fmt: skip
    return {name: {"data": data, "series_type": "time", "original_size": seconds, "resolution": "high"}
            for name, data in lists.items()}  # fmt: skip


class StravaCloud(Cloud):
    """Strava: OAuth2 with rotating refresh tokens, activities, streams."""

    client_id, client_secret = "4711", "app-secret-canary-9d2c"

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, dict[str, str]] = {}
        self.access: dict[str, tuple[str, float]] = {}
        self.refresh: dict[str, str] = {}
        self.lifetime = 21_600.0
        self.per_page: int | None = None
        self.issued: list[str] = []

    def add(self, activity: dict[str, Any], owner: str = "77", with_samples: bool = True, **more: Any) -> None:
        key = str(activity["id"])
        self.activities[key], self.owner[key] = activity, owner
        if with_samples:
            self.streams[key] = samples(**more)

    def remove(self, number: int) -> None:
        del self.activities[str(number)]

    def allow(self, account: str, url: str, scope: str = "read,activity:read_all") -> str:
        """What the athlete's browser is sent back to after they said yes."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert asked["client_id"] == self.client_id
        code = secrets.token_hex(8)
        self.codes[code] = {"account": account, "challenge": asked["code_challenge"], "uri": asked["redirect_uri"]}
        return f"{asked['redirect_uri']}?state={asked['state']}&code={code}&scope={scope}"

    def tokens(self, account: str, expires_at: float | None = None) -> dict[str, Any]:
        ends = time.time() + self.lifetime if expires_at is None else expires_at
        access, refresh = f"access-canary-{secrets.token_hex(8)}", f"refresh-canary-{secrets.token_hex(8)}"
        self.access[access] = (account, ends)
        self.refresh[refresh] = account
        self.issued += [access, refresh]
        return {"token_type": "Bearer", "access_token": access, "refresh_token": refresh, "expires_at": int(ends),
                "expires_in": int(self.lifetime)}  # fmt: skip

    def answer(self, request: Handler) -> tuple[int, Any]:
        path = request.where
        if path == "/oauth/token":
            return self._token(request.form)
        if path == "/oauth/deauthorize":
            known = self.access.pop(request.form.get("access_token", ""), None)
            return (200, {"access_token": "gone"}) if known else (401, _fault("AccessToken"))
        word = (request.headers.get("authorization") or "").removeprefix("Bearer ")
        account, ends = self.access.get(word, ("", 0.0))
        if ends < time.time():
            return 401, _fault("AccessToken")
        if path == "/api/v3/athlete/activities":
            return 200, self._page(account, request.query)
        found = re.fullmatch(r"/api/v3/activities/(\w+)(/streams)?", path)
        if not found or self.owner.get(found[1]) != account or found[1] not in self.activities:
            return 404, _fault("Activity")
        if found[2]:
            return (200, self.streams[found[1]]) if found[1] in self.streams else (404, _fault("Stream"))
        return 200, self.activities[found[1]]

    def _token(self, form: dict[str, str]) -> tuple[int, Any]:
        if (form.get("client_id"), form.get("client_secret")) != (self.client_id, self.client_secret):
            return 401, _fault("Application")
        if form.get("grant_type") == "authorization_code":
            code = self.codes.pop(form.get("code", ""), None)
            verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            if code is None or base64.urlsafe_b64encode(verifier).decode().rstrip("=") != code["challenge"]:
                return 400, _fault("AuthorizationCode")
            return 200, {**self.tokens(code["account"]), "athlete": {"id": int(code["account"])}}
        account = self.refresh.pop(form.get("refresh_token", ""), None)
        return (200, self.tokens(account)) if account else (400, _fault("RefreshToken"))

    def _page(self, account: str, query: dict[str, str]) -> list[dict[str, Any]]:
        number, size = int(query["page"]), self.per_page or int(query["per_page"])
        self.page_hook(number)
        after = float(query.get("after", 0))
        mine = [each for key, each in self.activities.items() if self.owner[key] == account and _start(each) > after]
        ordered = sorted(mine, key=_start)
        return ordered[(number - 1) * size : number * size]


class IntervalsCloud(Cloud):
    """intervals.icu: personal API key, activities, original files, streams, wellness."""

    key = "keycanary1l0nlqjq3j1obdhg08rz5rfhx"

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}
        self.days: dict[str, dict[str, Any]] = {}

    def answer(self, request: Handler) -> tuple[int, Any]:
        proper = "Basic " + base64.b64encode(f"API_KEY:{self.key}".encode()).decode()
        if request.headers.get("authorization") != proper:
            return 403, {"status": 403, "error": "Access denied"}
        path, query = request.where, request.query
        if path == "/api/v1/athlete/0":
            return 200, {"id": "i2049151", "name": "A"}
        if path == "/api/v1/athlete/0/activities":
            inside = [each for each in self.activities.values()
                      if query["oldest"] <= each["start_date_local"][:10] <= query["newest"]]  # fmt: skip
            return 200, sorted(inside, key=lambda each: each["start_date_local"], reverse=True)
        if path == "/api/v1/athlete/0/wellness":
            return 200, [day for name, day in sorted(self.days.items()) if query["oldest"] <= name <= query["newest"]]
        found = re.fullmatch(r"/api/v1/activity/(\w+)(/file|/streams\.json)?", path)
        if not found or found[1] not in self.activities:
            return 404, {"status": 404, "error": "Not found"}
        if found[2] == "/file":
            return (200, self.files[found[1]]) if found[1] in self.files else (404, {"status": 404})
        if found[2]:
            return 200, self.streams[found[1]]
        return 200, self.activities[found[1]]


def _start(activity: dict[str, Any]) -> float:
    try:
        return datetime.fromisoformat(activity["start_date"]).timestamp()
    except (KeyError, ValueError, TypeError):
        return time.time()


def _fault(resource: str) -> dict[str, Any]:
    return {"message": "Error", "errors": [{"resource": resource, "field": "id", "code": "invalid"}]}
