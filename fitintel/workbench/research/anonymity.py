"""k-anonymity and l-diversity of a table, and the groups that break them.

Sources: Sweeney 2002, Int J Uncertain Fuzz 10:557; Machanavajjhala et al. 2007, ACM TKDD 1:3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Athletes who cannot be told apart by what others may know of them."""

    values: tuple[str, ...]
    """one of each quasi-identifier"""
    size: int
    variety: int
    """different values of the sensitive column with the fewest"""


def groups(rows: Sequence[Row], quasi: Sequence[str], sensitive: Sequence[str] = ()) -> list[Group]:
    """Groups of rows with equal quasi-identifiers, by their values.

    >>> groups([{"sex": "f", "flag": "a"}, {"sex": "f", "flag": "b"}, {"sex": "m", "flag": "a"}], ["sex"], ["flag"])
    [Group(values=('f',), size=2, variety=2), Group(values=('m',), size=1, variety=1)]
    """
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in quasi)].append(row)
    return [
        Group(values, len(some), min((len({row[name] for row in some}) for name in sensitive), default=len(some)))
        for values, some in sorted(found.items())
    ]


def k_of(rows: Sequence[Row], quasi: Sequence[str]) -> int:
    """Size of the smallest group; 0 of no rows."""
    return min((one.size for one in groups(rows, quasi)), default=0)


def l_of(rows: Sequence[Row], quasi: Sequence[str], sensitive: Sequence[str]) -> int:
    """Fewest different values of a sensitive column in a group; 0 of no rows."""
    return min((one.variety for one in groups(rows, quasi, sensitive)), default=0)
