"""k and l as pycanon computes them; it pins an older SciPy, so it is installed in an environment of its own."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from fitintel.workbench.research.anonymity import k_of, l_of

ASK = """
import json, sys
import pandas
from pycanon import anonymity
found = []
for path in sys.argv[1:]:
    table = pandas.read_csv(path, dtype=str)
    quasi = ["sex", "age_band", "sport"]
    found.append([int(anonymity.k_anonymity(table, quasi)), int(anonymity.l_diversity(table, quasi, ["resting_hr"]))])
print(json.dumps(found))
"""


@pytest.mark.slow
def test_k_and_l_are_those_of_pycanon(tmp_path: Path) -> None:
    home = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    got = subprocess.run([home / "bin" / "python", "-m", "pip", "install", "-q", "pycanon==1.3.6"],
                         capture_output=True, text=True, check=False)  # fmt: skip
    if got.returncode:
        pytest.skip(f"pycanon cannot be installed: {got.stderr.strip().splitlines()[-1][:200]}")
    chance, tables = random.Random(5), []
    for number in range(12):
        rows = [{"sex": chance.choice("fm"), "age_band": chance.choice(["20-39", "40-59"][: 1 + number % 2]),
                 "sport": chance.choice(["running", "cycling"][: 1 + number % 3 % 2]),
                 "resting_hr": chance.choice(["under 50", "50-59", "60+"][: 1 + number % 3])}
                for _ in range(chance.randint(8, 80))]  # fmt: skip
        tables.append((tmp_path / f"{number}.csv", rows))
        with tables[-1][0].open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    asked = [home / "bin" / "python", "-c", ASK, *(str(path) for path, _ in tables)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    quasi = ["sex", "age_band", "sport"]
    ours = [[k_of(rows, quasi), l_of(rows, quasi, ["resting_hr"])] for _, rows in tables]
    assert ours == json.loads(said)
    print(f"{len(ours)} tables: k and l as pycanon has them")
