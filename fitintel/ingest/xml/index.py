"""The fast way: a document's columns straight from the bytes, with NumPy, as far as its shape can be proved.

Only plain XML is taken: elements, attributes in double quotes, text, XML's own entities. Tags must pair. Anything else
gives None, and the caller takes the robust way (`canonical`, then here again).

The method, one pass over the positions of '<' and '>' instead of one over the letters, is that of simdjson's structural
index (Langdale, Lemire 2019, VLDB Journal 28:941).
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from fitintel.ingest.xml.attributes import ATTRIBUTE, Ints, Mask, pairs
from fitintel.ingest.xml.document import PADDING, Bytes, Document
from fitintel.ingest.xml.names import Keys, Places, coded, keys
from fitintel.ingest.xml.safe import LONGEST_NAME, MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_TAG

_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*(?:"1\.\d"|'1\.\d')(?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?"""
    rb"""(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>"""
)
_COMMENT = re.compile(rb"<!--(?:[^-]|-(?!-))*+-->")
_NAME = re.compile(rb"(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)")
_MANY = 200_000
"""comments or references; more are left to the robust way, which takes less room for them"""
_REFERENCE = re.compile(rb"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


class _Tags(NamedTuple):
    """Tags in order: where they stand, of which kind, and where their names end."""

    buffer: Bytes
    opening: Ints
    closing: Ints
    is_end: Mask
    is_empty: Mask
    begin: Ints
    """of the name"""
    stop: Ints
    """of the name"""
    quotes: Ints


def index(text: bytes, *, plain: bool = False) -> Document | None:
    """Columns of a document that is plain and well-formed; None where that cannot be proved here.

    Args:
        text: UTF-8, as `safe.prepared` gives it.
        plain: the text comes from `canonical`: its references are known to be good.

    >>> found = index(b'<a><b c="1">2</b><d/></a>')
    >>> found.names, found.parent.tolist(), found.word(1), found.attribute(1, "c")
    (('a', 'b', 'd'), [-1, 0, 0], '2', '1')
    >>> index(b"<a><b></a></b>") is None
    True
    """
    declared = _DECLARATION.match(text)
    if declared is not None:
        text = text[declared.end() :]
    if b"<!--" in text:
        uncommented = _without_comments(text)
        if uncommented is None:
            return None
        text = uncommented
    tags = _tags(text)
    if tags is None or not (plain or _references_known(text)):
        return None
    key = keys(tags.buffer, tags.begin, tags.stop)
    nested = None if key is None else _nested(tags, key)
    if key is None or nested is None or not _only_space_outside(text, tags):
        return None
    parent, last, starts = nested
    named = coded(key, starts)
    if named is None:
        return None
    code, firsts = named
    raw = [text[int(tags.begin[row]) : int(tags.stop[row])] for row in starts[firsts].tolist()]
    if not all(_NAME.fullmatch(name) for name in raw) or not _attributes_plain(text, tags, raw, starts):
        return None
    local: dict[bytes, int] = {}
    codes = np.array([local.setdefault(name.rpartition(b":")[2], len(local)) for name in raw], np.int32)
    begin = tags.closing[starts] + 1
    is_empty = tags.is_empty[starts]
    following = tags.opening[np.minimum(starts + 1, len(tags.opening) - 1)]
    return Document(
        text=text,
        buffer=tags.buffer,
        names=tuple(name.decode() for name in local),
        name=codes[code],
        parent=parent,
        last=last,
        start=begin,
        stop=np.where(is_empty, begin, following),
        tag=tags.stop[starts],
        tag_stop=tags.closing[starts] - is_empty,
        quotes=tags.quotes,
    )


def _without_comments(text: bytes) -> bytes | None:
    """The text without its comments; None where one of them stands inside a tag, or there are too many."""
    if text.count(b"<!--") > _MANY:
        return None
    for found in _COMMENT.finditer(text):
        at = found.start()
        if text.rfind(b"<", 0, at) > text.rfind(b">", 0, at):
            return None
    return _COMMENT.sub(b"", text)


def _references_known(text: bytes) -> bool:
    count = text.count(b"&")
    if not count:
        return True
    if count > _MANY:
        return False
    found = _REFERENCE.findall(text)
    return len(found) == count and all(_is_character(one) for one in set(found))


def _is_character(reference: bytes) -> bool:
    if not reference.startswith(b"&#"):
        return True
    digits = reference[2:-1]
    code = int(digits[1:], 16) if digits[:1] == b"x" else int(digits)
    # digits and letters written as numbers are left to the robust way: columns are read without resolving references
    return code in (9, 10, 13, 34, 38, 39, 60, 62) or 0xA0 <= code < 0xD800 or 0xE000 <= code < 0xFFFE


def _tags(text: bytes) -> _Tags | None:
    """Where the tags stand; None where '<' and '>' are not those of plain tags alone."""
    buffer = np.frombuffer(text + bytes(PADDING), np.uint8)
    is_opening, is_closing = buffer == 60, buffer == 62
    count = int(np.count_nonzero(is_opening))
    if not 0 < count <= 2 * MAX_ELEMENTS or count != int(np.count_nonzero(is_closing)):
        return None
    opening, closing = np.flatnonzero(is_opening).astype(np.int32), np.flatnonzero(is_closing).astype(np.int32)
    sizes = closing - opening
    if int(sizes.min()) < 2 or int(sizes.max()) > MAX_TAG or (opening[1:] < closing[:-1]).any():
        return None
    second = buffer[opening + 1]
    is_end = second == 47
    if ((second == 33) | (second == 63)).any():  # <! and <?
        return None
    is_empty = (buffer[closing - 1] == 47) & ~is_end
    begin = opening + 1 + is_end
    stop = closing - is_empty
    # an attribute needs a quote: where there is none the whole tag is its name
    quotes = np.flatnonzero(buffer == 34).astype(np.int32)
    at = np.searchsorted(opening, quotes) - 1
    within = (at >= 0) & (quotes < closing[at])
    carrying = at[within]
    if len(carrying):
        carrying = carrying[np.append(True, carrying[1:] != carrying[:-1])]
        blank = buffer[begin[carrying][:, None] + np.arange(LONGEST_NAME + 1, dtype=np.int32)] <= 32
        if not blank.any(axis=1).all() or is_end[carrying].any():
            return None
        stop[carrying] = begin[carrying] + blank.argmax(axis=1).astype(np.int32)
    for _ in range(2):  # <metadata />
        stop -= (buffer[stop - 1] <= 32) & ~is_end
    return _Tags(buffer, opening, closing, is_end, is_empty, begin, stop, quotes[within])


def _nested(tags: _Tags, key: list[Keys]) -> tuple[Ints, Ints, Places] | None:
    """Parent and last row inside of each element, and its start tag; None unless every tag has its partner."""
    is_start = ~tags.is_end
    after = np.cumsum(is_start.astype(np.int8) - tags.is_end - tags.is_empty, dtype=np.int32)
    if int(after[-1]) != 0 or int(after.min()) < 0 or int(after.max()) > MAX_DEPTH:
        return None
    if not after[:-1].all():  # a second root
        return None
    depth = (after + (tags.is_end | tags.is_empty)).astype(np.int8)  # of the element that the tag belongs to
    row = np.cumsum(is_start, dtype=np.int32) - 1  # of the last element begun, up to and with each tag
    starts = np.flatnonzero(is_start)
    parent = np.full(len(starts), -1, np.int32)
    last = np.arange(len(starts), dtype=np.int32)
    order = np.argsort(depth, kind="stable")
    deepest = int(depth.max())
    bounds = np.searchsorted(depth[order], np.arange(1, deepest + 2))
    above = np.empty(0, np.intp)
    for level in range(deepest):
        at = order[bounds[level] : bounds[level + 1]]
        own = at[is_start[at]]
        if level:
            parent[row[own]] = row[above[np.searchsorted(above, own) - 1]]
        paired = at[~tags.is_empty[at]]
        begins, ends = paired[0::2], paired[1::2]
        if len(begins) != len(ends) or tags.is_end[begins].any() or not tags.is_end[ends].all():
            return None
        if any((part[begins] != part[ends]).any() for part in key):
            return None
        last[row[begins]] = row[ends]
        above = begins
    return parent, last, starts


def _only_space_outside(text: bytes, tags: _Tags) -> bool:
    return not text[: int(tags.opening[0])].strip() and not text[int(tags.closing[-1]) + 1 :].strip()


def _attributes_plain(text: bytes, tags: _Tags, raw: list[bytes], starts: Places) -> bool:
    """Whether every tag holds attributes in proper form and no prefix is used that the root does not declare."""
    begin, stop = tags.stop, tags.closing - tags.is_empty
    carrying = np.flatnonzero(stop > begin)
    plain = carrying[~pairs(tags.buffer, tags.quotes, begin[carrying], stop[carrying]).found]
    kinds = {text[a:b] for a, b in zip(begin[plain].tolist(), stop[plain].tolist(), strict=True)}
    declared = {b"", b"xml"}
    for key, _, _ in ATTRIBUTE.findall(text, int(begin[starts[0]]), int(stop[starts[0]])):
        if key.startswith(b"xmlns:"):
            declared.add(key[6:])
    if not all(name.rpartition(b":")[0] in declared for name in raw):
        return False
    return not any(b"XInclude" in one for one in kinds) and all(_is_plain(one, declared) for one in kinds)


def _is_plain(attributes: bytes, declared: set[bytes]) -> bool:
    at, seen = 0, set()
    declared = declared | {key[6:] for key, _, _ in ATTRIBUTE.findall(attributes) if key.startswith(b"xmlns:")}
    while at < len(attributes):
        found = ATTRIBUTE.match(attributes, at)
        if found is None:
            return not attributes[at:].strip()
        key, value = found[1], found[2] if found[2] is not None else found[3]
        prefix = key.rpartition(b":")[0]
        if key in seen or not _NAME.fullmatch(key) or b"\n" in value or b"\t" in value or b"\r" in value:
            return False
        if prefix not in declared and prefix != b"xmlns":
            return False
        seen.add(key)
        at = found.end()
    return len(seen) <= MAX_ATTRIBUTES
