"""Twenty coaches open the squad's page at once and filter it: errors, times, memory, and when their kernels are gone.

What a coach's browser does is done without one, so that what is measured is the server: the page is read, the socket
of its kernel is opened, a filter is sent, and its answer is waited for. Run with:
.venv/bin/python bench/pages_crowd.py [coaches] [athletes]
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
import psutil
from pages_served import DAY, free, serving, squad

from fitintel.board.live import TARGET
from fitintel.workbench.serving import coach

KEPT = Path(__file__).parent / "results" / "pages_crowd.json"
SOON = 60.0
"""s after which the kernels of closed pages are gone"""
PATIENCE = aiohttp.ClientTimeout(total=600)


def message(kind: str, content: dict[str, Any], session: str) -> str:
    """A message as the page's script sends it."""
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": session, "username": "", "version": "5.3",
              "date": "2026-11-23T00:00:00Z"}  # fmt: skip
    return json.dumps({"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content,
                       "buffers": []})  # fmt: skip


async def said(socket: aiohttp.ClientWebSocketResponse, comm: str) -> dict[str, Any]:
    """What the page says next over its comm."""
    while True:
        told = json.loads(await socket.receive_str())
        if told["msg_type"] == "comm_msg" and told["content"]["comm_id"] == comm:
            data: dict[str, Any] = told["content"]["data"]
            return data


async def one(http: aiohttp.ClientSession, base: str, athletes: int, everybody: asyncio.Barrier) -> dict[str, float]:
    """s until the rows were there, the page lived, and a filter was answered; the page stays open until all are."""
    began = time.perf_counter()
    found: dict[str, float] = {}
    content = ""
    async with http.get(f"{base}{coach.first_page()}?day={DAY}") as answer:
        assert answer.status == 200, answer.status
        async for part in answer.content.iter_any():
            content += part.decode("utf-8", "replace")
            if "painted" not in found and 'id="rows"' in content and content.count("data-athlete=") == athletes:
                found["painted"] = time.perf_counter() - began
    assert content.count("data-athlete=") == athletes
    kernel = re.search(r'data-kernel="([^"]+)"', content)
    assert kernel is not None
    session, comm = uuid.uuid4().hex, uuid.uuid4().hex
    address = f"{base.replace('http', 'ws')}/api/kernels/{kernel[1]}/channels?session_id={session}"
    async with http.ws_connect(address, max_msg_size=0) as socket:
        await socket.send_str(message("comm_open", {"comm_id": comm, "target_name": TARGET, "data": {}}, session))
        assert (await said(socket, comm))["live"]
        found["lives"] = time.perf_counter() - began
        clicked = time.perf_counter()
        sent = {"id": 1, "do": "filter", "fields": {"flag": "look"}}
        await socket.send_str(message("comm_msg", {"comm_id": comm, "data": sent}, session))
        answered = await said(socket, comm)
        assert "error" not in answered
        assert answered["parts"]["rows"]
        found["answers"] = time.perf_counter() - clicked
        await everybody.wait()
    return found


def processes(root: int) -> list[psutil.Process]:
    """The server and its kernels."""
    server = psutil.Process(root)
    return [server, *server.children(recursive=True)]


def resident(root: int) -> float:
    """MB that they hold together: a page of memory that several share is counted once."""
    held = 0
    for each in processes(root):
        with suppress(psutil.NoSuchProcess):
            held += each.memory_full_info().pss
    return held / 1e6


async def crowd(base: str, root: int, coaches: int, athletes: int) -> dict[str, Any]:
    """Everything that is measured."""
    everybody, peak = asyncio.Barrier(coaches), [resident(root)]
    at_rest = len(processes(root)) - 1

    async def watch() -> None:
        while True:
            peak.append(resident(root))
            await asyncio.sleep(0.5)

    watching = asyncio.create_task(watch())
    async with aiohttp.ClientSession(timeout=PATIENCE) as http:
        made = await asyncio.gather(*(one(http, base, athletes, everybody) for _ in range(coaches)),
                                    return_exceptions=True)  # fmt: skip
    watching.cancel()
    closed = time.perf_counter()
    while len(processes(root)) - 1 > at_rest and time.perf_counter() - closed < 3 * SOON:
        await asyncio.sleep(0.5)
    gone = time.perf_counter() - closed
    errors = [repr(each) for each in made if isinstance(each, BaseException)]
    good = [each for each in made if isinstance(each, dict)]
    times = {name: {"median": round(statistics.median(each[name] for each in good), 2),
                    "most": round(max(each[name] for each in good), 2)} for name in good[:1] and good[0]}  # fmt: skip
    return {"coaches": coaches, "athletes": athletes, "errors": errors, "seconds": times,
            "processes_at_rest": at_rest, "resident_mb_at_rest": round(peak[0]), "resident_mb_peak": round(max(peak)),
            "kernels_gone_after_s": round(gone, 1), "at_most_s": SOON,
            "load_average": round(os.getloadavg()[0], 1)}  # fmt: skip


def main(coaches: int = 20, athletes: int = 24) -> None:
    folder = Path(tempfile.mkdtemp(prefix="fitintel-crowd-"))
    try:
        settings = squad(folder, athletes)
        port = free()
        line, environment = coach.command(settings, port)
        base = f"http://127.0.0.1:{port}"
        with serving(line, environment, f"{base}{coach.ready_at()}") as root:
            time.sleep(20)  # the kernels that wait are there
            found = asyncio.run(crowd(base, root, coaches, athletes))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(found, indent=1))
    KEPT.write_text(json.dumps(found, indent=1) + "\n")
    assert not found["errors"]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
