"""The lines of a text as a sequence that is only made when it is asked for: a well-formed table is read without it."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import overload

FIRST = 8
"""lines that are looked at for a header without making all"""
RARE = 10_000
"""places that are looked at one by one: searching for one byte is many times faster than for several"""
AT_ONCE = 1024 * 1024
"""bytes that are decoded at once to see whether they are UTF-8"""


def holds(data: bytes, mark: bytes) -> bool:
    """Whether some bytes are in others; a mark of several bytes is looked for by its first, which is rare in tables.

    >>> holds(b"a\\xc2\\x85", b"\\xc2\\x85"), holds(b"\\xc2\\x86\\xc2", b"\\xc2\\x85")
    (True, False)
    """
    if len(mark) == 1 or not data.isascii():
        at = data.find(mark[:1])
        for _ in range(RARE):
            if at < 0 or data.startswith(mark, at):
                return at >= 0
            at = data.find(mark[:1], at + 1)
        return data.find(mark, at) >= 0
    return False


class Lines(Sequence[str]):
    """Lines of UTF-8 bytes, each with its end, which is LF whatever it was. Raises UnicodeDecodeError when made."""

    def __init__(self, data: bytes) -> None:
        if not data.isascii():
            decoder = codecs.getincrementaldecoder("utf-8")()
            for start in range(0, len(data), AT_ONCE):
                decoder.decode(data[start : start + AT_ONCE])
            decoder.decode(b"", final=True)
        self.data = data
        """the bytes as they came"""
        self._all: list[str] | None = None
        self._first = list(islice(self._read(), FIRST))

    def _read(self) -> Iterator[str]:
        file = io.BytesIO(self.data)
        if b"\r" not in self.data:
            yield from map(bytes.decode, file)
            return
        for line in file:
            if b"\r" not in line:
                yield line.decode()
            else:  # a lone CR ends a line, too
                yield from io.StringIO(line.decode(), newline=None)

    def every(self) -> list[str]:
        """All lines."""
        if self._all is None:
            # by lines, not at once: one special letter would make every character of a large text two bytes wide
            data = self.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in self.data else self.data
            self._all = list(map(bytes.decode, io.BytesIO(data)))
        return self._all

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, int) and 0 <= index < len(self._first):
            return self._first[index]
        return self.every()[index]

    def __len__(self) -> int:
        return len(self.every())

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all) if self._all is not None else self._read()
