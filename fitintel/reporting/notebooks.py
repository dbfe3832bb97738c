"""Execute a notebook with declared parameters, in this interpreter, and keep what came out of it."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fitintel.core.errors import FitintelError, NotebookFailed, UnknownName, UnreadableFile, UsageError

# Importing anything of Jupyter builds 35 parsers of rfc3987_syntax, a second of work, for a text format that no Jupyter
# schema uses (jsonschema#1428). jsonschema does without the package when its import fails.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
"""Types that a parameter may have."""


class Engine(StrEnum):
    """Where a notebook's cells run. Both give the same notebook."""

    KERNEL = "kernel"  # a new kernel each; knows widgets
    WARM = "warm"  # a fork of a process that has imported everything; many notebooks in little time


SOCKET_PATH = 90
"""characters. A Unix socket's path may have about 100; beyond this the kernel is reached by TCP on loopback."""


def declared(notebook: Path) -> dict[str, type]:
    """Parameters of a notebook: name -> type, read from its cell tagged `parameters` without running it.

    Raises UnreadableFile when it is no notebook or has no such cell, UsageError when a parameter has no known type.
    """
    import json

    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableFile("This is not a notebook", where=str(notebook), why=str(error)) from None
    for cell in cells:
        if "parameters" in cell.get("metadata", {}).get("tags", ()):
            return _annotations("".join(cell["source"]), notebook)
    raise UnreadableFile("The notebook has no cell tagged parameters", where=str(notebook))


def _annotations(source: str, notebook: Path) -> dict[str, type]:
    found = {}
    for statement in ast.parse(source).body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            raise UsageError("Each parameter is written as `name: type = default`", where=f"{notebook.name}, line "
                             f"{statement.lineno} of the parameters cell")  # fmt: skip
        kind = ast.unparse(statement.annotation)
        if kind not in TYPES:
            raise UnknownName("type of a parameter", kind, TYPES)
        found[statement.target.id] = TYPES[kind]
    return found


def check(parameters: Mapping[str, Any], known: Mapping[str, type], notebook: Path) -> None:
    """Raise UnknownName or UsageError unless each parameter is declared and of its type."""
    # papermill only warns of an unknown parameter, and writes its name into the notebook as code
    for name, value in parameters.items():
        if name not in known:
            raise UnknownName(f"parameter of {notebook.name}", name, known)
        kind = known[name]
        fits = type(value) is kind or (kind is float and type(value) is int)
        if fits and kind is str and not _can_be_written(value):
            raise UsageError(f"The parameter {name} of {notebook.name} is not valid text: {value!r}")
        if not fits:
            raise UsageError(f"The parameter {name} of {notebook.name} is {kind.__name__}, not "
                             f"{type(value).__name__}: {value!r}")  # fmt: skip


def _can_be_written(text: str) -> bool:
    # bytes of the command line that are not UTF-8 arrive as lone surrogates
    return not any("\ud800" <= char <= "\udfff" for char in text)


def execute(
    notebook: Path,
    parameters: Mapping[str, Any],
    out: Path,
    *,
    environment: Mapping[str, str] | None = None,
    progress: bool = False,
    timeout: int | None = 600,
    engine: Engine = Engine.KERNEL,
    preload: Sequence[str] = (),
    memory: int | None = None,
) -> Path:
    """Execute `notebook` with `parameters` and write it to `out`; returns `out`.

    The kernel is this interpreter with this process's environment and `environment` over it. `timeout` [s] is per
    cell. With the warm engine `preload` names modules that its first notebook has imported for all, and `memory`
    [bytes] limits what a notebook may take beyond that.

    Raises UnknownName for an undeclared parameter and UsageError for a wrong type, before anything runs; NotebookFailed
    when a cell raises, and then `out` holds the notebook as far as it came.
    """
    notebook, out = Path(notebook), Path(out)
    check(parameters, declared(notebook), notebook)

    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="fitintel-") as folder:
        over = environment or {}
        where = _warm(over, preload, memory) if engine is Engine.WARM else _cold(Path(folder), over)
        try:
            papermill.execute_notebook(
                _escaped(notebook),
                _escaped(out),
                parameters=dict(parameters),
                kernel_name="python3",
                language="python",
                progress_bar=progress,
                execution_timeout=timeout,
                **where,
            )
        except PapermillExecutionError as error:
            raise _failed(
                notebook, out, f"cell {error.cell_index + 1}: {error.source}", f"{error.ename}: {error.evalue}"
            ) from error
        except (DeadKernelError, CellTimeoutError) as error:
            raise _failed(notebook, out, "the kernel", str(error).strip().splitlines()[0]) from error
    return out


def _warm(environment: Mapping[str, str], preload: Sequence[str], memory: int | None) -> dict[str, Any]:
    from papermill.engines import papermill_engines

    from fitintel.reporting.warm import engine
    from fitintel.reporting.warm.entry import Warm

    engine.preload(preload)
    # an installed fitintel is found by papermill itself; a source tree on the path is not
    papermill_engines.register(engine.NAME, Warm)
    return {"engine_name": engine.NAME, "environment": environment, "memory": memory}


def _cold(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    # waiting for a polite end stalls 3 s in one run of ten (papermill 2.7, ipykernel 7.4)
    return {"kernel_manager_class": _kernel(folder, environment), "shutdown_kernel": "immediate"}


def _failed(notebook: Path, out: Path, where: str, why: str) -> FitintelError:
    return NotebookFailed(f"The notebook {notebook.name} failed", where=where.splitlines()[0], why=why.rstrip("."),
                          next=f"see how far it came: {out}")  # fmt: skip


def _escaped(path: Path) -> str:
    # papermill fills parameters into paths with str.format
    return str(path).replace("{", "{{").replace("}", "}}")


def _kernel(folder: Path, environment: Mapping[str, str]) -> type:
    """A kernel manager that starts this interpreter, whatever kernels are installed, and listens in `folder` only."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    path = folder / "kernel.json"
    sockets = os.name == "posix" and len(str(path)) < SOCKET_PATH
    spec = KernelSpec(
        argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], display_name="Python 3",
        language="python", env=dict(environment),
    )  # fmt: skip

    class ThisInterpreter(AsyncKernelManager):
        """The folder belongs to this user alone: results of a person do not pass over the network."""

        kernel_spec = spec

        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.connection_file = str(path)
            self.transport = "ipc" if sockets else "tcp"

    return ThisInterpreter
