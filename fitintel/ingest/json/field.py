"""A value in a JSON file and the path to it."""

from __future__ import annotations

from fitintel.ingest.connectors.answers import Node


class Field(Node):
    """A value that is read strictly; what is not as its kind of file has it is named by its path.

    >>> Field([{"hr": "120"}], "$.samples").items().__next__().number("hr")
    Traceback (most recent call last):
    ...
    fitintel.core.errors.UnexpectedAnswer: The JSON file is not as its kind is. Where: $.samples[0].hr. Why: expected a number, found text '120'. Next: ...
    """  # noqa: E501

    what = "The JSON file is not as its kind is"
    next = "export it again; if the vendor has changed its files, report it: the file is kept"
    rule = "json_unexpected"

    def whole(self, name: str) -> float | None:
        """A whole number that is not negative."""
        value = self.number(name)
        if value is not None and (value < 0 or value != int(value)):
            raise self.child(name).unexpected("a whole number that is not negative")
        return value

    def needed_whole(self, name: str) -> float:
        """The same, where every file of the kind has it."""
        value = self.whole(name)
        if value is None:
            raise self.child(name).unexpected("a whole number")
        return value
