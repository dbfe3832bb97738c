"""The API beside a bare FastAPI endpoint: small reads, a kept brief, a board by GraphQL, live events to many sockets.

All servers run at once and are asked in turn, so that a busy machine is busy for all; each figure is the median of the
turns. Run with: .venv/bin/python bench/api.py
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvloop

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.api_sockets import Socket, heard
from fitintel.core import settings as settings_
from fitintel.core.events import Topic
from fitintel.workbench.door import Workbench
from fitintel.workbench.happening import event
from fitintel.workbench.serving.api import command
from fitintel.workbench.sessions import Gate
from tests.services import free_port, redis_server, server

TURNS, SECONDS, CONNECTIONS = 5, 3, 16
SOCKETS, EVENTS = 1_000, 20
AT_MOST, WITHOUT_REDIS = 2.5, 3.0
"""a kept brief beside the same document of a bare endpoint; p99 without Redis beside warm"""
SHARE, TAIL, FASTER = 0.2, 5.0, 15.0
"""of the requests of a bare ASGI program that sends the same bytes; p99 of a kept brief beside p50; kept beside made"""
COLD = 9
"""briefs that are made anew"""
DAY = "latest"
BOARD = """{ athletes(first: 10) { items { id name workouts(first: 3) { items } alerts { record } } } }"""
UNIT = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}
RESULT = Path(__file__).parent / "results" / "api.json"


def load(url: str, token: str = "", script: Path | None = None, tag: str = "") -> dict[str, float]:
    """Requests per second, and seconds of the p50 and p99, of one turn of wrk."""
    line = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", url]
    line += ["-H", f"Authorization: Bearer {token}"] if token else []
    line += ["-H", f"If-None-Match: {tag}"] if tag else []
    line += ["-s", str(script)] if script else []
    said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    found = {"rps": float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])}  # type: ignore[index]
    for name in ("50", "99"):
        figure, unit = re.search(rf"{name}%\s+([\d.]+)([a-z]+)", said).groups()  # type: ignore[union-attr]
        found[f"p{name}_s"] = float(figure) * UNIT[unit]
    return found


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"} if token else {}


def bytes_of(url: str, token: str = "", body: bytes | None = None) -> bytes:
    headers = {"content-type": "application/json", **bearer(token)}
    with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
        found: bytes = answer.read()
        return found


def get(url: str, token: str = "", body: bytes | None = None) -> Any:
    return json.loads(bytes_of(url, token, body))


@contextmanager
def running(command: list[str], address: str, folder: Path, path: str, **environment: str) -> Iterator[int]:
    """The id of a server's process, until the block ends."""
    before = dict(os.environ)
    os.environ.update(environment)

    def ready() -> bool:
        try:
            urllib.request.urlopen(address + path).close()
        except OSError:
            return False
        return True

    with server(command, folder / f"log-{urlsplit(address).port}", ready) as process:
        os.environ.clear()
        os.environ.update(before)
        yield process.pid


def median(turns: list[dict[str, float]]) -> dict[str, float]:
    return {name: float(f"{statistics.median(one[name] for one in turns):.4g}") for name in turns[0]}


