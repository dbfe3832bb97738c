"""fitintel: fitness intelligence in which every number can be opened, replayed and trusted.

The public names are in `__all__`; each is imported when it is first used, so that `import fitintel` costs nothing.

>>> import fitintel
>>> sorted(fitintel.__all__)[:3]
['Algorithm', 'Athlete', 'Brief']
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from fitintel.core.release import RELEASE

_WHERE = {
    "Workbench": "fitintel.workbench.door",
    "Athlete": "fitintel.core.records",
    "Brief": "fitintel.core.records",
    "Insight": "fitintel.core.records",
    "Run": "fitintel.core.records",
    "OpenBrief": "fitintel.core.records",
    "Workouts": "fitintel.core.workouts",
    "Card": "fitintel.core.card",
    "Validity": "fitintel.core.card",
    "FitintelError": "fitintel.core.errors",
    "Algorithm": "fitintel.intelligence.registry",
    "Journal": "fitintel.intelligence.registry",
    "algorithm": "fitintel.intelligence.registry",
    "view_of": "fitintel.views.opened",
}

__all__ = [*_WHERE]
__version__ = RELEASE


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"fitintel has no public name {name!r}; the public names are: {', '.join(sorted(_WHERE))}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_WHERE])
