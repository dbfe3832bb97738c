"""What a brief depends on, as a digest, by a few queries for everybody: equal digests need no second brief."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fitintel.workbench.door import Door


def inputs_of_everybody(bench: Door, day: int) -> dict[str, str]:
    """Athlete id -> digest of everything that their brief of `day` depends on.

    Facts by the athlete's revision, which grows with each change; algorithms by their versions in use; how it reads by
    what the athlete prefers; and this release, whose words may differ.
    """
    from fitintel.core.promotion import champions
    from fitintel.core.release import RELEASE
    from fitintel.intelligence.brief import VERSION
    from fitintel.intelligence.registry import catalogue, get
    from fitintel.workbench.measured import RATE

    versions = {name: found.card.version for name, found in catalogue().items()} | champions(bench.vault.promotions())
    # the same for all: taken together once
    common = _digest({"day": day, "brief": VERSION, "release": RELEASE, "algorithms": versions})
    revisions = bench.vault.revisions()
    rates = bench.vault.fitted(RATE, get(RATE).card.version)
    preferences = bench.vault.all_preferences()
    found = {}
    for one in bench.vault.athletes():
        found[one.id] = _digest({"common": common, "revision": revisions[one.id], "rate": rates.get(one.id),
                                 "athlete": repr(one), "reads": repr(preferences.get(one.id))})  # fmt: skip
    return found


def _digest(value: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
