"""The state of alerts from day to day: what was significant, what was raised, what a person answered."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from fitintel.intelligence.multiplicity import ROUNDING, rejected

GRAVEST = ("alert_gap", "alert_entry_error", "alert_sensor_fault")
LASTING = "alert_gap"
"""Stands as long as it lasts."""
HIDING, KEEPING = ("dismiss", "unhelpful"), ("acknowledge", "helpful", "done", "partly")
QUIET = ("acknowledge", "helpful", "done", "partly", "not done")


class Significant(NamedTuple):
    """What may be told of a day."""

    key: str
    p: float | None
    hard: bool


class Budget:
    """Runs over the checks day by day; see `alert_budget` for the rules."""

    def __init__(
        self, answers: Sequence[Mapping[str, Any]], *, q: float, most: int, seen: int, of: int, cool_down: int,
        told_days: int, kept: float, dismissed: float,
    ) -> None:  # fmt: skip
        self.answers = list(answers)
        self.q, self.most, self.seen, self.of = q, most, seen, of
        self.cool_down, self.told_days = cool_down, told_days
        self.prior = kept, dismissed
        self.since: dict[str, int] = {}
        self.last_raised: dict[str, int] = {}
        self.recent: deque[set[str]] = deque(maxlen=of)
        self.raised: list[list[Any]] = []

    def over(self, checks: Mapping[str, Any]) -> dict[str, Any]:
        """The state of the last day, and all that was raised."""
        columns = [np.asarray(checks[name]).tolist() for name in ("day", "key", "p", "hard")]
        # sorted, so that the order of checks within a day does not matter
        rows = sorted(zip(*columns, strict=True), key=lambda row: (row[0], str(row[1]), str(row[2])))
        state: dict[str, Any] = {"told": [], "quiet": [], "held": {}, "tested": 0, "rejected": 0}
        before = None
        for day, group in groupby(rows, key=lambda row: int(row[0])):
            # a day without any check ends what was seen on the days before it
            for _ in range(0 if before is None else min(day - before - 1, self.of)):
                self.recent.append(set())
            state, before = self._day(day, [(str(key), float(p), bool(hard)) for _, key, p, hard in group]), day
        return {**state, "raised": self.raised}

    def _day(self, day: int, rows: list[tuple[str, float, bool]]) -> dict[str, Any]:
        latest = _latest(self.answers, day)
        weights = self._weights(latest)
        tests = [(key, p) for key, p, hard in rows if not hard]
        divided = [min(p / weights.get(kind_of(key), 1.0), 1.0) for key, p in tests]
        # most days nothing is so seldom that, alone or with others, it could be rejected
        able_to = tests and min(divided) <= self.q * (1 + 2 * ROUNDING)
        found = {tests[place][0]: tests[place][1] for place in rejected(divided, self.q)["rejected"]} if able_to else {}
        found.pop("", None)
        hard = {key for key, _, certain in rows if certain}
        self.recent.append(set(found) | hard)
        lasting = [key for key in found if sum(key in each for each in self.recent) >= self.seen]
        able = [Significant(key, found[key], False) for key in lasting] + [Significant(key, None, True) for key in hard]
        return {**self._choose(day, able, latest), "tested": len(tests), "rejected": len(found)}

    def _choose(self, day: int, able: list[Significant], latest: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        told: list[dict[str, Any]] = []
        quiet: list[dict[str, Any]] = []
        held: dict[str, str] = {}
        for one in sorted(able, key=_gravity):
            answer = latest.get(one.key)
            reason = (_hidden(answer, day) if answer is not None else "") or self._not_now(one, day)
            if reason:
                held[one.key] = reason
            elif answer is not None and answer["action"] in QUIET:
                quiet.append(self._entry(one, day))
            elif len(told) == self.most:
                held[one.key] = "budget"
            else:
                told.append(self._entry(one, day))
        return {"told": told, "quiet": quiet, "held": dict(sorted(held.items()))}

    def _not_now(self, one: Significant, day: int) -> str:
        kind = kind_of(one.key)
        if one.key in self.since:
            over = day - self.since[one.key] >= self.told_days
            return "told for long enough" if over and kind != LASTING and not one.hard else ""
        if not one.hard and day - self.last_raised.get(kind, day - self.cool_down) < self.cool_down:
            return "cool-down"
        return ""

    def _entry(self, one: Significant, day: int) -> dict[str, Any]:
        if one.key not in self.since:
            self.since[one.key] = day
            self.last_raised[kind_of(one.key)] = day
            self.raised.append([day, one.key])
        return {"key": one.key, "p": one.p, "since": self.since[one.key]}

    def _weights(self, latest: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
        kept, dismissed = self.prior
        counts: dict[str, list[int]] = {}
        for key, answer in latest.items():
            pair = counts.setdefault(kind_of(key), [0, 0])
            pair[0] += answer["action"] in KEEPING
            pair[1] += answer["action"] in HIDING
        return {
            kind: min(1.0, (yes + kept) / (yes + no + kept + dismissed) * (kept + dismissed) / kept)
            for kind, (yes, no) in counts.items()
        }


def kind_of(key: str) -> str:
    """The kind of insight that a key is of.

    >>> kind_of("alert_gap:20000")
    'alert_gap'
    """
    return key.split(":", 1)[0]


def _gravity(one: Significant) -> tuple[int, float, str]:
    return (not (one.hard or kind_of(one.key) in GRAVEST), one.p or 0.0, one.key)


def _latest(answers: Iterable[Mapping[str, Any]], day: int) -> dict[str, Mapping[str, Any]]:
    """The answer that holds about each key on a day; what was reopened has none."""
    held = {str(each["key"]): each for each in answers if int(each["day"]) <= day}
    return {key: each for key, each in held.items() if each["action"] != "reopen"}


def _hidden(answer: Mapping[str, Any], day: int) -> str:
    if answer["action"] in HIDING:
        return "dismissed"
    until = answer.get("until")
    return "snoozed" if answer["action"] == "snooze" and (until is None or day < int(until)) else ""
