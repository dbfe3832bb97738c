"""Squads that several modules look at, made once."""

from __future__ import annotations

import pytest

from fitintel.intelligence.simulate import SimulatedAthlete, simulate_squad

END = 20366  # Sunday, 5 October 2025


@pytest.fixture(scope="session")
def squad() -> tuple[SimulatedAthlete, ...]:
    """The demo's squad: three years of 24 athletes."""
    return simulate_squad(end_day=END)


@pytest.fixture(scope="session")
def many() -> tuple[SimulatedAthlete, ...]:
    """Two years of 48 other athletes, for what is rare."""
    return simulate_squad(seed=11, athletes=48, years=2, end_day=END)
