"""The page of an algorithm, as text and as HTML: what a badge opens in a terminal, a notebook and a browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fitintel.core import days
from fitintel.core.open_algorithm import OpenAlgorithm
from fitintel.core.promotion import Promotion, Step
from fitintel.views.cards import VALIDITY_WORDS
from fitintel.views.numbers import count, percent
from fitintel.views.promotions import approved

LASTING = 4
"""parts of the page that stay as they are for a version: formula, inputs, trust, versions"""
SHOWN_DAYS = 7
"""newest days of performance in the table"""
WIDTH = 118


@dataclass(frozen=True, slots=True)
class Part:
    """A head with paragraphs, or with rows of cells under a header."""

    title: str
    lines: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    code: bool = False
    """the lines are a docstring: their breaks are kept"""


@dataclass(frozen=True, slots=True)
class AlgorithmView:
    """What a person sees of an algorithm. In a notebook it draws itself."""

    id: str
    title: str
    version: str
    lead: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """For a terminal."""
        return "\n".join(_text(self))

    def as_dict(self) -> dict[str, Any]:
        """Plain values: the parts by their titles."""
        return {"parts": [{"title": part.title, "lines": list(part.lines), "header": list(part.header),
                           "rows": [list(row) for row in part.rows]} for part in self.parts]}  # fmt: skip

    def _repr_html_(self) -> str:
        from fitintel.views.page import algorithm_html

        return algorithm_html(self)


def algorithm_view(found: OpenAlgorithm) -> AlgorithmView:
    """Card, formula, sources, limits, versions, performance, and who put what in use and why."""
    card = found.card
    parts = (
        Part("Formula", tuple(found.doc.strip().splitlines()), code=True),
        Part("Takes and gives", header=("", "name", "unit or value"), rows=(
            *(("input", name, unit) for name, unit in card.inputs.items()),
            *(("parameter", name, repr(value)) for name, value in card.parameters.items()),
            ("output", *card.output),
        )),
        Part("How far to trust it", (f"validity: {VALIDITY_WORDS[card.validity]}",
                                     *(f"limit: {limit}" for limit in card.limits), f"source: {card.source}")),
        _versions(found),
        _promotions(found),
        _evaluations(found),
        _performance(found),
    )  # fmt: skip
    return AlgorithmView(card.id, card.title, card.version, card.description, parts)


def algorithm_file(found: OpenAlgorithm) -> bytes:
    """The page of an algorithm as a file that stands alone: formula, sources, limits and versions.

    What changes from day to day (how it fared, who put it in use) is left out: a version's file is written once.
    """
    from fitintel.views.page import algorithm_html, document

    view = algorithm_view(OpenAlgorithm(found.card, found.doc, found.versions))
    kept = replace(view, parts=view.parts[:LASTING])
    return document(f"{view.title} {view.version}", algorithm_html(kept)).encode()


def _versions(found: OpenAlgorithm) -> Part:
    rows = tuple(
        (card.version, "in use" if card.version == found.card.version else "", card.changed or "the first")
        for card in reversed(found.versions)
    )
    return Part("Versions", header=("version", "", "what it changed"), rows=rows)


def _promotions(found: OpenAlgorithm) -> Part:
    title = "Who put which version in use, and why"
    if not found.promotions:
        return Part(title, (f"Nobody: {found.card.version} came with the release.",))
    rows = tuple((f"{one.at:%Y-%m-%d}", f"{one.before} -> {one.version}", _step(one), one.by, approved(one),
                  one.evaluation_id or "", one.why) for one in found.promotions)  # fmt: skip
    return Part(title, header=("when", "version", "step", "by", "approved by", "evaluation", "why"), rows=rows)


def _step(one: Promotion) -> str:
    word = "promoted" if one.step is Step.PROMOTE else "rolled back"
    return word if one.since is not None else "waits for approval"


def _evaluations(found: OpenAlgorithm) -> Part:
    title = "Challengers, and how they were judged"
    if not found.evaluations:
        return Part(
            title, (f"None was judged here. Judge one: fitintel evaluate {found.card.id} --challenger VERSION",)
        )
    rows = tuple((f"{one.at:%Y-%m-%d}", f"{one.challenger} against {one.champion}", one.by,
                  "passed" if one.passed else "refused", "; ".join(_failed(one.document)), one.id)
                 for one in found.evaluations)  # fmt: skip
    return Part(title, header=("when", "versions", "by", "gate", "what it lacked", "evaluation"), rows=rows)


def _failed(document: Mapping[str, Any]) -> list[str]:
    return [f"{one['asks']}: {one['says']}" for one in document.get("reasons", ()) if not one["holds"]]


def _performance(found: OpenAlgorithm) -> Part:
    title = "How it fared in use"
    if not found.points:
        return Part(title, ("No night is measured here yet.",))
    newest = found.points[-SHOWN_DAYS:]
    names = sorted({name for point in newest for name in point.figures})
    rows = tuple((name, *(_figure(name, point.figures) for point in newest)) for name in names)
    told = f"The newest of {count(len(found.points), 'day')}, over everybody here."
    return Part(title, (told,), ("figure", *(days.iso(point.day) for point in newest)), rows)


def _figure(name: str, figures: Mapping[str, float]) -> str:
    if name not in figures:
        return "-"
    value = figures[name]
    of = name.removesuffix("_low").removesuffix("_high")
    if name.endswith("_share") or of in ("coverage", "nominal", "label_agreement", "alert_precision"):
        return percent(value)
    return f"{1000 * value:.3g} ms" if name.startswith("latency") else f"{value:.4g}"


def _text(view: AlgorithmView) -> Iterator[str]:
    from textwrap import wrap

    yield f"{view.title} ({view.id} {view.version})"
    for part in view.parts:
        yield ""
        yield part.title
        for line in part.lines:
            yield from [f"  {line}"] if part.code else wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ")
        yield from _columns(part)


def _columns(part: Part) -> Iterator[str]:
    if not part.rows:
        return
    cells = [part.header, *part.rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(part.header))]
    for row in cells:
        yield ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
