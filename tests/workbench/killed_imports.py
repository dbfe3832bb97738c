"""Imports a file through the workbench again and again, each time killed at another statement.

Started by test_killed_import.py as `python killed_imports.py URL FOLDER FILE SEED`; it forks for each trial, since a
fresh interpreter would take 50 times as long. Prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import Engine, event

from fitintel import Athlete
from fitintel.storage import open_blobs, open_store, statements
from fitintel.workbench.importing import import_files
from tests.storage.children import in_child

TRIALS = 50


def main(url: str, folder: str, file: str, seed: int) -> None:
    # many statements, hence many places to die
    statements.ROWS_PER_STATEMENT = 5
    with_all = open_store(url)
    for trial in range(TRIALS + 1):
        with_all.put_athlete(Athlete(id=f"a{trial}", name="x"))
    with_all.close()

    def take_in(trial: int, die_at: int | None, report: int | None = None) -> None:
        seen = 0

        def tick(*_: object) -> None:
            nonlocal seen
            seen += 1
            if seen == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(Engine, name, tick)
        import_files(open_store(url), open_blobs(folder), f"a{trial}", [file])
        if report is not None:
            os.write(report, str(seen).encode())

    reader, writer = os.pipe()
    os.waitpid(in_child(lambda: take_in(TRIALS, None, writer)), 0)
    places = int(os.read(reader, 100))
    counts = sorted(random.Random(seed).sample(range(1, places + 1), TRIALS))
    died = []
    for trial, count in enumerate(counts):
        _, status = os.waitpid(in_child(lambda trial=trial, count=count: take_in(trial, count)), 0)  # type: ignore[misc]
        died.append(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)
    print(json.dumps({"places": places, "counts": counts, "died": died}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
