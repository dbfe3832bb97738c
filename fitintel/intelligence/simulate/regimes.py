"""Lasting changes of how an athlete trains: another sport, other weekdays, another intensity; and how it is before
and after. Weekly duration is expected to stay, so that only the manner changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.simulate.person import Person
from fitintel.intelligence.simulate.planted import Change, Regime, Stretch, size_class
from fitintel.intelligence.simulate.traits import Traits

Floats = NDArray[np.float64]
EDGE = 100
"""d. Regimes lie at least this far from both ends."""
APART_FROM_CHANGES = 75
APART_FROM_INJURY = 21
TO = {"run": ("cycling", "walk", "swimming"), "walk": ("run", "cycling"), "mixed": ("walk", "run"),
      "cycling": ("run", "swimming"), "hike": ("walk", "run")}  # fmt: skip
"""Where training moves to, from the activity that is done most."""


@dataclass(frozen=True, slots=True)
class Phase:
    """How the athlete trains from day number `first` on."""

    first: int
    activities: tuple[str, ...]
    cumulative: tuple[float, ...]
    """shares of the activities, added up, the last one left out"""
    distance: dict[str, float]
    """m, usual, by activity"""
    hard: float


def draw_regimes(
    rng: np.random.Generator, person: Person, traits: Traits, first: int, days: int, changes: Sequence[Change],
    stretches: Sequence[Stretch],
) -> tuple[Regime, ...]:  # fmt: skip
    """One regime change in nine of ten planted histories, where there is room for it."""
    kind = str(rng.choice(("sport", "weekdays", "intensity")))
    injuries = [stretch for stretch in stretches if "injury" in stretch.kind]
    free = [day for day in range(first + EDGE, first + days - EDGE)
            if all(abs(day - change.day) >= APART_FROM_CHANGES for change in changes)
            and not any(each.first - APART_FROM_INJURY <= day <= each.last + APART_FROM_INJURY
                        for each in injuries)]  # fmt: skip
    if rng.random() > 0.9 or not free:
        return ()
    day = free[int(rng.integers(len(free)))]
    if kind == "weekdays":
        after = _within(rng.dirichlet(np.full(7, rng.uniform(0.3, 2.0))), 0.13 / person.day_share)
        before = np.array(person.weekday) / 7
        moved = float(np.abs(after - before).sum() / 2)
        shares = {f"{word} {of}": round(float(share), 4) for word, all_of in (("before", before), ("after", after))
                  for of, share in enumerate(all_of)}  # fmt: skip
        return (_regime(day, kind, moved, shares),)
    if kind == "sport":
        total = sum(person.mix.values())
        from_, weight = max(person.mix.items(), key=lambda item: item[1])
        moved = rng.uniform(0.2, 1.0) * weight / total
        return (_regime(day, kind, moved, {"from": from_, "to": str(rng.choice(TO[from_]))}),)
    # towards twice or many times as much hard training, or towards none
    hard = rng.uniform(min(2 * traits.hard, 0.6), 0.8) if rng.random() < 0.6 else rng.uniform(0.0, 0.3) * traits.hard
    return (_regime(day, kind, abs(hard - traits.hard), {"before": traits.hard, "after": hard}),)


def _regime(day: int, kind: str, moved: float, detail: Mapping[str, float | str]) -> Regime:
    told = {name: round(value, 4) if isinstance(value, float) else value for name, value in detail.items()}
    return Regime(day, kind, round(moved, 4), size_class(moved, 0.2, 0.4), told)


def _within(shares: Floats, most: float) -> Floats:
    """Shares of the week's training days by weekday, none over `most`: a day can be trained on once a week."""
    for _ in range(20):
        shares = np.clip(shares, 0.01, most)
        shares = shares / shares.sum()
    return shares


def weekday_factors(person: Person, regimes: Sequence[Regime], day: int) -> tuple[float, ...]:
    """Multipliers of the share of training days on a day number, Monday first, mean 1."""
    shares = person.weekday
    for regime in regimes:
        if regime.kind == "weekdays" and day >= regime.day:
            shares = tuple(7 * float(regime.detail[f"after {of}"]) for of in range(7))
    return shares


def phases(person: Person, traits: Traits, regimes: Sequence[Regime], first: int) -> list[Phase]:
    """The ways of training of a history, oldest first."""
    total = sum(person.mix.values())
    mix = {name: weight / total for name, weight in person.mix.items()}
    found = [_phase(first, mix, dict(person.distance), traits.hard)]
    for regime in regimes:
        last = replace(found[-1], first=regime.day)
        if regime.kind == "intensity":
            last = replace(last, hard=float(regime.detail["after"]))
        elif regime.kind == "sport":
            source, target = str(regime.detail["from"]), str(regime.detail["to"])
            moved = {**mix, source: mix[source] - regime.moved, target: mix.get(target, 0.0) + regime.moved}
            # as long as the sessions that it takes the place of
            seconds = person.distance[source] / person.speed[source]
            distance = {**person.distance, target: seconds * person.speed[target]}
            last = _phase(regime.day, moved, distance, traits.hard)
        found.append(last)
    return found


def _phase(first: int, mix: dict[str, float], distance: dict[str, float], hard: float) -> Phase:
    cumulative = tuple(accumulate(mix.values()))
    return Phase(first, tuple(mix), cumulative[:-1], distance, hard)
