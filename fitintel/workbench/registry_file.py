"""Where the files of registry/ lie: at the top of a checkout, or beside this module in an installed package."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent


def registry_file(name: str) -> Path:
    """The path of a file of registry/, which may not be there."""
    checkout = HERE.parents[1] / "registry" / name
    return checkout if checkout.is_file() else HERE / "registry" / name
