"""MAN-01 to MAN-07: what people type into forms, through the verbs behind every form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fitintel.core.records import Outcome

DAY = "2025-10-07"
WORKOUT: dict[str, Any] = {"date": DAY, "sport": "run", "duration": "45min"}
EVIL = "7; DROP TABLE workouts;--"
SCRIPTS = "\U0001f3c3\u200d\u2640\ufe0f e\u0301 \u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627 \u202eabc"
"""four-byte letters, combining marks, right to left"""


@dataclass(frozen=True, slots=True)
class Form:
    """What is typed, and what has to become of it."""

    verb: str
    fields: Mapping[str, Any]
    outcome: Outcome | None
    """None: refused, nothing is kept"""
    classes: str = ""
    says: tuple[str, ...] = ()
    holds: Mapping[str, Any] = field(default_factory=dict)
    """of the workout that it becomes"""
    variant: str = ""


def add(
    outcome: Outcome | None, classes: str = "", *says: str, variant: str = "",
    holds: Mapping[str, Any] | None = None, **fields: Any,
) -> Form:  # fmt: skip
    """A typed workout."""
    return Form("add", {**WORKOUT, **fields}, outcome, classes, says, holds or {}, variant)


def refused(verb: str, *says: str, variant: str = "", **fields: Any) -> Form:
    """What is not taken at all."""
    return Form(verb, fields, None, "", says, {}, variant)


def man_01() -> Iterator[Form]:
    yield Form("add", {}, Outcome.QUARANTINED, "E_SCHEMA", ("date_missing",), {}, "empty-workout")
    yield add(None, "", "sport", sport="  ", variant="blank-sport")
    yield refused("add_wellness", "No value", variant="empty-wellness")
    yield refused("add_wellness", "No value", date=" ", resting_hr=" ", variant="blank-wellness")
    yield refused("state", "name", what="goal", kind="event", value="  ", name=" ", variant="blank-goal")
    note = "x" * 10_000_000
    yield add(None, "", "10,000,000", "10,000", notes=note, variant="long-note")
    yield refused("state", "10,000,000", what="plan", day=DAY, sport="run", duration="45min", notes=note,
                  variant="long-plan")  # fmt: skip
    yield add(Outcome.IMPORTED, notes=SCRIPTS, holds={"notes": SCRIPTS}, variant="scripts")


def man_02() -> Iterator[Form]:
    yield add(Outcome.IMPORTED, rpe=0, holds={"rpe": 0.0}, variant="0")
    yield add(Outcome.WARNED, "E_RANGE", "11", rpe=11, holds={"rpe": None}, variant="11")
    for value in ("seven", EVIL):
        yield add(Outcome.WARNED, "E_SYNTAX", value, rpe=value, holds={"rpe": None}, variant=value[:5])
        yield Form("add_wellness", {"date": DAY, "rpe": value}, Outcome.QUARANTINED, "E_SYNTAX E_RANGE", (value,), {},
                   f"wellness-{value[:5]}")  # fmt: skip
    yield refused("state", EVIL, what="excuse", first=DAY, reason=EVIL, variant="reason")
    yield refused("state", EVIL, what="threshold", kind="power", value=EVIL, variant="threshold")


def man_05() -> Iterator[Form]:
    for day, wrong in {"2023-02-29": "E_SYNTAX", "2025-04-31": "E_SYNTAX", "24-01-01": "E_SYNTAX",
                       "0000-00-00": "E_SYNTAX", "2025-10-10": "E_TIME", "1899-12-31": "E_TIME"}.items():  # fmt: skip
        yield add(Outcome.QUARANTINED, wrong, day, date=day, variant=day)
        yield Form("add_wellness", {"date": day, "resting_hr": "50"}, Outcome.QUARANTINED, wrong, (day,), {},
                   f"wellness-{day}")  # fmt: skip
        yield refused("state", "from:", day, "1990-01-01", what="threshold", kind="power", value="250W", valid_from=day,
                      variant=f"threshold-{day}")  # fmt: skip


def man_06() -> Iterator[Form]:
    yield add(Outcome.QUARANTINED, "E_SYNTAX", "1:90", duration="1:90", variant="1:90")
    yield add(None, "", "1:30:00", duration="1:30", variant="1:30")
    yield add(Outcome.QUARANTINED, "E_RANGE", "-300", duration="-5", variant="negative")
    yield add(Outcome.WARNED, "E_RANGE", "90000", duration="25:00:00", variant="25h")
    for text in ("90m", "1.5h", "1:30:00", "90"):
        yield add(Outcome.IMPORTED, duration=text, holds={"duration": 5400.0}, variant=text)
    yield refused("state", "duration", "45min", what="plan", day=DAY, sport="run", duration="-5", variant="plan")


def man_07() -> Iterator[Form]:
    for name in ("coach_id", "role", "id", "is_admin", "consent"):
        yield add(None, "", name, variant=name, **{name: "bob"})
