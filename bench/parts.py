"""The parts of the bench, P1 to P18: what each measures, where, and which have a short form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from bench.figures import Figure


@dataclass(frozen=True, slots=True)
class Part:
    """One part."""

    name: str
    title: str
    place: str
    """module:function of bench/ that takes `short` and gives figures"""
    short: bool = False
    """whether it has a form of a few seconds, which CI runs"""

    def measure(self, *, short: bool) -> Sequence[Figure]:
        """Its figures; equality is asserted before anything is timed."""
        module, _, name = self.place.partition(":")
        work: Callable[[bool], Sequence[Figure]] = getattr(import_module(f"bench.{module}"), name)
        return work(short)


PARTS = {
    one.name: one
    for one in (
        Part("P1", "a day's brief with stored models", "daily:brief", short=True),
        Part("P2", "growth of the brief with the history", "daily:growth", short=True),
        Part("P3", "classification and training", "training:figures", short=True),
        Part("P4", "reading FIT", "scripts:fit"),
        Part("P5", "importing FIT files, from the file to the committed rows", "scripts:bulk"),
        Part("P6", "importing a CSV history", "tables:figures", short=True),
        Part("P7", "reading GPX and TCX", "scripts:xml"),
        Part("P8", "kernels", "scripts:kernels"),
        Part("P9", "statistics and forecasts", "statistics_:figures", short=True),
        Part("P10", "a night of a fleet", "scripts:fleet"),
        Part("P11", "executed notebooks", "notebooks:figures"),
        Part("P12", "a night in which little is new", "scripts:incremental"),
        Part("P13", "what telling MLflow costs", "telling:figures"),
        Part("P14", "inserting, and reading one athlete of many", "rows:figures", short=True),
        Part("P15", "questions to the whole fleet", "scripts:columns"),
        Part("P16", "starting", "starts:figures", short=True),
        Part("P17", "the API", "scripts:api"),
        Part("P18", "first paint of pages", "scripts:pages"),
    )
}
"""name -> part"""
