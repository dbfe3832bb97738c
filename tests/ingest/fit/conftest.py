"""Where the real FIT files are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("FITINTEL_TEST_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")


def real_files() -> list[Path]:
    """Every FIT file of the shared data, by path."""
    return sorted(path for path in SHARED.rglob("*") if path.suffix.lower() == ".fit")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "real_fit" in metafunc.fixturenames:
        found = real_files()
        if found:
            metafunc.parametrize("real_fit", found, ids=[str(path.relative_to(SHARED)) for path in found])
        else:
            reason = f"no FIT files under {SHARED} (set FITINTEL_TEST_DATA)"
            metafunc.parametrize("real_fit", [pytest.param(None, marks=pytest.mark.skip(reason=reason))])


@pytest.fixture(scope="session")
def shared_fit():
    """The bytes of a shared file by its path below the data folder."""

    def load(name: str) -> bytes:
        path = SHARED / name
        if not path.is_file():
            pytest.skip(f"the real file is not here: {path} (set FITINTEL_TEST_DATA)")
        return path.read_bytes()

    return load
