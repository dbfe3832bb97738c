"""A table of wellness from text to checked values and findings, by the same rules and quarantine as workouts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from fitintel.core import days, rules
from fitintel.core.records import Outcome
from fitintel.core.rules import Severity
from fitintel.core.wellness import Wellness, allowed, breach
from fitintel.core.workouts import Workouts
from fitintel.ingest.contract import FUTURE_DAYS
from fitintel.ingest.dates import Moments
from fitintel.ingest.intake import MAX_DETAIL, Finding, Intake, shown
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile
from fitintel.ingest.table import Table
from fitintel.ingest.wellness import people, values
from fitintel.ingest.wellness.source import Plan, WellnessSource
from fitintel.ingest.words import plainly
from fitintel.ingest.zones import place_in_time


def identity(athlete_id: str, source: str, day: int, metric: str, at: float | None) -> str:
    """Id of a value: `h-` and 16 hex digits; of what it is, not of its number: a corrected number is the same value."""
    when = "" if at is None else f"{at:.0f}"
    key = "\x1f".join((athlete_id, source, str(day), metric, when))
    return "h-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def read(
    table: Table, source: WellnessSource, *, name: str, athlete_id: str, import_id: str, options: Options,
    today: int | None = None,
) -> Intake:  # fmt: skip
    """The values of a table, and what is to be said of its rows.

    Raises:
        DataError: the table as a whole cannot be used, or a person must say something first.
    """
    plan = source.plan(table, name, options)
    mine, others = people.rows_of(table, plan.person, options.person, name)
    work = _Work(table, plan, source, athlete_id, import_id, mine)
    work.dates(days.today() if today is None else today, options)
    work.cells(options)
    work.twins()
    return work.intake(others)


@dataclass(slots=True)
class _Work:
    table: Table
    plan: Plan
    source: WellnessSource
    athlete_id: str
    import_id: str
    mine: list[bool]
    found: list[Finding] = field(default_factory=list)
    aside: set[int] = field(default_factory=set)
    warned: set[int] = field(default_factory=set)
    repeated: set[int] = field(default_factory=set)
    empty: int = 0
    not_at_rest: int = 0
    made: dict[int, list[Wellness]] = field(default_factory=lambda: defaultdict(list))
    moments: Moments | None = None

    def say(self, place: int, column: str, rule: str, detail: str = "") -> None:
        value = self.table.column(column)[place] if column else ""
        severity = rules.rule(rule).severity
        if severity is Severity.QUARANTINE:
            self.aside.add(place)
        elif severity is Severity.WARNING:
            self.warned.add(place)
        self.found.append(Finding(self.table.rows[place], self.table.lines[place], shown(column), rule, shown(value),
                                  detail[:MAX_DETAIL], Outcome.IMPORTED))  # fmt: skip

    def dates(self, today: int, options: Options) -> None:
        """Read the days; a row without one is kept aside."""
        self.moments = moments = values.days_of(self.table, self.plan)
        header = self.plan.day[0]
        latest, earliest = today + FUTURE_DAYS, days.number(days.EARLIEST)
        for place in range(len(self.table)):
            if not self.mine[place]:
                continue
            if place in moments.wrong:
                self.say(place, header, moments.wrong[place])
            elif int(moments.day[place]) > latest:
                self.say(place, header, "date_in_future", f"the latest possible is {days.iso(latest)}")
            elif int(moments.day[place]) < earliest:
                self.say(place, header, "date_too_early")

    def cells(self, options: Options) -> None:
        """Make a value of every good cell; a bad one is set aside and the others of its row are kept."""
        table, plan, moments = self.table, self.plan, self.moments
        assert moments is not None
        columns = [values.column(table, plan, take, moments) for take in plan.takes]
        offset = values.offsets(table.column(plan.offset)) if plan.offset else moments.offset
        second = moments.second if plan.at else np.full(len(table), np.nan)
        placed = place_in_time(moments.day, second, offset, clock="", zone=options.zone or "")
        shift = np.where(np.isnan(placed.offset), offset, placed.offset)
        unreadable = [set(column.unreadable) for column in columns]
        only, beginnings = plan.only
        kinds = [plainly(cell) for cell in table.column(only)] if only else []
        for place in range(len(table)):
            if not self.mine[place] or place in self.aside:
                continue
            if only and kinds[place] and not kinds[place].startswith(beginnings):
                self.not_at_rest += 1
                continue
            tried = False
            for column, bad in zip(columns, unreadable, strict=True):
                take, value = column.take, float(column.values[place])
                if place in bad:
                    tried = True
                    self.say(place, take.header, "optional_cell_unreadable", "not a plain number")
                elif value == value:
                    tried = True
                    rule = breach(take.metric, value)
                    if rule:
                        rule = "optional_cell_impossible" if rule == "not_finite" else rule
                        self.say(place, take.header, rule, f"{take.metric} is {allowed(take.metric)}")
                    else:
                        self.made[place].append(self._value(place, take.metric, value, placed.start, shift))
            if not self.made[place]:
                if tried:
                    self.say(place, "", "wellness_nothing")
                else:
                    self.empty += 1

    def _value(self, place: int, metric: str, value: float, start: values.Floats, offset: values.Floats) -> Wellness:
        moments = self.moments
        assert moments is not None
        at = float(start[place]) if start[place] == start[place] else None
        shift = float(offset[place]) if offset[place] == offset[place] else None
        day = int(moments.day[place])
        own = identity(self.athlete_id, self.source.name, day, metric, at)
        return Wellness(own, self.athlete_id, day, metric, value, self.source.name, at, shift, self.import_id,
                        self.table.rows[place])  # fmt: skip

    def twins(self) -> None:
        """Rows that say the same twice are one; rows that contradict each other are kept aside, all of them."""
        first: dict[str, tuple[int, float]] = {}
        clash: dict[int, set[int]] = defaultdict(set)
        for place in sorted(self.made):
            again = 0
            for each in self.made[place]:
                where, value = first.setdefault(each.id, (place, each.value))
                if where != place and value == each.value:
                    again += 1
                elif where != place:
                    clash[place].add(where)
                    clash[where].add(place)
            if again and again == len(self.made[place]) and place not in clash:
                self.repeated.add(place)
        for place, others in sorted(clash.items()):
            lines = ", ".join(str(self.table.lines[other]) for other in sorted(others)[:10])
            self.say(place, self.plan.day[0], "conflicting_rows", f"contradicts line {lines}")
        for place in sorted(self.repeated):
            self.say(place, self.plan.day[0], "identical_row")

    def intake(self, others: str) -> Intake:
        """What was found, as the import takes it."""
        good = [place for place in sorted(self.made) if place not in self.aside and place not in self.repeated]
        rows = {self.table.rows[place]: place for place in range(len(self.table))}
        findings = [
            Finding(b.row, b.line, shown(b.column), b.rule, shown(b.value), b.detail, Outcome.QUARANTINED)
            for b in self.table.broken
        ]
        for finding in self.found:
            place = rows[finding.row]
            outcome = (
                Outcome.QUARANTINED if place in self.aside
                else Outcome.DUPLICATE if place in self.repeated
                else Outcome.WARNED if place in self.warned else Outcome.IMPORTED
            )  # fmt: skip
            findings.append(Finding(finding.row, finding.line, finding.column, finding.rule, finding.value,
                                    finding.detail, outcome))  # fmt: skip
        mine = sum(self.mine)
        findings += self._of_file(others)
        findings.sort(key=lambda finding: (finding.row, finding.column, finding.rule))
        return Intake(
            source=self.source, profile=Profile(columns=(), ignored=self.plan.left_out,
                                                date_order=self.plan.date_order, decimal=self.plan.decimal),
            read=mine + len(self.table.broken), workouts=Workouts.empty(),
            repeated=len(self.repeated - self.aside), kept_aside=len(self.aside) + len(self.table.broken),
            findings=tuple(findings), lines={0: 1},
            wellness=tuple(each for place in good for each in self.made[place]),
            rows_warned=frozenset(self.table.rows[place] for place in self.warned - self.aside - self.repeated),
            blank=self.empty + self.not_at_rest,
        )  # fmt: skip

    def _of_file(self, others: str) -> list[Finding]:
        table = self.table
        found = []

        def note(rule: str, detail: str, outcome: Outcome = Outcome.IMPORTED) -> None:
            found.append(Finding(0, 1, "", rule, "", detail[:MAX_DETAIL], outcome))

        if not table.rows and not table.broken:
            note("no_rows", f"{len(table.header)} columns, 0 rows", Outcome.WARNED)
        if table.decoded.guessed:
            note("encoding_guessed", table.decoded.guessed)
        if others:
            note("other_people", others)
        if self.empty:
            note("wellness_empty", f"{self.empty:,} rows")
        if self.not_at_rest:
            note("kind_not_read", f"{self.not_at_rest:,} measurements that were not taken at rest")
        return found
