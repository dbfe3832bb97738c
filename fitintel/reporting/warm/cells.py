"""What happens in the fork: cells run one after the other in an IPython shell, and what they show is kept as outputs.

The outputs are those that a kernel's front end would keep (nbformat 4): streams that follow each other are one, a
display may be updated or cleared later, and an error ends the notebook. Widgets need a kernel and are shown as text.
"""

from __future__ import annotations

import io
import os
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

Output = dict[str, Any]
Tell = Callable[[Mapping[str, Any]], None]
"""Sends one message to the process that asked."""


class Shown:
    """Outputs of all cells so far; the running cell's are `now`."""

    def __init__(self) -> None:
        self.now: list[Output] = []
        self._cells: list[list[Output]] = []
        self._named: dict[str, list[Output]] = {}
        self._clear = False

    def begin(self) -> None:
        """Another cell begins."""
        self._clear = False
        self.now = []
        self._cells.append(self.now)

    def add(self, output: Output, display_id: str | None = None) -> None:
        """Keep an output of the running cell."""
        self._cleared()
        if display_id is not None:
            self._named.setdefault(display_id, []).append(output)
        self.now.append(output)

    def stream(self, name: str, text: str) -> None:
        """Keep text written to stdout or stderr."""
        self._cleared()
        last = self.now[-1] if self.now else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.now.append({"output_type": "stream", "name": name, "text": text})

    def update(self, display_id: str, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
        """Replace what was displayed under a name, in this cell or an earlier one."""
        for output in self._named.get(display_id, ()):
            output.update(data=dict(data), metadata=dict(metadata))

    def clear(self, wait: bool) -> None:
        """Forget the running cell's outputs, now or when the next one comes."""
        if wait:
            self._clear = True
        else:
            self.now.clear()

    def cells(self) -> list[list[Output]]:
        """Outputs of each cell that has begun."""
        return self._cells

    def _cleared(self) -> None:
        if self._clear:
            self._clear = False
            self.now.clear()


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    shown = AnyTrait()

    def publish(self, data: Any, metadata: Any = None, source: Any = None, *, transient: Any = None,
                update: bool = False, **more: Any) -> None:  # fmt: skip
        display_id = (transient or {}).get("display_id")
        if update:
            self.shown.update(display_id, data, metadata or {})
        else:
            self.shown.add({"output_type": "display_data", "data": dict(data), "metadata": dict(metadata or {})},
                           display_id)  # fmt: skip

    def clear_output(self, wait: bool = False) -> None:
        self.shown.clear(wait)


class _Hook(DisplayHook):  # type: ignore[misc]
    shown = AnyTrait()

    def start_displayhook(self) -> None:
        self._result: Output = {"output_type": "execute_result", "execution_count": self.prompt_count}

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self._result.update(data=dict(format_dict), metadata=dict(md_dict or {}))

    def finish_displayhook(self) -> None:
        if self._result.get("data"):
            self.shown.add(self._result)


class _Shell(InteractiveShell):  # type: ignore[misc]
    shown = AnyTrait()
    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.shown.add({"output_type": "error", "ename": str(etype.__name__), "evalue": str(evalue),
                        "traceback": list(stb)})  # fmt: skip

    def init_readline(self) -> None:
        pass


class _Stream(io.TextIOBase):
    def __init__(self, shown: Shown, name: str) -> None:
        self._shown, self._name = shown, name

    def write(self, text: str) -> int:
        if text:
            self._shown.stream(self._name, text)
        return len(text)

    def writable(self) -> bool:
        return True


def run_cells_for(
    pipe: Connection, sources: Sequence[str], folder: str, environment: Mapping[str, str], memory: int | None
) -> None:
    """What a fork is made for: `run_cells`, telling the process at the other end of `pipe`."""
    run_cells(sources, pipe.send, folder=folder, environment=environment, memory=memory)
    pipe.close()


def run_cells(
    sources: Sequence[str], tell: Tell, *, folder: str, environment: Mapping[str, str], memory: int | None = None
) -> None:
    """Run code cells in the order given, until one raises; `tell` hears of each as it begins and ends.

    `folder` becomes the working folder, `environment` the whole environment. `memory` [bytes] limits what the process
    may take beyond what it has. Random generators are seeded anew, as in a new process.
    """
    os.chdir(folder)
    os.environ.clear()
    # figures of matplotlib are shown as a notebook shows them
    os.environ.update({"MPLBACKEND": "module://matplotlib_inline.backend_inline", **environment})
    _reseed()
    if memory is not None:
        _limit(memory)
    shown = Shown()
    shell: Any = _Shell.instance(shown=shown, config=Config({"HistoryManager": {"enabled": False}}))
    shell.display_pub.shown = shell.displayhook.shown = shown
    with _heard(shown):
        for number, source in enumerate(sources):
            shown.begin()
            tell({"begun": number})
            count = shell.execution_count
            result = shell.run_cell(source, store_history=True)
            sys.stdout.flush()
            tell({"ended": number, "count": count, "failed": not result.success, "shown": shown.now})
            if not result.success:
                break
    # once more: a later cell may have changed what an earlier one displayed
    tell({"all": shown.cells()})


@contextmanager
def _heard(shown: Shown) -> Iterator[None]:
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream(shown, "stdout"), _Stream(shown, "stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _reseed() -> None:
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def _limit(memory: int) -> None:
    import resource
    from pathlib import Path

    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
