"""compute(): every algorithm of the vector files by name, through the library's public functions and nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conformance.series import expand

COMPUTE: dict[str, Callable[[dict[str, Any]], Any]] = {}
for _module in sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])):
    if _module.startswith("adapter_"):
        COMPUTE.update(importlib.import_module(f"tests.conformance.{_module}").COMPUTE)


def compute(algorithm: str, inputs: dict[str, Any]) -> Any:
    """The answer of the algorithm called `algorithm` in the vector files."""
    if algorithm not in COMPUTE:
        raise KeyError(f"no algorithm is named {algorithm!r}; known: {', '.join(sorted(COMPUTE))}")
    return COMPUTE[algorithm](expand(inputs))
