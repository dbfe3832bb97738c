"""The page of an algorithm, as text and as HTML: what a badge opens in a terminal, a notebook and a browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fitintel.core import days
from fitintel.core.open_algorithm import OpenAlgorithm
from fitintel.core.promotion import Promotion, Step
from fitintel.views.cards import VALIDITY_WORDS
from fitintel.views.language import _, counted
from fitintel.views.numbers import percent
from fitintel.views.promotions import approved
from fitintel.views.titles import titled
from fitintel.views.words.said import Typed, on_page

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

    def on_page(self) -> AlgorithmView:
        """The same for a reader who has no terminal: no words name its commands."""
        return replace(self, parts=tuple(replace(part, lines=tuple(map(on_page, part.lines))) for part in self.parts))

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
        Part(_("Formula"), tuple(found.doc.strip().splitlines()), code=True),
        Part(_("Takes and gives"), header=("", _("name"), _("unit or value")), rows=(
            *((_("input"), name, unit) for name, unit in card.inputs.items()),
            *((_("parameter"), name, repr(value)) for name, value in card.parameters.items()),
            (_("output"), *card.output),
        )),
        Part(_("How far to trust it"), (_("validity: {word}", word=_(VALIDITY_WORDS[card.validity])),
                                        *(_("limit: {text}", text=limit) for limit in card.limits),
                                        _("source: {text}", text=card.source))),
        _versions(found),
        _promotions(found),
        _evaluations(found),
        _performance(found),
    )  # fmt: skip
    return AlgorithmView(card.id, titled(card.title), card.version, card.description, parts)


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
        (card.version, _("in use") if card.version == found.card.version else "", card.changed or _("the first"))
        for card in reversed(found.versions)
    )
    return Part(_("Versions"), header=(_("version"), "", _("what it changed")), rows=rows)


def _promotions(found: OpenAlgorithm) -> Part:
    title = _("Who put which version in use, and why")
    if not found.promotions:
        return Part(title, (_("Nobody: {version} came with the release.", version=found.card.version),))
    rows = tuple((f"{one.at:%Y-%m-%d}", f"{one.before} -> {one.version}", _step(one), one.by, approved(one),
                  one.evaluation_id or "", one.why) for one in found.promotions)  # fmt: skip
    return Part(title, rows=rows, header=(
        _("when"), _("version"), _("step"), _("by"), _("approved by"), _("evaluation"), _("why"),
    ))  # fmt: skip


def _step(one: Promotion) -> str:
    word = _("promoted") if one.step is Step.PROMOTE else _("rolled back")
    return word if one.since is not None else _("waits for approval")


def _evaluations(found: OpenAlgorithm) -> Part:
    title = _("Challengers, and how they were judged")
    if not found.evaluations:
        command = f"fitintel evaluate {found.card.id} --challenger VERSION"
        said = Typed(_("None was judged here. Judge one: {command}", command=command), _("None was judged here."))
        return Part(title, (said,))
    rows = tuple((f"{one.at:%Y-%m-%d}", _("{one} against {other}", one=one.challenger, other=one.champion), one.by,
                  _("passed") if one.passed else _("refused"), "; ".join(_failed(one.document)), one.id)
                 for one in found.evaluations)  # fmt: skip
    return Part(title, rows=rows, header=(
        _("when"), _("versions"), _("by"), _("gate"), _("what it lacked"), _("evaluation"),
    ))  # fmt: skip


def _failed(document: Mapping[str, Any]) -> list[str]:
    return [f"{one['asks']}: {one['says']}" for one in document.get("reasons", ()) if not one["holds"]]


def _performance(found: OpenAlgorithm) -> Part:
    title = _("How it fared in use")
    if not found.points:
        return Part(title, (_("No night is measured here yet."),))
    newest = found.points[-SHOWN_DAYS:]
    names = sorted({name for point in newest for name in point.figures})
    rows = tuple((name, *(_figure(name, point.figures) for point in newest)) for name in names)
    told = counted("The newest of {n} day, over everybody here.", "The newest of {n} days, over everybody here.",
                   len(found.points))  # fmt: skip
    return Part(title, (told,), (_("figure"), *(days.iso(point.day) for point in newest)), rows)


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
