"""Card: all that is ever said about an algorithm. Registry, badge, docs, audit row and common tests derive from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Validity(StrEnum):
    """How far to trust a number."""

    HIGH = "high"  # arithmetic, or validated against measurements in many people
    USEFUL = "useful"  # right for comparing a person with themselves
    ROUGH = "rough"  # an order of magnitude; a better input would be better
    UNRELIABLE = "unreliable"  # shown only because nothing better is known


FAMILIES = ("features", "load", "capacity", "running", "recovery", "classify", "trend", "anomaly", "consistency",
            "forecast", "statistics")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """What is said about one algorithm."""

    id: str
    version: str
    family: str
    title: str
    inputs: Mapping[str, str]
    output: tuple[str, str]
    source: str
    validity: Validity
    limits: tuple[str, ...]
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    description: str = ""
    changed: str = ""
    """what this version computes differently from the one before it; empty for the first"""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.id):
            raise ValueError(f"an algorithm id is lower_case: {self.id!r}")
        if not re.fullmatch(r"\d+\.\d+\.\d+", self.version):
            raise ValueError(f"{self.id}: version is MAJOR.MINOR.PATCH, got {self.version!r}")
        if self.family not in FAMILIES:
            raise ValueError(f"{self.id}: unknown family {self.family!r}; known: {', '.join(FAMILIES)}")
        for name in ("title", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"{self.id}: the card needs a {name}")
        if not self.limits:
            raise ValueError(f"{self.id}: the card needs at least one limit")

    @property
    def badge(self) -> str:
        """What stands beside every number: title and version."""
        return f"{self.title} {self.version}"

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON, MLflow tags and documentation."""
        said: dict[str, Any] = {"changed": self.changed} if self.changed else {}
        return said | {
            "id": self.id, "version": self.version, "family": self.family, "title": self.title,
            "description": self.description, "inputs": dict(self.inputs), "output": list(self.output),
            "parameters": dict(self.parameters), "source": self.source, "validity": self.validity.value,
            "limits": list(self.limits),
        }  # fmt: skip
