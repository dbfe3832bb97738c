"""Records the examples of the OpenAPI document: `python -m tests.api.recorded`."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from fitintel.api.app import create_app
from fitintel.api.examples import RECORDED
from fitintel.core import days, settings
from fitintel.workbench.door import Workbench

V1 = "/api/v1"
DEMO = "demo-01"
ITEMS, KEYS = 2, 12
"""of a list, and of an object that is a list by name"""
SECRET = ("access", "refresh", "password")
PASSWORD = "a long password of an example"
Example = dict[str, Any]


class Recorder:
    """Sends requests and keeps the first of each route with its answer."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        paths = client.app.openapi()["paths"]  # type: ignore[attr-defined]
        self._routes = {
            (method, re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)) + "$")): f"{method} {path}"
            for path, methods in paths.items() for method in methods
        }  # fmt: skip
        self.examples: dict[str, Example] = {}

    def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """What is answered to a request; raises AssertionError for a refusal."""
        answer = self._client.request(method, f"{V1}{path}", json=body, **more)
        assert answer.is_success, answer.text
        bare = f"{V1}{path}".partition("?")[0]
        # of two routes that fit the one with fewer parameters is meant
        route = min((name for (verb, form), name in self._routes.items() if verb == method and form.match(bare)),
                    key=lambda name: name.count("{"))  # fmt: skip
        example = self.examples.setdefault(route, {})
        if body is not None:
            example.setdefault("request", masked(body))
        if "json" in answer.headers.get("content-type", ""):
            example.setdefault(str(answer.status_code), masked(cut(answer.json())))
            return answer.json()
        return None


def cut(said: Any, deep: int = 0) -> Any:
    """The same with a few entries of each list."""
    if isinstance(said, list):
        return [cut(one, deep + 1) for one in said[: ITEMS if deep < 2 else 1]]
    if isinstance(said, dict):
        return {name: cut(value, deep + 1) for name, value in list(said.items())[: KEYS if deep > 2 else None]}
    return said


def masked(said: Any) -> Any:
    """The same without what opens anything."""
    if not isinstance(said, dict):
        return said
    return {name: f"{str(value)[:4]}..." if name in SECRET else value for name, value in said.items()}


def record(folder: Path) -> dict[str, Example]:
    """Route -> an example of its request and of its answer, by status."""
    home = folder / "home"
    with Workbench.open(home) as bench:
        bench.ensure_demo(athletes=2, years=0.5)
        rows = bench.workouts(DEMO, columns=("day", "sport", "duration", "distance")).frame().tail(60)
        day = days.iso(int(rows["day"].iloc[-1]))
        lines = [f"{days.iso(int(one.day))},{one.sport},{one.duration / 60:.1f},{one.distance / 1000:.2f}"
                 for one in rows.itertuples()]  # fmt: skip
        _alerted(bench, int(rows["day"].iloc[-1]))
        table = "\n".join(["date,sport,duration (min),distance (km)", *lines, f"{day},running,abc,1"])
        with _server(home) as client:
            ask = Recorder(client)
            _own(ask, table, day)
            _squad(ask, day)
        bench.add_account("anna", ["athlete"], password=PASSWORD)
    with _server(home) as client:
        _session(ask, client)
    return dict(sorted(ask.examples.items()))


def _alerted(bench: Workbench, last: int) -> None:
    """Brief weeks of the squad's first until there was something to be told of."""
    for day in range(last - 150, last, 7):
        if bench.alerts(DEMO, open_only=False):
            return
        bench.brief(DEMO, day)


@contextmanager
def _server(home: Path) -> Iterator[TestClient]:
    app = create_app(settings.read({}, home=home))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        yield client


def _own(ask: Callable[..., Any], table: str, day: str) -> None:
    """What somebody does with their own workouts."""
    me = "/athletes/me"
    ask("post", f"{me}/imports", files={"files": ("diary.csv", table)})
    later = ask("post", f"{me}/imports", files={"files": ("track.gpx", _track(day))},
                headers={"prefer": "respond-async"})  # fmt: skip
    ask("get", f"/jobs/{later['id']}")
    workouts = ask("get", f"{me}/workouts?limit=200")["items"]
    recorded = next(one["id"] for one in workouts if one["sport"] == "cycling" and one["source"] != "csv")
    ask("get", f"{me}/workouts/{recorded}/stream?most=3")
    workout = workouts[-1]["id"]
    ask("post", f"{me}/workouts/{workout}/labels", {"activity": "run", "session": "easy"})
    ask("get", f"{me}/labels")
    ask("delete", f"{me}/workouts/{workout}/labels?level=activity")
    ask("post", f"{me}/wellness", {"day": day, "values": {"sleep_duration": "7h20", "resting_hr": "52"}})
    ask("post", f"{me}/thresholds", {"fields": {"kind": "hr_max", "value": "185", "valid_from": day}})
    ask("get", f"{me}/thresholds")
    ask("post", f"{me}/comments", {"text": "well done"})
    ask("post", f"{me}/consents", {"categories": ["training", "brief"], "purpose": "coaching"})
    ask("post", f"{me}/consents/withdrawals", {"categories": ["brief"], "purpose": "coaching"})
    ask("get", f"{me}/briefs/latest")
    told = ask("get", f"{me}/insights?limit=2")["items"][0]
    ask("post", f"{me}/answers", {"key": told["key"], "action": "helpful"})
    for noun in ("wellness", "comments", "consents", "answers", "imports", "quarantine", "access"):
        ask("get", f"{me}/{noun}")
    ask("get", f"{me}/export")


def _squad(ask: Callable[..., Any], day: str) -> None:
    """What a coach or a program reads."""
    brief = ask("get", f"/athletes/{DEMO}/briefs/{day}")
    run = next(line["run_id"] for section in brief["sections"] for line in section["lines"] if line["run_id"])
    for path in ("/athletes", f"/athletes/{DEMO}", f"/athletes/{DEMO}/alerts?open_only=false", f"/squad/{day}",
                 f"/runs/{run}", f"/runs/{run}/replay", f"/runs/{run}/explanation", "/algorithms", "/algorithms/pmc",
                 "/audit", "/audit/verdict", "/health"):  # fmt: skip
        ask("get", path)


def _session(ask: Recorder, client: TestClient) -> None:
    """A log-in, and its end."""
    ask._client = client
    first = ask("post", "/sessions", {"name": "anna", "password": PASSWORD})
    again = ask("post", "/sessions/renewals", {"refresh": first["refresh"]})
    ask("delete", "/sessions", headers={"authorization": f"Bearer {again['access']}"})


def _track(day: str) -> str:
    points = "".join(
        f'<trkpt lat="{47 + 3e-5 * s:.6f}" lon="8.5"><ele>{400 + s % 7}</ele><time>{day}T16:{s // 60:02d}:{s % 60:02d}Z'
        "</time></trkpt>" for s in range(0, 1800, 5)
    )  # fmt: skip
    return (f'<?xml version="1.0"?><gpx version="1.1" creator="example" xmlns="http://www.topografix.com/GPX/1/1"><trk>'
            f"<name>evening</name><type>cycling</type><trkseg>{points}</trkseg></trk></gpx>")  # fmt: skip


def main() -> None:
    """Write them."""
    if not RECORDED.exists():
        RECORDED.write_text("{}")
    with tempfile.TemporaryDirectory() as folder:
        found = record(Path(folder))
    RECORDED.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(found)} routes, {RECORDED.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
