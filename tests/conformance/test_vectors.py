"""Every numeric case of the vector files, at its stated tolerance."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.adapter import COMPUTE, compute

VECTORS = Path(os.environ.get("FITINTEL_TEST_VECTORS") or Path(__file__).resolve().parents[3] / "shared" / "vectors")
CASES = json.loads((VECTORS / "vectors.json").read_text()) if VECTORS.is_dir() else []
needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason=f"the vector files are not here: {VECTORS}")


def same(got: Any, expected: Any, tolerance: dict[str, float]) -> bool:
    """`|got - expected| <= max(abs, rel * |expected|)`, element by element; null is undefined."""
    if expected is None:
        return got is None
    if isinstance(expected, dict):
        return all(same(got[name], value, tolerance) for name, value in expected.items())
    if isinstance(expected, list):
        return len(got) == len(expected) and all(same(a, b, tolerance) for a, b in zip(got, expected, strict=True))
    if isinstance(expected, (bool, str)):
        return bool(got == expected)
    if got is None or not math.isfinite(got):
        return False
    return abs(got - expected) <= max(tolerance.get("abs", 0.0), tolerance.get("rel", 0.0) * abs(expected))


@needs_vectors
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_published_number_is_reproduced(case: dict[str, Any]) -> None:
    if case["expected"] == "error":
        with pytest.raises(ValueError):  # noqa: PT011  the vectors say only that it must raise
            compute(case["algorithm"], case["inputs"])
        return
    got = compute(case["algorithm"], case["inputs"])
    assert same(got, case["expected"], case.get("tolerance", {})), f"got {got}, expected {case['expected']}"


@needs_vectors
def test_every_named_algorithm_is_here() -> None:
    signatures = json.loads((VECTORS / "signatures.json").read_text())
    assert sorted(set(signatures) - set(COMPUTE)) == []
