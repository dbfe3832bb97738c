"""A source that is only a table of their names to ours: header in, profile out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from fitintel.core.errors import UnknownFormat
from fitintel.core.units import UnitSystem
from fitintel.ingest.guess import order_by_evidence, signs
from fitintel.ingest.options import Options
from fitintel.ingest.profile import NUMBERS, Profile, Use
from fitintel.ingest.table import Table


@dataclass(frozen=True, slots=True)
class NamedColumns:
    """`columns`: their name, lower case -> (our column, unit). `needed`: those by which a header is recognised."""

    says: str
    columns: Mapping[str, tuple[str, str]]
    needed: Collection[str]
    zero_is_missing: tuple[str, ...] = ()
    clock: str = ""

    def recognises(self, header: Sequence[str]) -> bool:
        """Whether a header has the needed names."""
        return {name.casefold() for name in header}.issuperset(self.needed)

    def wanted(self, header: Sequence[str]) -> list[str]:
        """The columns that are read."""
        return [name for name in header if name.casefold() in self.columns]

    def profile(self, table: Table, name: str, options: Options) -> Profile:
        """Columns by name; number signs and the order of day and month by evidence."""
        missing = sorted(set(self.needed) - {column.casefold() for column in table.header})
        if missing:
            raise UnknownFormat(f"This is not {self.says}", where=f"{name}, line 1",
                                why=f"it lacks {', '.join(map(repr, missing[:5]))}",
                                next="leave --source out to have the file detected",
                                rule="columns_missing")  # fmt: skip
        uses = [Use(column, *self.columns[column.casefold()]) for column in self.wanted(table.header)]
        order = list(self.columns)
        uses.sort(key=lambda use: order.index(use.header.casefold()))  # the preferred name first
        cells = {use.ours: table.column(use.header) for use in uses if use.ours in NUMBERS}
        decimal, thousands = signs(cells, table.delimiter, None, name)
        used = {use.header for use in uses}
        dates = next((table.column(use.header) for use in uses if use.ours == "date"), [])
        return Profile(
            columns=tuple(uses), date_order=order_by_evidence(dates, options.date_order, name), decimal=decimal,
            thousands=thousands, delimiter=table.delimiter, encoding=table.decoded.encoding, clock=self.clock,
            zero_is_missing=self.zero_is_missing,
            ignored=tuple(column for column in table.header if column and column not in used),
        )  # fmt: skip


def stripped(cells: Sequence[str]) -> list[str]:
    """The cells of an identity column as they are, without blanks around them."""
    return [cell.strip() for cell in cells]


def none(cells: Sequence[str]) -> list[str]:
    """No identity: the content decides."""
    return ["" for _ in cells]


def by_distance(used: Profile) -> UnitSystem | None:
    """The units that the distance column shows its person to read."""
    distance = used.use("distance")
    return {"mi": UnitSystem.IMPERIAL, "km": UnitSystem.METRIC}.get(distance.unit) if distance else None
