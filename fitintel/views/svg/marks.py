"""SVG elements as text. Every value that reaches an attribute or a text node passes through here and is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from html import escape

from fitintel.views.theme import SANS


def number(value: float) -> str:
    """A coordinate with at most one decimal.

    >>> number(3.0), number(3.14159), number(-0.01)
    ('3', '3.1', '0')
    """
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """One element; `_` in attribute names becomes `-`, numbers are shortened, text is escaped. `content` is markup."""
    said = "".join(
        f' {_name(key)}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def text(
    x: float, y: float, words: str, *, anchor: str = "start", colour: str, size: float = 12, bold: bool = False
) -> str:
    """Words at a place."""
    more: dict[str, str | float] = {"font_weight": "600"} if bold else {}
    return element("text", escape(words), x=x, y=y, text_anchor=anchor, fill=colour, font_size=size, **more)


def path(points: Iterable[tuple[float, float] | None]) -> str:
    """Path data of a line that is broken where a point is None."""
    said, pen_up = [], True
    for point in points:
        if point is None:
            pen_up = True
            continue
        said.append(f"{'M' if pen_up else 'L'}{number(point[0])} {number(point[1])}")
        pen_up = False
    return "".join(said)


def figure(name: str, width: float, height: float, title: str, description: str, content: str) -> str:
    """The whole drawing, with a title and a description for those who do not see it."""
    # ids must differ between the drawings of one page
    key = "fi-" + sha256(f"{name}|{width}|{description}".encode()).hexdigest()[:10]
    head = element("title", escape(title), id=f"{key}-t") + element("desc", escape(description), id=f"{key}-d")
    # inside HTML an svg element needs no namespace
    return element("svg", head + content, viewBox=f"0 0 {number(width)} {number(height)}",
                   role="img", aria_labelledby=f"{key}-t {key}-d", width="100%", font_family=SANS,
                   font_size=12.0)  # fmt: skip
