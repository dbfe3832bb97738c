"""What sealing costs: the same files imported with and without a keyring, in turns; first that all is read alike.

python -m bench.sealing [--pairs N]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from fitintel.core.records import Athlete
from fitintel.core.workouts import COLUMNS
from fitintel.storage import open_blobs, open_store
from fitintel.storage.keyring import Keyring
from fitintel.storage.store import Blobs, Store
from fitintel.workbench.importing import import_files

RESULT = Path(__file__).parent / "results" / "sealing.json"
ROWS, TRACKS, SECONDS = 5_000, 4, 3600
GPX = """<?xml version="1.0"?><gpx version="1.1" creator="b" xmlns="http://www.topografix.com/GPX/1/1"><trk>
<type>running</type><trkseg>{points}</trkseg></trk></gpx>"""


def files(folder: Path) -> tuple[Path, list[Path]]:
    """A table whose every row has a note, and recorded files with a track."""
    table = folder / "diary.csv"
    rows = "".join(
        f"{1990 + n // 600}-{n // 50 % 12 + 1:02d}-{n % 28 + 1:02d},Run,{20 + n % 90}.{n % 10},{3 + n % 97},note {n}\n"
        for n in range(ROWS)
    )
    table.write_text(f"date,sport,duration (min),distance (km),notes\n{rows}")
    tracks = []
    for number in range(TRACKS):
        points = "".join(
            f'<trkpt lat="{47 + 2.7e-5 * s:.6f}" lon="{8.5 + number / 100:.6f}"><ele>{400 + s % 30}</ele>'
            f"<time>2024-05-{number + 1:02d}T{6 + s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}Z</time></trkpt>"
            for s in range(SECONDS)
        )
        tracks.append(folder / f"track-{number}.gpx")
        tracks[-1].write_text(GPX.format(points=points))
    return table, tracks


def opened(folder: Path, sealed: bool) -> tuple[Store, Blobs]:
    """An empty workspace."""
    keyring = Keyring(folder / "keyring", folder) if sealed else None
    store = open_store(f"sqlite:///{folder / 'fitintel.db'}", keyring=keyring)
    store.put_athlete(Athlete("me", "me"))
    return store, open_blobs(str(folder / "files"), keyring)


def once(folder: Path, sealed: bool, paths: list[Path]) -> tuple[float, float, Store, Blobs]:
    """s of CPU and of waiting for one import."""
    store, blobs = opened(folder, sealed)
    cpu, wall = sum(os.times()[:4]), time.perf_counter()
    import_files(store, blobs, "me", paths, workers=1)
    return sum(os.times()[:4]) - cpu, time.perf_counter() - wall, store, blobs


def read(store: Store, blobs: Blobs) -> object:
    """All that was imported, as it is read."""
    recorded = store.recordings("me")
    return store.workouts("me", columns=tuple(COLUMNS)).select(("id", "notes", "distance")), [
        blobs.get("streams", str(one.stream)) for one in recorded
    ]


def main() -> None:
    """Measure and write bench/results/sealing.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=3)
    pairs = parser.parse_args().pairs
    work = Path(tempfile.mkdtemp(prefix="sealing-"))
    try:
        table, tracks = files(work)
        found: dict[str, object] = {"rows_with_a_note": ROWS, "tracks": TRACKS, "samples_of_a_track": SECONDS}
        for name, paths in (("table", [table]), ("tracks", tracks)):
            cpu, wall, reading = [], [], []
            for pair in range(pairs):
                figures, said = {}, {}
                for sealed in (False, True) if pair % 2 else (True, False):
                    folder = work / f"{name}-{pair}-{sealed}"
                    folder.mkdir()
                    used, waited, store, blobs = once(folder, sealed, paths)
                    began = time.process_time()
                    said[sealed] = read(store, blobs)
                    figures[sealed] = used, waited, time.process_time() - began
                    store.close()
                assert said[True] == said[False], "sealed and plain are read alike"
                for kept, part in zip((cpu, wall, reading), range(3), strict=True):
                    kept.append(figures[True][part] / figures[False][part])
            found[name] = {"import_cpu_ratio": round(statistics.median(cpu), 3),
                           "import_wall_ratio": round(statistics.median(wall), 3),
                           "read_cpu_ratio": round(statistics.median(reading), 3)}  # fmt: skip
        found["load_average"] = [round(each, 1) for each in os.getloadavg()]
        RESULT.write_text(json.dumps(found, indent=2) + "\n")
        print(json.dumps(found, indent=2))
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
