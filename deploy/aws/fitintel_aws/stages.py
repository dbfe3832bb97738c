"""What staging and production differ in. Nothing else differs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """Sizes of one stage; why each, stands in docs/capacity.md."""

    name: str
    database: str
    """class of instance"""
    storage: int
    """GiB, grows by itself to ten times that"""
    cache: str
    several_zones: bool
    least: int
    """tasks of each front end"""
    most: int
    workers: int
    """most Dask workers"""
    kept: int
    """d of backups"""


STAGES = {
    "staging": Stage("staging", "t4g.medium", 20, "cache.t4g.micro", False, 1, 2, 2, 7),
    "production": Stage("production", "r7g.large", 200, "cache.r7g.large", True, 2, 12, 16, 35),
}
