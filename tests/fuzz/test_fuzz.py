"""Each reader meets some hundred changed files: it reads or refuses them, and what it accepts holds together.

The short form of `make fuzz`, the same on every run. In processes of their own: atheris instruments what is imported
and ends the process.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from fitintel.ingest.format import Format
from fitintel.ingest.source import RECORDERS
from tests.fuzz.targets import TARGETS, sealed
from tests.ingest.fit import encoder

ROOT = Path(__file__).resolve().parents[2]
RUNS, SEED = 150, 20261123


@pytest.mark.parametrize("target", TARGETS)
def test_changed_files_are_read_or_refused(target: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is not installed (pip install 'fitintel[dev]', Linux on x86-64)")
    command = [sys.executable, "-m", "tests.fuzz.run", target, "--keep", str(tmp_path), "--seed", str(SEED)]
    command += ["--runs", str(RUNS + len(TARGETS[target].seeds()))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    # the fuzzer may try an input a second time, so the count is at least what was asked for
    executed = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    assert executed, done.stderr[-3000:]
    assert int(executed[1]) >= RUNS
    assert not list((tmp_path / target).iterdir())


def test_every_reader_is_fuzzed_and_has_files_to_begin_with() -> None:
    assert set(RECORDERS) <= set(TARGETS)
    assert {kind for target in TARGETS.values() for kind in target.formats} == set(Format)
    for name, target in TARGETS.items():
        assert target.seeds(), name
        for data in target.seeds():
            target.attempt(data)


def test_a_changed_fit_file_is_made_whole_again() -> None:
    data = encoder.ride(5)
    assert sealed(data) == data
    assert sealed(encoder.flipped(data, 60)[:-2] + b"ab") == encoder.resealed(encoder.flipped(data, 60))
    assert sealed(b"no FIT file") == b"no FIT file"
