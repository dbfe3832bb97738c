"""Syncs a connected account again and again, each time killed at another statement or request.

Started by test_killed_sync.py as `python killed_syncs.py HOME STRAVA SEED TRIALS`; it forks for each trial, since a
fresh interpreter would take far longer. Prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from sqlalchemy import Engine, event

from fitintel.workbench import syncing
from tests.ingest.connectors.conftest import Desk
from tests.storage.children import in_child


def main(home: str, address: str, seed: int, trials: int) -> None:
    def sync(trial: int, die_at: int | None, report: int | None = None) -> None:
        from fitintel.ingest.connectors import wire

        seen = 0

        def tick(*_: object) -> None:
            nonlocal seen
            seen += 1
            if seen == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(Engine, name, tick)
        ask = wire.Wire.request

        def counted(self: wire.Wire, *args: object, **options: object) -> wire.Answer:
            tick()
            answer = ask(self, *args, **options)  # type: ignore[arg-type]
            tick()
            return answer

        wire.Wire.request = counted  # type: ignore[method-assign, assignment]
        syncing.TOGETHER = 2
        desk = Desk(Path(home), {"FITINTEL_STRAVA_URL": address, "FITINTEL_STRAVA_CLIENT_ID": "4711",
                                 "FITINTEL_STRAVA_CLIENT_SECRET": "app-secret-canary-9d2c"})  # fmt: skip
        syncing.sync(desk.office, desk.store.connections(f"a{trial}"))
        if report is not None:
            os.write(report, str(seen).encode())

    reader, writer = os.pipe()
    os.waitpid(in_child(lambda: sync(trials, None, writer)), 0)
    places = int(os.read(reader, 100))
    # not quite to the end: what is stored of one athlete changes the number of statements for the next a little
    counts = sorted(random.Random(seed).sample(range(1, places * 9 // 10), trials))
    died = []
    for trial, count in enumerate(counts):
        _, status = os.waitpid(in_child(lambda trial=trial, count=count: sync(trial, count)), 0)  # type: ignore[misc]
        died.append(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)
    print(json.dumps({"places": places, "counts": counts, "died": died}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
