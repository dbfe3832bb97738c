"""Who a session of the app is for: behind the gate whom the gateway names, else the person at this computer."""

from __future__ import annotations

import streamlit as st

from fitintel.workbench.door import Workbench
from fitintel.workbench.identities import HEADER, Entrance
from fitintel.workbench.sessions import Gate

KEPT = "_seat"
SURFACE = "app"


def bench_of_reader(door: Workbench) -> Workbench:
    """The workspace of `door` for whom this session is, asked anew at each rerun; raises NotAllowed.

    Who that is comes from the header of this session's own socket: neither the address nor a widget is asked.
    """
    entrance = Entrance(door.settings, SURFACE, Gate(door.settings, door.vault))
    if not entrance.guarded:
        return door
    seat = entrance.seat(st.context.headers.get(HEADER), st.session_state.get(KEPT))
    st.session_state[KEPT] = seat
    return entrance.bench(door, seat.actor)
