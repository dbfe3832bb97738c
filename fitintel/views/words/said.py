"""What a sentence is made from, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from fitintel.core.errors import UnknownName
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.language import _, marked


@dataclass(frozen=True, slots=True)
class Figure:
    """One number to be seen at a glance: `value` and `unit`, what it is, and its interval in words."""

    value: str
    unit: str
    label: str
    interval: str = ""


class Typed(str):
    """Words that name a command of the terminal; `page` are those of a page, whose reader has none.

    >>> Typed("State one with: fitintel goal add", page="It is stated under Goals.").page
    'It is stated under Goals.'
    """

    page: str

    def __new__(cls, words: str, page: str = "") -> Self:
        """`words` as they stand in a terminal; without `page` a page says nothing in their place."""
        made = super().__new__(cls, words)
        made.page = page
        return made


def on_page(words: str) -> str:
    """The words as a page has them.

    >>> on_page("Rest."), on_page(Typed("See: fitintel duplicates"))
    ('Rest.', '')
    """
    return words.page if isinstance(words, Typed) else words


@dataclass(frozen=True, slots=True)
class Said:
    """A true sentence and what goes with it. `lead` stands before it (a date), `sign` is a mark that repeats it."""

    text: str
    notes: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    lead: str = ""
    sign: str = ""
    reason: str = ""
    minimum: str = ""
    effect: str = ""
    """what to expect of it, with an interval, or that it is not known"""
    avoid: str = ""

    def on_page(self) -> Said:
        """The same without commands of the terminal: what they do is said as a page can do it, or left out."""
        return replace(self, text=on_page(self.text), effect=on_page(self.effect),
                       notes=tuple(words for note in self.notes if (words := on_page(note))))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """The SI values of an insight, the reader's units, and the parameters of the runs that made the values."""

    values: Mapping[str, Any]
    units: UnitSystem
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def has(self, *names: str) -> bool:
        """Whether all of these are known."""
        return all(numbers.known(self.values.get(name)) for name in names)

    def show(self, name: str, kind: str, *, signed: bool = False, times: float = 1.0) -> str:
        """One value (`times` a whole number of weeks) with its unit."""
        return numbers.quantity(self.values[name] * times, kind, self.units, signed=signed)

    def between(self, low: str, high: str, kind: str, *, signed: bool = False, times: float = 1.0) -> str:
        """Two values as an interval."""
        return numbers.between(self.values[low] * times, self.values[high] * times, kind, self.units, signed=signed)

    def norm(self, low: str, high: str, kind: str) -> str:
        """Two values as a usual range; a range from nothing is an upper limit."""
        if self.values[low] <= 0:
            return _("up to {value}", value=self.show(high, kind))
        return self.between(low, high, kind)

    def interval(self, parameter: str) -> str:
        """`80 % interval`, as far as the run tells its level."""
        level = self.parameters.get(parameter)
        return interval(level if isinstance(level, float) else None)


Sentence = Callable[[Facts], Said]


def interval(level: float | None) -> str:
    """`80 % interval`, or without its level where that is not told."""
    return _("interval") if level is None else _("{level} interval", level=numbers.percent(level))


@dataclass(frozen=True, slots=True)
class Subject:
    """A weekly quantity: its name in a sentence, its kind of number, and how up and down are said."""

    message: str
    kind: str
    up: str = marked("{subject} is rising: {change} per {n} weeks{share}.")
    down: str = marked("{subject} is falling: {change} per {n} weeks{share}.")

    @property
    def name(self) -> str:
        """The name in a sentence, in the reader's language."""
        return _(self.message)

    @property
    def change(self) -> str:
        """The kind of number of a change."""
        return "speed change" if self.kind == "speed" else self.kind


SUBJECTS = {
    "distance": Subject(marked("weekly distance"), "distance"),
    "duration": Subject(marked("weekly training time"), "duration"),
    "sessions": Subject(marked("the number of sessions a week"), "sessions"),
    "distance_each": Subject(marked("the distance of a typical workout"), "distance"),
    "duration_each": Subject(marked("the duration of a typical workout"), "duration"),
    "load": Subject(marked("weekly load"), "load"),
    "ctl": Subject(marked("chronic load (CTL)"), "load"),
    "threshold_speed": Subject(marked("threshold speed"), "speed"),
    "threshold_power": Subject(marked("threshold power"), "power"),
    "threshold_critical_power": Subject(marked("critical power"), "power"),
    "race": Subject(marked("race time"), "duration"),
    # the values of pace are speeds, so that more is faster
    "pace": Subject(
        marked("pace"), "speed", marked("{subject} is getting faster: {change} per {n} weeks{share}."),
        marked("{subject} is getting slower: {change} per {n} weeks{share}."),
    ),
}  # fmt: skip


def subject(name: str) -> Subject:
    """The subject of that name."""
    if name not in SUBJECTS:
        raise UnknownName("subject", name, SUBJECTS)
    return SUBJECTS[name]


FIELDS = {
    "duration": (marked("duration"), "duration"), "distance": (marked("distance"), "distance"),
    "speed": (marked("mean speed"), "speed"), "pace": (marked("pace"), "pace"),
    "hr_mean": (marked("mean heart rate"), "heart rate"), "hr_max": (marked("highest heart rate"), "heart rate"),
    "cadence": (marked("cadence"), "cadence"), "elevation_gain": (marked("climb"), "elevation"),
    "steps": (marked("number of steps"), "count"), "energy": (marked("energy"), "energy"),
    "speed_max": (marked("highest speed"), "speed"), "rpe": (marked("effort rating"), "count"),
    "load": (marked("load"), "load"), "sessions": (marked("sessions"), "sessions"),
}  # fmt: skip
"""field of a workout -> its name in a sentence, and its kind of number."""


def workout_field(name: str) -> tuple[str, str]:
    """How a field is called and shown."""
    if name not in FIELDS:
        raise UnknownName("field of a workout", name, FIELDS)
    message, kind = FIELDS[name]
    return _(message), kind


def aside(text: str) -> str:
    """A figure in brackets behind a word; nothing where there is none.

    >>> aside("+12 %"), aside("")
    (' (+12 %)', '')
    """
    return f" ({text})" if text else ""


def amount(facts: Facts, *pairs: tuple[str, str]) -> str:
    """Distance and time of a workout as a phrase, as far as they are known; `pairs` are of value and kind."""
    pairs = pairs or (("distance", "distance"), ("duration", "duration"))
    found = [facts.show(name, kind) for name, kind in pairs if facts.has(name)]
    return _("{distance} in {duration}", distance=found[0], duration=found[1]) if len(found) > 1 else "".join(found)


def capital(text: str) -> str:
    """The first letter large, the rest as it is.

    >>> capital("weekly distance")
    'Weekly distance'
    """
    return text[:1].upper() + text[1:]
