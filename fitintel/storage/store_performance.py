"""How algorithms fare: the part of the Store's interface."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from fitintel.core.performance import Executed, Expected, Point


class PerformanceStore(Protocol):
    """What each brief's runs were like, what they forecast, and the points of the day that are made of it."""

    def executed(
        self, *, since: int | None = None, until: int | None = None, algorithm: str | None = None,
        counted: bool | None = None,
    ) -> tuple[Executed, ...]:  # fmt: skip
        """Runs by brief, by day, brief and algorithm."""

    def expected(
        self, *, since: int | None = None, due: int | None = None, algorithm: str | None = None,
        counted: bool | None = None,
    ) -> tuple[Expected, ...]:  # fmt: skip
        """Forecast values by due day, athlete and run: judged on or after `since`, or not judged and `due` by a day.

        `counted` gives only judged ones.
        """

    def settle_expected(self, truths: Mapping[tuple[str, str, int], tuple[float, int]]) -> None:
        """Write down truths: forecast value -> (truth, day number of judgement); one judged before is left alone."""

    def points(self, algorithm: str | None = None, *, sent: bool | None = None) -> tuple[Point, ...]:
        """Points by algorithm and day; only those that MLflow has, or has not."""

    def put_points(
        self, made: Sequence[Point], brief_ids: Collection[tuple[str, str]], judged: Collection[tuple[str, str, int]]
    ) -> None:
        """Keep new points and mark what they count, in one transaction: (brief, algorithm) and forecast values.

        A point that exists is left as it is.
        """

    def mark_sent(self, sent: Sequence[tuple[str, int]]) -> None:
        """MLflow has these points."""
