"""Make fitintel/intelligence/simulate/reference.json: aggregate statistics of the real history, never its rows.

    python bench/simulator_reference.py [FILE]

FILE is the MapMyRun history beside the project unless named. The squad is matched to these figures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from fitintel.ingest.intake import read
from fitintel.intelligence.simulate.compare import REFERENCE, reference_of

REAL = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "mapmyrun" / "workout_history.csv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=REAL)
    data = parser.parse_args().file.read_bytes()
    taken = read(data, name="history", athlete_id="me", import_id="i-reference")
    made = reference_of(taken.workouts, hashlib.sha256(data).hexdigest())
    REFERENCE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{REFERENCE.name}: {made['workouts']} workouts, {len(made['spans'])} spans of {made['span_days']} days")


if __name__ == "__main__":
    main()
