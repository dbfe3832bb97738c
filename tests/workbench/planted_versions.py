"""Versions of weekly_forecast made for tests: worse, better, biased, failing. They stand beside the real ones for one
test."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from fitintel.intelligence import registry

VERSIONS = "fitintel.intelligence.algorithms.forecast.versions"
NAIVE, WORSE, BETTER, BIASED, FAILING, SILENT, OTHER = "9.0.0", "9.1.0", "9.2.0", "9.3.0", "9.4.0", "9.5.0", "9.6.0"
CODE = '''
import numpy as np
from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm

@algorithm(
    id="weekly_forecast", version="{version}", title="Weekly forecast",
    inputs={{"week": "day number of the Monday", "values": "any total or level per week"}},
    output=("mean", "unit of the values"), source="planted", validity=Validity.ROUGH, limits=("made for a test",),
)
def weekly_forecast(week, values, *, horizon=4, nominal=0.8, gamma=0.05, window=104):
    """Planted.

    >>> 1 + 1
    2
    """
    week, values = np.asarray(week), np.asarray(values, dtype=float)
    last, same = np.full(4, values[-1]), values[-4:]
    {body}
    return {{"week": week[-1] + 7 * np.arange(1, len(mean) + 1), "mean": mean, "low": mean * (1 - wide),
            "high": mean * (1 + wide), "verdict": "model", "model": "planted", "candidates": ["planted"],
            "nominal": nominal, "achieved": 0.8, "achieved_low": 0.7, "achieved_high": 0.9, "n_tests": 40,
            "mase": 0.9, "mase_naive": 1.0, "mase_seasonal_naive": None, "n": len(values), "needed": 27,
            "by_horizon": {{"mase": [0.9] * 4, "achieved": [0.8] * 4}}{more}}}
'''
BODY = {
    NAIVE: "mean, wide = last, 0.6",
    WORSE: "mean, wide = last * 1.5, 0.6",
    # the histories below repeat four weeks for ever, so the forecast of the next four is the last four
    BETTER: "mean, wide = same, 0.0181",
    BIASED: "mean, wide = (last * 1.5, 0.6) if values.max() < 9000 else (same, 0.0181)",
    FAILING: "raise KeyError('no such sport')",
    SILENT: "mean, wide = same[:2], 0.0181",
    OTHER: "mean, wide = same, 0.0181",
}
MORE = {OTHER: ", **dict.fromkeys(['model', 'mase'])} and {'week': week[-1] + 7 * np.arange(1, 5), 'mean': mean, "
               "'low': mean * (1 - wide), 'high': mean * (1 + wide), 'verdict': 'model'"}  # fmt: skip
"""of OTHER: as good as BETTER, but without what a brief tells of a forecast"""


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Registers the planted versions; the root under which their golden outputs are looked for."""
    known = dict(registry._others())
    golden = tmp_path / "root" / "tests" / "golden"
    golden.mkdir(parents=True)
    for version, body in BODY.items():
        stem = f"weekly_forecast_{version.replace('.', '_')}"
        module = ModuleType(f"{VERSIONS}.{stem}")
        exec(CODE.format(version=version, body=body, more=MORE.get(version, "")), module.__dict__)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        known["weekly_forecast", version] = stem
        (golden / f"weekly_forecast@{version}.json").write_text("[]")
    monkeypatch.setattr(registry, "_others", lambda: known)
    monkeypatch.setattr("fitintel.workbench.challenge.ROOT", tmp_path / "root")
    registry.get.cache_clear()
    yield tmp_path / "root"
    registry.get.cache_clear()
