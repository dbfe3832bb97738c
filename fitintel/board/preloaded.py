"""What every page of coaches needs before anybody is there: loaded once, in the process whose forks are its kernels.

The last that is loaded there. Cards, templates and the style sheet; no workspace is opened, nobody's data are read.
"""

from __future__ import annotations

import gc

import fitintel.board.algorithms
import fitintel.board.athlete
import fitintel.board.squad
import fitintel.board.what_if  # noqa: F401  the pages themselves
from fitintel.core import settings
from fitintel.views.coach import page
from fitintel.workbench.door import Workbench

with Workbench(settings.read()) as bench:
    bench.cards()
page.warm()
page.opening()
# what a fork only reads stays one copy for all of them, as long as nothing counts its references
gc.collect()
gc.freeze()
