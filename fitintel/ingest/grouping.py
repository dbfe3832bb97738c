"""From scored pairs and decisions to groups of workouts that are one. The order in which they came plays no part.

Decisions of people come first, the newest before older ones. Then clear pairs join, best first, unless that would put
together what a person said are two, or two workouts of one import that are not the same one. A clear pair with a rival
(A is like B and like C, which are two) is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Pair = tuple[str, str]
MARGIN = 2.0
"""points by which a pair must beat its rival"""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Which workouts are one, and which pairs a person is asked about."""

    groups: tuple[tuple[str, ...], ...]
    """ids, each group sorted, of two or more"""
    doubtful: tuple[Pair, ...]


def pair(first: str, second: str) -> Pair:
    """The two ids in order."""
    return (first, second) if first < second else (second, first)


class _Groups:
    def __init__(self, apart: Callable[[str, str], bool]) -> None:
        self._group: dict[str, set[str]] = {}
        self._by_rule: dict[str, set[str]] = {}
        self._apart = apart
        self.two: set[Pair] = set()
        """pairs that a person said are two"""

    def of(self, name: str) -> set[str]:
        return self._group.setdefault(name, {name})

    def join(self, first: str, second: str, *, by_rule: bool = False) -> None:
        for groups in (self._group, self._by_rule) if by_rule else (self._group,):
            joined = groups.get(first, {first}) | groups.get(second, {second})
            for name in joined:
                groups[name] = joined

    def decided_two(self, first: str, second: str) -> bool:
        return any(pair(one, two) in self.two for one in self.of(first) for two in self.of(second))

    def apart(self, first: str, second: str) -> bool:
        # whom a person has joined to one of them is no argument: the person knew better
        ones, twos = (self._by_rule.get(name, {name}) for name in (first, second))
        return any(self._apart(one, two) for one in ones for two in twos)

    def all(self) -> list[tuple[str, ...]]:
        return sorted({tuple(sorted(group)) for group in self._group.values() if len(group) > 1})


def grouped(
    scores: Mapping[Pair, tuple[float, bool]],
    decisions: Sequence[tuple[Pair, bool]],
    apart: Callable[[str, str], bool],
) -> Grouped:
    """Groups and open questions.

    Args:
        scores: pair -> (points, whether it is clear); doubtful pairs are in it, others not.
        decisions: (pair, whether they are one), newest first, of people.
        apart: whether two workouts cannot be one for what they are.

    >>> scores = {("a", "b"): (12.0, True), ("b", "c"): (11.0, True), ("c", "d"): (3.0, False)}
    >>> grouped(scores, [], lambda one, two: False)
    Grouped(groups=(('a', 'b', 'c'),), doubtful=(('c', 'd'),))
    >>> grouped(scores, [(("b", "c"), False)], lambda one, two: False).groups
    (('a', 'b'),)
    """
    groups = _Groups(apart)
    for (first, second), one in decisions:
        if one and not groups.decided_two(first, second):
            groups.join(first, second)
        elif not one and second not in groups.of(first):
            groups.two.add(pair(first, second))
    rivals = _rivals(scores, apart)
    ranked = sorted(scores, key=lambda each: (-scores[each][0], each))
    for first, second in ranked:
        if not scores[first, second][1] or (first, second) in rivals:
            continue
        if not groups.decided_two(first, second) and not groups.apart(first, second):
            groups.join(first, second, by_rule=True)
    doubtful = []
    for first, second in ranked:
        if second in groups.of(first) or groups.decided_two(first, second):
            continue
        # where one of them already has its twin of that import, there is nothing to ask
        if not groups.apart(first, second) or (first, second) in rivals:
            doubtful.append((first, second))
    return Grouped(tuple(groups.all()), tuple(sorted(doubtful)))


def _rivals(scores: Mapping[Pair, tuple[float, bool]], apart: Callable[[str, str], bool]) -> set[Pair]:
    """Clear pairs that have no clear lead over another of which only one can be true."""
    clear = [each for each in scores if scores[each][1]]
    of: dict[str, list[Pair]] = {}
    for each in clear:
        for name in each:
            of.setdefault(name, []).append(each)
    found = set()
    for first, second in clear:
        for shared, own in ((first, second), (second, first)):
            for rival in of[shared]:
                other = rival[0] if rival[1] == shared else rival[1]
                close = abs(scores[rival][0] - scores[first, second][0]) < MARGIN
                if other != own and close and apart(own, other) and pair(own, other) not in scores:
                    found.add((first, second))
    return found
