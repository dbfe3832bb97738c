"""Import end to end against pipelines on other readers, as ratios in one run; what both have stored is compared first.

    python bench/ingest.py [--pairs 3] [--files 600] [--quick] [--json OUT]

Ours: hash, look up, read in a confined child, check, repair, judge, compare, store samples, rows and ledger, and wait
for the disk. The peers (`ingest_peers.py`): hash, decode, samples as Parquet, summary rows in SQLite; the same columns,
the same two workers. Each pair is ours and the peer in turn, each in a process of its own; a ratio is that of seconds
per file. The peer reads each file of the mix once, ours several copies of each, all on days of their own.

fitparse is no dependency of the project: without it (`pip install fitparse`) its part is left out, and the output says
so. Everything is written under a temporary directory.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ingest_xml
from ingest_corpus import fit_mix, fit_moulds, write_fit, xml_copy
from ingest_equal import Stored, assert_same

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
TARGETS = {"FIT": 60.0, "GPX": 4.0, "TCX": 2.0, "second import": 20.0}
MOST_MB, GROWTH = 512, 1.1
"""MB a process may take at most, and how many times as much with five times as many files"""
POINTS = 8357

Told = dict[str, Any]


def once(who: str, folder: Path, work: Path, files: int = 0) -> Told:
    """What `ingest_once.py` tells of one import."""
    command = [sys.executable, "-c", "import ingest_once; ingest_once.main()", who, str(folder), str(work)]
    done = subprocess.run([*command, "--files", str(files)], capture_output=True, text=True, check=False,
                          cwd=ROOT / "bench")  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{who} failed:\n{done.stderr}")
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def against(peer: str, folder: Path, work: Path, mix: int, pairs: int) -> Told:
    """Ratios of seconds per file, wall and CPU; what both stored of the first `mix` files is equal."""
    rows = []
    for number in range(pairs):
        ours, theirs = work / f"ours-{number}", work / f"{peer}-{number}"
        rows.append((once("ours", folder, ours), once(peer, folder, theirs, mix)))
        if not number:
            assert_same(Stored.ours(ours), Stored.of_peer(theirs))
    each = {
        clock: [(b[clock] / b["files"]) / (a[clock] / a["files"]) for a, b in rows] for clock in ("wall", "cpu")
    }  # fmt: skip
    best = {name: min((a if who else b)["cpu"] / (a if who else b)["files"] for a, b in rows)
            for name, who in (("ours_cpu_s", True), ("peer_cpu_s", False))}  # fmt: skip
    return {
        "ratio": statistics.median(each["wall"]), "lowest": min(each["wall"]), "highest": max(each["wall"]),
        "cpu_ratio": statistics.median(each["cpu"]), **best, "files": rows[0][0]["files"], "peer_files": mix,
        "again": [a["wall"] / a["again_wall"] for a, _ in rows],
        "again_cpu": [a["cpu"] / a["again_cpu"] for a, _ in rows],
        "peak_mb": max(a["peak_mb"] for a, _ in rows), "worker_mb": max(a["worker_mb"] for a, _ in rows),
    }  # fmt: skip


def fit_part(top: Path, options: argparse.Namespace) -> Told:
    """FIT against fitparse, the second import, and memory of folders."""
    from tests.ingest.fit import encoder

    mix = fit_mix()[:: 3 if options.quick else 1]
    mix = mix or [encoder.ride(3600), encoder.mixed_ride(1800), encoder.ride(600)]
    moulds = fit_moulds(mix)
    write_fit(top / "fit", moulds, max(options.files, len(mix)) // len(mix) * len(mix))
    print(f"FIT: {len(mix)} files of the mix, {sum(map(len, mix)) / 1e6:.2f} MB", flush=True)
    made = {"FIT": against("fitparse", top / "fit", top, len(mix), options.pairs)}
    write_fit(top / "small folder", moulds, options.folders[0])
    write_fit(top / "large folder", moulds, options.folders[1])
    hours = top / "long"
    hours.mkdir()
    (hours / "long.fit").write_bytes(encoder.mixed_ride(12 * 3600))
    for name in ("small folder", "large folder", "long"):
        made[name] = once("ours", top / name, top / f"{name} work")
    return made


def xml_part(top: Path, options: argparse.Namespace) -> Told:
    """GPX against gpxpy and TCX against tcxreader, of the length of real exports."""
    made: Told = {}
    makers: dict[str, tuple[str, Callable[[int], bytes]]] = {
        "GPX": ("gpxpy", ingest_xml.long_gpx), "TCX": ("tcxreader", ingest_xml.long_tcx)
    }  # fmt: skip
    for name, (peer, make) in makers.items():
        folder = top / name
        folder.mkdir()
        for number in range(options.exports):
            (folder / f"{number:05d}.{name.lower()}").write_bytes(xml_copy(make(POINTS - number % 7), number))
        made[name] = against(peer, folder, top / f"{name} work", min(8, options.exports), options.pairs)
    return made


def verdicts(made: Told) -> list[tuple[str, str, bool]]:
    """(what, said, whether the target holds)."""
    said = []
    for name in ("FIT", "GPX", "TCX"):
        if name in made:
            one, least = made[name], TARGETS[name]
            text = f"{one['ratio']:.1f} ({one['lowest']:.1f}-{one['highest']:.1f}) wall, {one['cpu_ratio']:.1f} CPU"
            said.append((f"{name} end to end, times faster", f"{text}; target {least:g}", one["ratio"] >= least))
    if "FIT" in made:
        again = statistics.median(made["FIT"]["again"])
        least = TARGETS["second import"]
        said.append(("second import, times faster", f"{again:.1f}; target {least:g}", again >= least))
    peaks = {name: max(one["peak_mb"], one["worker_mb"]) for name, one in made.items()}
    shown = ", ".join(f"{name} {peak:.0f}" for name, peak in peaks.items())
    said.append(("peak memory, MB", f"{shown}; at most {MOST_MB}", max(peaks.values()) <= MOST_MB))
    if "large folder" in made:
        small, large = made["small folder"], made["large folder"]
        grown = max(large[each] / small[each] for each in ("peak_mb", "worker_mb"))
        text = f"{grown:.2f} from {small['files']} to {large['files']} files; at most {GROWTH:g}"
        said.append(("growth of memory, times", text, grown <= GROWTH))
    return said


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--quick", action="store_true", help="one pair, fewer files: less than a minute")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    options.folders, options.exports = (200, 1000), 32
    if options.quick:
        options.pairs, options.files, options.folders, options.exports = 1, 150, (60, 300), 8
    made: Told = {}
    with tempfile.TemporaryDirectory() as place:
        top = Path(place)
        if importlib.util.find_spec("fitparse") is None:
            print("FIT is left out: fitparse is not installed (pip install fitparse)")
        else:
            made |= fit_part(top, options)
        made |= xml_part(top, options)
    said = verdicts(made)
    for what, text, holds in said:
        print(f"{'met   ' if holds else 'MISSED'}  {what:<30} {text}")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps({"pairs": options.pairs, **made}, indent=1) + "\n")


if __name__ == "__main__":
    main()
