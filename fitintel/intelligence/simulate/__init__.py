"""A simulated squad with known truth: the demo, and the power of every detector.

Its statistics are matched to those of a real history (reference.json, aggregate figures only).
"""

from fitintel.intelligence.simulate.compare import compare_with_reference, history_statistics
from fitintel.intelligence.simulate.records import SimulatedAthlete, Truth
from fitintel.intelligence.simulate.squad import DEVELOPMENT_SEED, REPORT_SEED, last_sunday, simulate_squad

__all__ = [
    "DEVELOPMENT_SEED",
    "REPORT_SEED",
    "SimulatedAthlete",
    "Truth",
    "compare_with_reference",
    "history_statistics",
    "last_sunday",
    "simulate_squad",
]