async def fan_out(address: str, token: str, home: Path, server_id: int) -> dict[str, float]:
    """Seconds from an event's being kept until each of the sockets has it, and of the server's processor for each."""
    loop, got = asyncio.get_running_loop(), list[tuple[float, bytes]]()

    def said(now: float, message: bytes) -> None:
        if b'"connected"' not in message:
            got.append((now, message))

    host, _, port = address.partition("//")[2].partition(":")
    for _ in range(SOCKETS):
        await loop.create_connection(lambda: Socket(address, token, said), host, int(port))
    await heard(got, SOCKETS)
    assert all(json.loads(message)["type"] == "subscribed" for _, message in got)
    took: list[float] = []
    with Workbench.open(home) as bench:
        worked = began = 0.0
        for number in range(-1, EVENTS):  # the first opens the store
            if not number:
                worked, began, took = processor_of(server_id), time.perf_counter(), []
            got.clear()
            kept = time.perf_counter()
            await asyncio.to_thread(bench.vault.put_events, [event(Topic.BRIEFS, "made", "demo-01", n=number)])
            await heard(got, SOCKETS)
            assert {json.loads(message)["detail"]["n"] for _, message in got} == {number}
            took += [now - kept for now, _ in got]
        whole, worked = time.perf_counter() - began, processor_of(server_id) - worked
    took.sort()
    return {"sockets": SOCKETS, "p50_s": round(took[len(took) // 2], 4), "p99_s": round(took[len(took) * 99 // 100], 4),
            "messages_per_s": round(len(took) / whole), "processor_s_per_event": round(worked / EVENTS, 4)}  # fmt: skip


def processor_of(process_id: int) -> float:
    """Seconds of processor that a process has used."""
    spent = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def one_at_a_time(url: str, token: str, bench: Workbench | None) -> float:
    """Median seconds of a request on one open connection; with `bench` a fact is changed before each."""
    where = urlsplit(url)
    took = []
    connection = http.client.HTTPConnection(where.netloc)
    for number in range(COLD if bench else 50 * COLD):
        if bench is not None:
            bench.vault.put_athlete(replace(bench.athlete("demo-01"), name=f"Somebody {number}"))
        began = time.perf_counter()
        connection.request("GET", where.path, headers={"authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        answer.read()
        took.append(time.perf_counter() - began)
        assert answer.status == 200
    connection.close()
    return statistics.median(took)


def main() -> None:
    assert shutil.which("wrk"), "Debian: apt-get install wrk"
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        home = folder / "home"
        with Workbench.open(home) as bench:
            bench.ensure_demo(athletes=12, years=1.0)
            bench.add_squad("red")
            for athlete in [one.id for one in bench.athletes()]:
                bench.invite("red", athlete, accepted=True)
                bench.give_consent(["profile", "training", "brief"], athlete_id=athlete)
            bench.add_account("coach", ["coach"])
            bench.invite("red", "coach", "coach", accepted=True)
            token = Gate(bench.settings, bench.vault).let_in(bench.vault.account("coach"), strong=True).access
        assert settings_.read({}, home=home).cache_url == "memory://"
        cache, redis = stack.enter_context(redis_server())
        ours, bare = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
        environment = {"FITINTEL_HOME": str(home), "FITINTEL_CACHE_URL": cache}
        line, _ = command(settings_.read({}, home=home), urlsplit(ours).port or 0)
        process_id = stack.enter_context(running(line, ours, folder, "/api/v1/health", **environment))
        v1 = f"{ours}/api/v1"
        brief_url = f"{v1}/athletes/demo-01/briefs/{DAY}"
        document, raw = folder / "document.json", folder / "raw.json"
        document.write_text(json.dumps(get(brief_url, token)))
        raw.write_bytes(bytes_of(brief_url, token))
        line = [sys.executable, "-m", "uvicorn", "--app-dir", "bench", "api_bare:app", "--host=127.0.0.1",
                f"--port={urlsplit(bare).port}", "--log-level=warning", "--no-server-header"]  # fmt: skip
        stack.enter_context(running(line, bare, folder, "/small", BENCH_DOCUMENT=str(document), BENCH_RAW=str(raw)))
        # equal first: what is kept says what was made, and what the bare endpoints say
        assert get(brief_url, token) == json.loads(document.read_text()) == get(f"{bare}/document")
        assert bytes_of(brief_url, token) == bytes_of(f"{bare}/raw")
        board = folder / "board.lua"
        body = json.dumps({"query": BOARD})
        board.write_text(
            f"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [[{body}]]"
        )
        first = get(f"{v1}/graphql", token, body.encode())
        assert len(first["data"]["athletes"]["items"]) == 10
        assert get(f"{v1}/graphql", token, body.encode()) == first
        with urllib.request.urlopen(urllib.request.Request(brief_url, headers=bearer(token))) as answer:
            tag = answer.headers["etag"]
        urls = {"bare": f"{bare}/document", "raw": f"{bare}/raw", "brief": brief_url, "brief_304": brief_url,
                "bare_small": f"{bare}/small", "small_read": f"{v1}/athletes/demo-01",
                "board": f"{v1}/graphql"}  # fmt: skip

        def turn(name: str) -> dict[str, float]:
            own = token if urls[name].startswith(ours) else ""
            script = board if name == "board" else None
            return load(urls[name], own, script, tag if name == "brief_304" else "")

        turns: dict[str, list[dict[str, float]]] = {one: [] for one in urls}
        for place in range(TURNS + 1):
            for one in urls:
                found = turn(one)
                if place:  # the first warms up
                    turns[one].append(found)
        os.environ["FITINTEL_CACHE_URL"] = cache  # what keeps the events rings through Redis
        live = uvloop.run(fan_out(ours, token, home, process_id))
        alone = {"cached_s": one_at_a_time(brief_url, token, None)}
        with Workbench.open(home) as bench:
            alone["cold_s"] = one_at_a_time(brief_url, token, bench)
        redis.terminate()
        redis.wait()
        away: dict[str, list[dict[str, float]]] = {"brief": [], "small_read": [], "board": []}
        for place in range(TURNS + 1):
            for one in away:
                found = turn(one)
                if place:
                    away[one].append(found)
        warm, stopped = ({one: median(found) for one, found in each.items()} for each in (turns, away))

        def times(slower: str, faster: str) -> float:
            pairs = zip(turns[faster], turns[slower], strict=True)
            return round(statistics.median(a["rps"] / b["rps"] for a, b in pairs), 2)

        result = {
            "turns": TURNS, "seconds": SECONDS, "connections": CONNECTIONS, "document_bytes": raw.stat().st_size,
            "load_average": os.getloadavg()[0], "warm": warm, "without_redis": stopped, "live": live,
            "brief_to_bare": times("brief", "bare"), "brief_to_bare_small": times("brief", "bare_small"),
            "small_read_to_bare_small": times("small_read", "bare_small"),
            "board_to_bare_small": times("board", "bare_small"),
            "at_most": AT_MOST,
            "brief_share_of_raw": round(1 / times("brief", "raw"), 2), "share_at_least": SHARE,
            "brief_p99_to_p50": round(warm["brief"]["p99_s"] / warm["brief"]["p50_s"], 2),
            "p99_to_p50_at_most": TAIL,
            "one_at_a_time": {**{name: float(f"{took:.3g}") for name, took in alone.items()},
                              "cold_to_cached": round(alone["cold_s"] / alone["cached_s"], 1)},
            "cold_to_cached_at_least": FASTER,
            "p99_without_redis_to_warm": {
                one: round(stopped[one]["p99_s"] / warm[one]["p99_s"], 2) for one in away},
            "without_redis_at_most": WITHOUT_REDIS,
        }  # fmt: skip
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(RESULT.read_text())
    assert times("brief", "bare") <= AT_MOST
    assert alone["cold_s"] >= FASTER * alone["cached_s"]
    assert max(stopped[one]["p99_s"] / warm[one]["p99_s"] for one in away) <= WITHOUT_REDIS


if __name__ == "__main__":
    main()
