"""Fixtures that every part may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# the same examples on every machine and run; a longer search is asked for with --hypothesis-seed or more max_examples
settings.register_profile("fitintel", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("fitintel")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # for tests.services, however pytest was started
pytest_plugins = ["tests.services", "tests.s3_servers", "tests.swift_server", "tests.browsers"]


def _shared_data() -> Path:
    return Path(os.environ.get("FITINTEL_TEST_DATA") or ROOT.parent / "shared" / "data")


@pytest.fixture(scope="session")
def real_history() -> Path:
    """The 2,774-row MapMyRun export of one person; not part of the project."""
    path = _shared_data() / "mapmyrun" / "workout_history.csv"
    if not path.is_file():
        pytest.skip(f"the real history is not here: {path} (set FITINTEL_TEST_DATA)")
    return path


MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Streamlit's AppTest leaves its screen as `__main__`, which every child process would then run as its own."""
    sys.modules["__main__"] = MAIN
    yield
    sys.modules["__main__"] = MAIN
