"""Who looks, at whom, and how they like to read: what every screen begins with."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from types import SimpleNamespace
from typing import Any, TypeVar

import streamlit as st

from fitintel.core import days
from fitintel.core.errors import FitintelError, NotAllowed
from fitintel.core.preferences import Preferences
from fitintel.core.records import Athlete, OpenBrief
from fitintel.core.units import UnitSystem
from fitintel.views.app.words import words
from fitintel.views.language import speaking
from fitintel.workbench.door import Workbench
from fitintel.workbench.freshness import fingerprint
from fitintel.workbench.happening import newest
from streamlit_app import draw
from streamlit_app.seat import bench_of_reader

LOOPBACK = ("localhost", "127.0.0.1", "::1")
KEEP = 128
"""briefs and histories kept in memory, of all who look"""
T = TypeVar("T")


@dataclass(frozen=True)
class Here:
    """One visit of a screen."""

    bench: Workbench
    athlete: Athlete
    prefers: Preferences
    words: SimpleNamespace
    somebody: bool = True
    """whether anybody's workouts are here"""

    @property
    def units(self) -> UnitSystem:
        """The reader's units."""
        return self.prefers.units or self.athlete.units

    def brief(self, day: str | None = None) -> OpenBrief:
        """The athlete's brief; made again only when something has changed."""
        today = self.prefers.today()
        found = self._brief(day, today)
        if day is None and found.brief.day == days.today() != today:
            return self._brief(days.iso(today), today)  # it is another day where the reader is
        return found

    def _brief(self, day: str | None, today: int) -> OpenBrief:
        return self.kept(("brief", day, today), lambda: self.bench.open_brief(self.athlete.id, day))

    def kept(self, what: tuple[Hashable, ...], made: Callable[[], T]) -> T:
        """Something of the athlete as it was made before, for this reader, while nothing of the athlete has changed."""
        return _kept(what, self.bench.actor.id, self.athlete.id, fingerprint(self.bench, self.athlete.id),
                     str(self.bench.settings.home), made)  # fmt: skip


@st.cache_resource(show_spinner=False)
def door(home: str | None = None) -> Workbench:
    """The workspace of the person at this computer, opened once a process."""
    if (st.get_option("server.address") or "localhost") not in LOOPBACK:
        raise NotAllowed("The app is reachable from other computers", why="it has no accounts yet",
                         next="start it with: fitintel serve app")  # fmt: skip
    return Workbench.open(home, surface="app")


# a resource, not data: records are frozen, so that nothing has to be copied
@st.cache_resource(max_entries=KEEP, show_spinner=False)
def _kept(what: tuple[Hashable, ...], actor: str, athlete: str, changed: int, home: str, _made: Callable[[], T]) -> T:
    return _made()


def athlete_of(bench: Workbench) -> Athlete | None:
    """Whom this session looks at: the one chosen, or named in the address, or the person themselves."""
    everyone = {one.id: one for one in bench.athletes()}
    if not everyone:
        return None
    if "athlete" in st.query_params and "athlete" not in st.session_state:
        st.session_state["athlete"] = st.query_params["athlete"]  # the address forgets it at the next screen
    wanted = st.session_state.get("athlete", "")
    first = min(everyone.values(), key=lambda one: (one.simulated, one.id != "me", one.id))
    return everyone.get(wanted, first)


@contextmanager
def visit(screen: str, *, alone: bool = False) -> Iterator[Here]:
    """A screen's visit, in the reader's language; an error is said in words, with what to do.

    `alone`: the screen makes sense without anybody's workouts.
    """
    inside = False
    try:
        bench = bench_of_reader(door())
        prefers = bench.preferences()
        with speaking(prefers.language):
            athlete = athlete_of(bench)
            said = words(screen)
            if athlete is None and not alone:
                st.title(draw.plain(said.title))
                draw.empty(said.nobody, said.nobody_next)
                st.page_link("screens/add.py", label=draw.plain(words("add").title), icon=":material/add_circle:")
                st.stop()
            here = Here(bench, athlete or Athlete("me", "You"), prefers, said, athlete is not None)
            inside = True
            yield here
    except FitintelError as error:
        draw.failure(error)
        if not inside:
            st.stop()


def seen(here: Here) -> None:
    """What stands in the store now is known to this reader: it is no news."""
    st.session_state[f"seen-{here.athlete.id}"] = fingerprint(here.bench, here.athlete.id), newest(here.bench)


def tell(text: str) -> None:
    """Say that something was done once the screen is drawn again."""
    st.session_state["told"] = text


def fragment(here: Here, **options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A part of a screen that is drawn again on its own, in the reader's language."""

    def made(drawn: Callable[..., None]) -> Callable[..., None]:
        @wraps(drawn)
        def spoken(*args: Any, **more: Any) -> None:
            try:
                with speaking(here.prefers.language):
                    drawn(*args, **more)
            except FitintelError as error:
                draw.failure(error)

        return st.fragment(spoken, **options)

    return made
