"""NightView: how a night went, and who needs a hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from fitintel.core import days
from fitintel.core.nights import AthleteNight, Done, NightReport
from fitintel.views import numbers
from fitintel.views.language import _, counted

NAMED = 5
"""athletes whose names stand in the terminal; JSON has them all"""


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed, and whose night it was."""

    athletes: tuple[str, ...]
    step: str
    what: str
    why: str
    next: str

    def text(self) -> str:
        """Lines for the terminal."""
        others = len(self.athletes) - NAMED
        names = ", ".join(self.athletes[:NAMED]) + (f" and {others} more" if others > 0 else "")
        lines = [f"! {names}: {self.what}", f"  step  {self.step}"]
        lines += [f"  {name:<5} {words}" for name, words in (("why", self.why), ("next", self.next)) if words]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class NightView:
    """A night in a sentence, its failures, and what is on its way."""

    day: str
    made: int
    unchanged: int
    said: str
    failures: tuple[Failure, ...]
    deliveries: tuple[tuple[str, str, str, str], ...]
    athletes: tuple[AthleteNight, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values that any JSON reader takes."""
        return {
            "day": self.day, "made": self.made, "unchanged": self.unchanged,
            "failed": sum(one.done is Done.FAILED for one in self.athletes),
            "said": self.said, "failures": [asdict(one) for one in self.failures],
            "athletes": [{"athlete": one.athlete_id, "done": one.done.value, "brief": one.brief_id,
                          "files": list(one.files), "seconds": round(one.seconds, 3)} for one in self.athletes],
            "deliveries": [dict(zip(("to", "by", "state", "reason"), one, strict=True)) for one in self.deliveries],
        }  # fmt: skip


def _failures(rows: Iterable[AthleteNight]) -> tuple[Failure, ...]:
    """One failure for all who met it: a database that is away is said once."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for one in rows:
        alike.setdefault((one.step.value if one.step else "", one.what, one.why, one.next), []).append(one.athlete_id)
    return tuple(Failure(tuple(names), *said) for said, names in alike.items())


def night_view(report: NightReport) -> NightView:
    """What is seen of a night."""
    made, unchanged, failed = (report.count(one) for one in (Done.MADE, Done.UNCHANGED, Done.FAILED))
    briefs = counted("{n} brief made", "{n} briefs made", made)
    said = _("{day}: {briefs}, {unchanged} unchanged, {failed} failed, in {time}.", day=numbers.full_date(report.day),
             briefs=briefs, unchanged=unchanged, failed=failed, time=numbers.clock(report.seconds))  # fmt: skip
    return NightView(
        days.iso(report.day), made, unchanged, said,
        _failures(report.failed),
        tuple((one.address, one.channel, one.state.value, one.reason) for one in report.deliveries), report.athletes,
    )  # fmt: skip
