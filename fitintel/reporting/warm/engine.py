"""WarmEngine: papermill's side of a notebook that runs in a fork of a preloaded process.

The process that forks is Python's fork server: started once, it imports what notebooks import, opens nothing and has
no threads, so that a fork inherits neither a database connection nor a lock. Each notebook gets a fork of its own,
which ends with it.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import Engine, NotebookExecutionManager

from fitintel.reporting.warm.cells import run_cells_for

NAME = "fitintel-warm"
_context = multiprocessing.get_context("forkserver")


def preload(modules: Sequence[str]) -> None:
    """Name what the fork server imports when it starts, at the first notebook; later calls change nothing."""
    _context.set_forkserver_preload(["fitintel.reporting.warm.cells", *modules])


preload(())


class WarmEngine(Engine):  # type: ignore[misc]
    """The engine `fitintel-warm`; papermill finds it through `entry`."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, environment: Mapping[str, str] | None = None,
        execution_timeout: float | None = None, memory: int | None = None, **_: Any,
    ) -> None:  # fmt: skip
        """Run the notebook and fill in its outputs; it is saved once, at the end.

        `execution_timeout` [s] is per cell, `memory` [bytes] beyond what the preloaded process has. Raises
        CellTimeoutError, and DeadKernelError where the fork ended without a word.
        """
        path, nb_man.output_path = nb_man.output_path, None
        try:
            _run(nb_man, {**os.environ, **(environment or {})}, execution_timeout, memory)
        finally:
            nb_man.output_path = path


def _run(
    nb_man: NotebookExecutionManager, environment: dict[str, str], timeout: float | None, memory: int | None
) -> None:  # fmt: skip
    code = [(number, cell) for number, cell in enumerate(nb_man.nb.cells)
            if cell.cell_type == "code" and cell.source.strip()]  # fmt: skip
    ours, theirs = _context.Pipe(duplex=False)
    child = _context.Process(target=run_cells_for, args=(theirs, [cell.source for _, cell in code], str(Path.cwd()),
                                                   environment, memory), daemon=True)  # fmt: skip
    child.start()
    theirs.close()
    running = 0
    try:
        while True:
            said = _next(ours, timeout, code[running][1] if running < len(code) else None)
            if "begun" in said:
                running = said["begun"]
                nb_man.cell_start(code[running][1], code[running][0])
            elif "ended" in said:
                number, cell = code[said["ended"]]
                cell.execution_count = said["count"]
                cell.outputs = [nbformat.from_dict(output) for output in said["shown"]]
                if said["failed"]:
                    nb_man.cell_exception(cell, number)
                nb_man.cell_complete(cell, number)
            else:
                for (_, cell), outputs in zip(code, said["all"], strict=False):
                    cell.outputs = [nbformat.from_dict(output) for output in outputs]
                return
    except EOFError:
        child.join(1)
        raise DeadKernelError(f"The notebook's process died{_how(child.exitcode)}") from None
    finally:
        ours.close()
        _end(child)


def _next(pipe: Connection, timeout: float | None, cell: Any) -> Mapping[str, Any]:
    if not pipe.poll(timeout):
        raise CellTimeoutError.error_from_timeout_and_cell("the cell was stopped", int(timeout or 0), cell)
    said: Mapping[str, Any] = pipe.recv()
    return said


def _how(exit_code: int | None) -> str:
    return f" of signal {-exit_code}" if exit_code is not None and exit_code < 0 else ""


def _end(child: Any) -> None:
    # a cell may have begun what does not end by itself
    deadline = time.monotonic() + 0.2
    while child.is_alive() and time.monotonic() < deadline:
        child.join(0.01)
    if child.is_alive():
        with suppress(ProcessLookupError):
            child.kill()
        child.join()
    child.close()
