"""Fixtures that every part may use."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # for tests.services, however pytest was started
pytest_plugins = ["tests.services"]


def _shared_data() -> Path:
    return Path(os.environ.get("FITINTEL_TEST_DATA") or ROOT.parent / "shared" / "data")


@pytest.fixture(scope="session")
def real_history() -> Path:
    """The 2,774-row MapMyRun export of one person; not part of the project."""
    path = _shared_data() / "mapmyrun" / "workout_history.csv"
    if not path.is_file():
        pytest.skip(f"the real history is not here: {path} (set FITINTEL_TEST_DATA)")
    return path
