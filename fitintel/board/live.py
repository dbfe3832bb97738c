"""A page that answers: painted once as HTML, then live over the kernel's own channel.

Voila shows what a cell displays. `show` waits for the viewer's address, displays the page as plain HTML, which the
browser paints before any script runs, and registers a comm: the page's script sends what was clicked, the page hands
it to a verb of the Workbench and answers with the parts of itself that have changed. No widget library has to be
loaded for that (docs/decisions/coach-pages.md).
"""

from __future__ import annotations

import base64
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from fitintel.board.viewer import bench_of_viewer, query
from fitintel.core.errors import FitintelError, NotAllowed
from fitintel.views.coach import page
from fitintel.views.coach.address import Address
from fitintel.views.coach.colours import coloured
from fitintel.views.language import _, speaking
from fitintel.workbench.door import Workbench

TARGET = "fitintel"
"""Name of the comm, here and in static/page.js."""
SURFACE = "coach"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a page answers: elements by id that take the place of those there, an address, a file, a word."""

    parts: Mapping[str, str] = field(default_factory=dict)
    address: Address | None = None
    said: str = ""
    """read out to those who do not see it"""
    file: tuple[str, str, bytes] | None = None
    """name, media type, content"""
    whole: str = ""
    """the whole page in place of parts"""
    print: bool = False
    """no program here prints: the browser is to"""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        made: dict[str, Any] = {"parts": dict(self.parts), "said": self.said, "whole": self.whole, "print": self.print}
        if self.address is not None:
            made["query"] = self.address.query()
        if self.file is not None:
            name, media, content = self.file
            made["file"] = {"name": name, "media": media, "content": base64.b64encode(content).decode()}
        return made


class Page(ABC):
    """One page: its HTML, and what it does when something is clicked. Each public `do_...` method is one action."""

    def __init__(self, bench: Workbench, address: Address | None = None) -> None:
        self.bench = bench
        self.address = address or Address()

    @abstractmethod
    def html(self) -> str:
        """The whole page in the reader's language; raises FitintelError for what cannot be shown."""

    def act(self, do: str, fields: Mapping[str, Any]) -> Reply:
        """Do what was clicked; raises FitintelError for what cannot be done or is not known."""
        from fitintel.core.errors import UnknownName

        known = [name.removeprefix("do_") for name in dir(self) if name.startswith("do_")]
        if do not in known:
            raise UnknownName("action", do, known)
        with self.as_read():
            reply: Reply = getattr(self, f"do_{do}")(fields)
        return reply

    def do_show(self, fields: Mapping[str, Any]) -> Reply:
        """The page in another state of its address."""
        from fitintel.views.coach.address import said_of

        self.address = self.address.but(**said_of(fields))
        return Reply(whole=self.html(), address=self.address)

    @contextmanager
    def as_read(self) -> Iterator[None]:
        """The reader's language and colours, for everything made inside."""
        chosen = self.bench.preferences()
        with speaking(chosen.language), coloured(chosen.theme):
            yield

    def printed(self, name: str, title: str, content: str) -> Reply:
        """A page as a PDF; where no program here prints, the reader's browser is asked to."""
        made = self.bench.printed(page.document(title, content))
        if made is None:
            return Reply(print=True, said=_("No browser was found that can print here: yours is asked to."))
        return Reply(file=(f"{name}.pdf", "application/pdf", made))

    def units(self) -> str | None:
        """The reader's units; None: those of each athlete."""
        chosen = self.bench.preferences().units
        return None if chosen is None else chosen.value

    def painted(self) -> str:
        """The page, or what keeps it from being shown, as HTML."""
        with self.as_read():
            try:
                return self.html()
            except FitintelError as error:
                return page.error_html(error, self.address)

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """What is sent back for a message of the page's script."""
        try:
            return self.act(str(message.get("do", "")), message.get("fields") or {}).as_dict()
        except FitintelError as error:
            return {"error": str(page.on_page(error))}


def start() -> Workbench:
    """Everything that needs no viewer: workspace, algorithms, style sheet, and a skeleton until the page is there.

    Nobody's data are read: nothing is noted in the audit chain before a viewer is there.
    """
    from IPython.display import HTML, display

    import fitintel.workbench.standings  # noqa: F401  imported before anybody waits for it

    bench = Workbench.open(surface=SURFACE)
    bench.cards()
    bench.athletes()
    page.warm()
    display(HTML(page.opening()))
    return bench


def show(bench: Workbench, kind: type[Page], address: str = "") -> None:
    """Display the page for whoever asks: in Voila with their address, elsewhere with the one given."""
    from IPython.display import HTML, display

    asked = Address.of(address or query())
    try:
        shown = kind(bench_of_viewer(bench), asked)
    except NotAllowed as error:
        display(HTML(page.CLOSED + page.error_html(error, asked)))
        return
    _listen(shown)
    # made by templates that escape everything
    display(HTML(page.CLOSED + shown.painted()))


def _listen(shown: Page) -> None:
    """Answer what the page's script sends; nothing where there is no kernel."""
    from IPython.core.getipython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return

    def opened(comm: Any, _message: Any) -> None:
        comm.on_msg(lambda told: comm.send({"for": _id(told), **shown.answer(told["content"]["data"])}))
        comm.send({"live": True})

    kernel.comm_manager.register_target(TARGET, opened)


def _id(told: Mapping[str, Any]) -> Any:
    return told["content"]["data"].get("id")
