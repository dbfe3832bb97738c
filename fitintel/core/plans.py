"""Plans that are compared with each other: sessions a week, ramp, taper, a week that is missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fitintel.core.errors import UsageError

MOST_WEEKS = 26


@dataclass(frozen=True, slots=True)
class WeeklyPlan:
    """One way to train in the weeks to come."""

    name: str
    sessions: float
    """a week"""
    ramp: float = 0.0
    """share by which each week's load grows"""
    taper: int = 0
    """d at the end at half the load"""
    miss: int | None = None
    """week without training, from 1"""

    def checked(self, weeks: int) -> WeeklyPlan:
        """Itself; raises UsageError for what cannot be trained in so many weeks."""
        wrong = (
            "sessions a week are from 0 to 21" if not 0 <= self.sessions <= 21
            else "a ramp is from -50 to 50 % a week" if not -0.5 <= self.ramp <= 0.5
            else f"a taper is from 0 to {7 * weeks} days" if not 0 <= self.taper <= 7 * weeks
            else f"the missed week is from 1 to {weeks}" if self.miss is not None and not 1 <= self.miss <= weeks
            else ""
        )  # fmt: skip
        if wrong:
            raise UsageError(f"The plan {self.name} cannot be", why=wrong)
        return self


@dataclass(frozen=True, slots=True)
class Outlook:
    """What plans come to: the run that said so, its value, and whether performance could be predicted."""

    athlete_id: str
    day: int
    weeks: int
    plans: tuple[WeeklyPlan, ...]
    value: Mapping[str, Any]
    run_ids: tuple[str, ...]
    performance: str
    """verdict of banister_fit on the athlete's own tests: better than the last test, not better, insufficient"""
    tests: int
    method: str
    """how load was measured"""
