"""REST and the app started again ten times at 50 requests a second: how many requests fail, and how long answers take.

.venv/bin/python bench/rolling.py [times]
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.production.test_rolling import restarts_under_load, rolling_up

RESULT = Path(__file__).parent / "results" / "rolling.json"


def main(times: int) -> None:
    with rolling_up() as up:
        found = {**restarts_under_load(up, times), "load_average": os.getloadavg()[0]}
    print(json.dumps(found, indent=1))
    assert found["failures"] == {}, "no request may fail"
    assert found["events_missed"] == found["events_repeated"] == 0, "who follows live misses nothing"
    RESULT.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
