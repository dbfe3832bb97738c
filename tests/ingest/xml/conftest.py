"""Where the real GPX and TCX files are, and a way to read either."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fitintel.ingest.xml import XmlFile, read_gpx, read_tcx

SHARED = Path(os.environ.get("FITINTEL_TEST_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")
NOT_XML = {"faketcx.tcx"}
"""Its content is 'bla bla'."""


def real_files(*endings: str) -> list[Path]:
    """Every readable file of the shared data with one of these endings, by path."""
    return sorted(path for path in SHARED.rglob("*") if path.suffix.lower() in endings and path.name not in NOT_XML)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for fixture, endings in (("real_gpx", [".gpx"]), ("real_tcx", [".tcx"]), ("real_xml", [".gpx", ".tcx"])):
        if fixture not in metafunc.fixturenames:
            continue
        found = real_files(*endings)
        if found:
            metafunc.parametrize(fixture, found, ids=[str(path.relative_to(SHARED)) for path in found])
        else:
            reason = f"no {' or '.join(endings)} files under {SHARED} (set FITINTEL_TEST_DATA)"
            metafunc.parametrize(fixture, [pytest.param(None, marks=pytest.mark.skip(reason=reason))])


@pytest.fixture(scope="session")
def shared_xml() -> Callable[[str], bytes]:
    """The bytes of a shared file by its path below the data folder."""

    def load(name: str) -> bytes:
        path = SHARED / name
        if not path.is_file():
            pytest.skip(f"the real file is not here: {path} (set FITINTEL_TEST_DATA)")
        return path.read_bytes()

    return load


@pytest.fixture(scope="session")
def read() -> Callable[..., XmlFile]:
    """Read bytes as what their path says."""

    def by_name(path: Path, data: bytes | None = None, **options: Any) -> XmlFile:
        reader = read_gpx if path.suffix.lower() == ".gpx" else read_tcx
        return reader(path.read_bytes() if data is None else data, **options)

    return by_name
