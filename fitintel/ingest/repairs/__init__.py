"""Repairs of recorded workouts: a layer over the recorded samples, which stay as they are.

Each file is one repair (`STEP`): what it detects and what it changes, with a version. `layer.repair` makes them in
their order, `quality` says how far the result can be trusted.
"""

from fitintel.ingest.repairs.layer import NAMES, ORDER, Repaired, repair
from fitintel.ingest.repairs.quality import Quality, Reason
from fitintel.ingest.repairs.step import Repair, Step

__all__ = ["NAMES", "ORDER", "Quality", "Reason", "Repair", "Repaired", "Step", "repair"]
