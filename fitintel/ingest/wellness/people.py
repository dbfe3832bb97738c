"""Whose rows are taken where a table holds several people: never somebody else's in silence."""

from __future__ import annotations

from fitintel.core.errors import AmbiguousFile
from fitintel.ingest.distinct import distinct
from fitintel.ingest.table import Table

SHOWN = 5


def rows_of(table: Table, column: str, asked: str | None, name: str) -> tuple[list[bool], str]:
    """(which rows are taken, what is to be said) of a table whose `column` names people.

    Raises:
        AmbiguousFile: there are several people and none, or one who is not there, was asked for.
    """
    cells = [cell.strip() for cell in table.column(column)] if column else []
    people = distinct(cells)[0]
    if len(people) <= 1 and asked in (None, *people):
        return [True] * len(table), ""
    shown = ", ".join(people[:SHOWN]) + (", ..." if len(people) > SHOWN else "")
    if asked is None:
        raise AmbiguousFile(f"The file holds rows of {len(people):,} people", where=f"{name}, column {column!r}",
                            why=f"their ids are {shown}: importing them as one athlete would mix them up",
                            next=f"say whose rows are yours, for example --person {people[0]}",
                            rule="several_people")  # fmt: skip
    if asked not in people:
        raise AmbiguousFile(f"The file holds no rows of {asked!r}", where=f"{name}, column {column!r}",
                            why=f"the ids are {shown}" if people else "no column says whose rows they are",
                            next="give --person as it stands in the file", rule="several_people")  # fmt: skip
    taken = [cell == asked for cell in cells]
    left = len(cells) - sum(taken)
    return taken, f"{left:,} rows of {len(people) - 1:,} others"
