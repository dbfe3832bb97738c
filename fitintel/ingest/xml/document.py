"""A document as columns: one row an element, in the order of their start tags. Nothing is copied out of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

import numpy as np
from numpy.typing import NDArray

from fitintel.ingest.xml.attributes import ATTRIBUTE, Ints

Bytes = NDArray[np.uint8]
PADDING = 64


@dataclass(frozen=True)
class Document:
    """Elements of a well-formed document, n rows.

    `name` is an index into `names` (without prefix), `parent` a row (-1 for the root), `last` the last row inside an
    element; its text up to its first child is `text[start:stop]`, its attributes are `text[tag:stop of the tag]`.
    """

    text: bytes
    buffer: Bytes
    """the text as numbers, followed by `PADDING` zeros so that a window at its end stays inside"""
    names: tuple[str, ...]
    name: Ints
    parent: Ints
    last: Ints
    start: Ints
    stop: Ints
    tag: Ints
    """where the attributes begin, after the name"""
    tag_stop: Ints
    quotes: Ints
    """places of the double quotes inside of tags"""

    @property
    def root(self) -> str:
        """Name of the outermost element."""
        return self.names[int(self.name[0])]

    @cached_property
    def code(self) -> Mapping[str, int]:
        """Name -> its index in `names`."""
        return {name: place for place, name in enumerate(self.names)}

    def rows(self, *names: str, under: str | None = None) -> Ints:
        """Rows of the elements of these names, in order; with `under` only those whose parent has that name."""
        wanted = [self.code[name] for name in names if name in self.code]
        if not wanted:
            return np.empty(0, np.int32)
        mask = self.name == wanted[0]
        for code in wanted[1:]:
            mask |= self.name == code
        found: Ints = np.flatnonzero(mask).astype(np.int32)
        if under is None:
            return found
        parents = self.parent[found]
        held: Ints = found[(parents >= 0) & (self.name[parents] == self.code.get(under, -1))]
        return held

    def inside(self, rows: Ints, outer: Ints) -> Ints:
        """For each of `rows` the index of the one of `outer` (sorted, not nested) that holds it; -1 for none."""
        if not len(outer) or not len(rows):
            return np.full(len(rows), -1, np.int32)
        place = np.searchsorted(outer, rows, side="left").astype(np.int32) - 1
        held = (place >= 0) & (rows <= self.last[outer[place]])
        return np.where(held, place, np.int32(-1))

    def child(self, row: int, *names: str) -> int | None:
        """The first child of that name, each name a step deeper."""
        for name in names:
            code = self.code.get(name)
            if code is None:
                return None
            found = next((each for each in self.children(row) if int(self.name[each]) == code), None)
            if found is None:
                return None
            row = found
        return row

    def children(self, row: int) -> Iterable[int]:
        """Rows of the direct children of an element."""
        at, last = row + 1, int(self.last[row])
        while at <= last:
            yield at
            at = int(self.last[at]) + 1

    def word(self, row: int | None) -> str:
        """Text of an element as a person reads it, '' for none."""
        if row is None:
            return ""
        raw = self.text[int(self.start[row]) : int(self.stop[row])].decode()
        return _plain(raw.replace("\r\n", "\n").replace("\r", "\n")).strip()

    def attribute(self, row: int, name: str) -> str | None:
        """Value of an attribute, None where the element has none of that name (prefixes do not count)."""
        wanted = name.encode()
        for key, double, single in ATTRIBUTE.findall(self.text, int(self.tag[row]), int(self.tag_stop[row])):
            if key.rpartition(b":")[2] == wanted:
                return _plain((double or single).decode())
        return None


def _plain(text: str) -> str:
    """Text with its references resolved; only XML's own five and numbers occur in what was checked."""
    return unescape(text) if "&" in text else text
