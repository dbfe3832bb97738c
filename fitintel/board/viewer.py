"""For whom a page is made: what Voila hands over to its kernel, once somebody is there."""

from __future__ import annotations

import os

from fitintel.core.errors import ServiceMissing
from fitintel.workbench.door import Workbench
from fitintel.workbench.identities import VARIABLE, Entrance
from fitintel.workbench.sessions import Gate

SURFACE = "coach"
ATTEMPTS = 12
"""of 5 s each, to reach the server that a kernel belongs to"""


def query() -> str:
    """The query of the viewer's address; empty outside Voila. A kernel that waits for a viewer waits here.

    A kernel that was started before its viewer came holds an earlier viewer's VOILA_REQUEST_URL: only what Voila hands
    over for this very kernel is read, and waited for. Raises ServiceMissing where the server does not answer.
    """
    if "VOILA_PREHEAT" not in os.environ:
        return ""
    if os.environ["VOILA_PREHEAT"] != "True":
        return os.environ.get("QUERY_STRING", "")
    from voila.utils import get_query_string

    os.environ.pop(VARIABLE, None)
    os.environ.pop("QUERY_STRING", None)
    for _each in range(ATTEMPTS):
        # None: the server was too busy to answer in time, and nothing was handed over yet
        if (found := get_query_string()) is not None:
            return str(found)
    raise ServiceMissing("Nobody has said for whom this page is", where="voila/query", next="load the page again")


def bench_of_viewer(bench: Workbench) -> Workbench:
    """The workspace of `bench` for whom the page is: behind the gate whom its identity header names.

    Called after `query`. Raises NotAllowed; the address is never asked who somebody is.
    """
    entrance = Entrance(bench.settings, SURFACE, Gate(bench.settings, bench.vault))
    if not entrance.guarded:
        return bench
    return entrance.bench(bench, entrance.actor(os.environ.pop(VARIABLE, None)), bench.why)
