"""BriefView: what a person sees of a brief, built once and drawn by every front end."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fitintel.core.card import Card, Validity
from fitintel.core.errors import NotFound, UnknownName
from fitintel.core.records import Athlete, Brief, Insight, Level, Run, Section
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.badge import DOTS, Badge, MadeBy, made_by, validity_word
from fitintel.views.charts import charts_of, spec
from fitintel.views.header import HeaderView, header_view
from fitintel.views.language import SOURCE, _, speaking
from fitintel.views.sections import EMPTY, LOUD, NOTHING, ORDER, PAGED
from fitintel.views.words import Figure, Said, say
from fitintel.views.words.said import Typed, on_page

AS_THEY_ARE = {int, str, bool, type(None)}
"""kinds of value that JSON takes as they are"""


@dataclass(frozen=True, slots=True)
class LineView:
    """One sentence, and how its numbers were made."""

    code: str
    subject: str
    level: Level
    said: Said
    made_by: tuple[MadeBy, ...]
    workout_ids: tuple[str, ...]
    values: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The sentence."""
        return self.said.text

    @property
    def badge(self) -> str:
        """Title and version of the algorithm that made the figure; empty where no figure is stated."""
        return self.made_by[0].badge.text if self.made_by else ""

    @property
    def run_id(self) -> str:
        """The first run behind the figure; empty where there is none."""
        return self.made_by[0].run_id if self.made_by else ""

    @property
    def stands_on(self) -> Badge | None:
        """The badge as it is shown: a number is to be trusted no further than the weakest run behind it."""
        if not self.made_by:
            return None
        stated = self.values.get("validity")
        weakest = min((made.badge.validity for made in self.made_by), key=DOTS.__getitem__)
        return Badge(self.badge, Validity(stated) if stated else weakest)

    @property
    def validity(self) -> str:
        """How far to trust the figure, as it is filed; empty where no figure is stated."""
        return self.stands_on.validity.value if self.stands_on else ""

    @property
    def trusted(self) -> str:
        """The same as a word in the language that is spoken."""
        return validity_word(self.stands_on.validity) if self.stands_on else ""

    @property
    def loud(self) -> str:
        """The word for the level; empty for a plain statement."""
        return _(LOUD[self.level]) if self.level in LOUD else ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values; `values` are SI."""
        said = self.said
        return {
            "code": self.code, "subject": self.subject, "level": self.level.value, "text": said.text, "lead": said.lead,
            "notes": list(said.notes), "reason": said.reason, "minimum": said.minimum, "effect": said.effect,
            "avoid": said.avoid,
            "figures": [_figure(figure) for figure in said.figures], "badge": self.badge,
            "validity": self.validity, "run_id": self.run_id,
            "made_by": [item.as_dict() for item in self.made_by], "workouts": list(self.workout_ids),
            "values": _plain(self.values),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class SectionView:
    """One part of a brief."""

    name: str
    title: str
    lines: tuple[LineView, ...]
    charts: tuple[spec.Chart, ...]
    empty: str = NOTHING
    language: str = SOURCE
    glance: tuple[tuple[str, str], ...] = ()
    """what the next sections say, in a word each, for a screen that ends here"""

    def on_page(self) -> SectionView:
        """The same for a reader who has no terminal."""
        lines = tuple(replace(line, said=line.said.on_page()) for line in self.lines)
        return replace(self, lines=lines, empty=on_page(self.empty))

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {"name": self.name, "title": self.title, "lines": [line.as_dict() for line in self.lines],
                "charts": [_plain(spec.as_dict(chart)) for chart in self.charts]}  # fmt: skip

    def __repr__(self) -> str:
        from fitintel.views.text import section_text

        return section_text(self)

    def _repr_html_(self) -> str:
        from fitintel.views.page import section_html

        return section_html(self)


@dataclass(frozen=True, slots=True, repr=False)
class BriefView:
    """A brief as it is seen."""

    header: HeaderView
    sections: tuple[SectionView, ...]

    @property
    def units(self) -> UnitSystem:
        """The reader's units."""
        return self.header.units

    def section(self, name: str) -> SectionView:
        """One part; raises UnknownName."""
        for section in self.sections:
            if section.name == name:
                return section
        raise UnknownName("section of a brief", name, [section.name for section in self.sections])

    def on_page(self) -> BriefView:
        """The same for a reader who has no terminal: no words name its commands."""
        return replace(self, sections=tuple(section.on_page() for section in self.sections))

    def numbered(self, brief: Brief) -> list[tuple[int, str, str]]:
        """(number in `brief`, sentence, first run) of every line, as `fitintel explain` takes and finds them."""
        found = []
        waiting = {section.name: list(section.lines) for section in self.sections}
        for number, insight in enumerate(brief.insights, 1):
            line = waiting[insight.section.value].pop(0)
            found.append((number, line.text, line.run_id))
        return found

    def as_dict(self) -> dict[str, Any]:
        """Plain values that any JSON reader takes."""
        with speaking(self.header.language):
            return {**self.header.as_dict(), "sections": [section.as_dict() for section in self.sections]}

    def text(self, width: int = 88) -> str:
        """Plain text, `width` characters wide."""
        from fitintel.views.text import brief_text

        return brief_text(self, width)

    def show(self) -> None:
        """Print to standard output: styled in a terminal, plain text elsewhere."""
        from fitintel.views.text import show

        show(self)

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from fitintel.views.page import brief_html

        return brief_html(self)


def brief_view(
    brief: Brief, *, athlete: Athlete, units: UnitSystem, runs: Mapping[str, Run], cards: Mapping[str, Card],
    language: str | None = None,
) -> BriefView:  # fmt: skip
    """What `athlete` sees of `brief`, in `language` (default: the one that is spoken).

    `runs` by run id and `cards` by algorithm must hold all that the brief names.

    Raises NotFound for a missing run or card, UnknownName for an insight that has no words and for a language.
    """
    with speaking(language) as spoken:
        return _view(brief, athlete, UnitSystem(units), runs, cards, spoken)


def _view(
    brief: Brief, athlete: Athlete, units: UnitSystem, runs: Mapping[str, Run], cards: Mapping[str, Card], language: str
) -> BriefView:
    header = header_view(brief, athlete, units, language)
    lines = {
        section: tuple(_line(insight, units, runs, cards) for insight in brief.of(section)) for section, _ in ORDER
    }
    sections = tuple(
        SectionView(
            section.value, _(title), lines[section], charts_of(brief, section, units),
            _empty(section), language, _glance(lines) if section is Section.FOCUS else (),
        )
        for section, title in ORDER
    )  # fmt: skip
    return BriefView(header, sections)


def _empty(section: Section) -> str:
    """What stands where a section has nothing to say."""
    words = _(EMPTY.get(section, NOTHING))
    return Typed(words, _(PAGED[section])) if section in PAGED else words


def _glance(lines: Mapping[Section, tuple[LineView, ...]]) -> tuple[tuple[str, str], ...]:
    first = {section: next(iter(lines[section]), None) for section in (Section.READINESS, Section.TODAY)}
    told = [
        (word, line.text)
        for word, line in ((_("Readiness"), first[Section.READINESS]), (_("Today"), first[Section.TODAY]))
        if line is not None and line.text not in [each.text for each in lines[Section.FOCUS]]
    ]
    count = sum(line.level is Level.ALERT for line in lines[Section.ALERTS])
    said = [(_("Alerts"), numbers.plain(count) if count else _("none"))] if lines[Section.ALERTS] else []
    return (*told, *said, *((_("Next"), line.text) for line in lines[Section.RECOMMENDATIONS][:1]))


def _line(insight: Insight, units: UnitSystem, runs: Mapping[str, Run], cards: Mapping[str, Card]) -> LineView:
    made = []
    parameters: dict[str, Any] = {}
    for run_id in insight.run_ids:
        run = runs.get(run_id)
        card = cards.get(run.algorithm) if run is not None else None
        if run is None or card is None:
            raise NotFound(f"A brief names {'a run' if run is None else 'an algorithm'} that is not here",
                           where=run_id if run is None else run.algorithm, next="make the brief again")  # fmt: skip
        parameters |= {name: value for name, value in run.parameters.items() if name not in parameters}
        made.append(made_by(run, card))
    said = say(insight.code, insight.values, units, parameters)
    return LineView(
        insight.code, insight.subject, insight.level, said, tuple(made), insight.workout_ids, insight.values
    )


def _figure(figure: Figure) -> dict[str, str]:
    return {"value": figure.value, "unit": figure.unit, "label": figure.label, "interval": figure.interval}


def _plain(value: Any) -> Any:
    """As JSON knows it: arrays as lists, a missing number as None."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        # most are series of numbers: what is plain already is not asked one by one
        return list(value) if set(map(type, value)) <= AS_THEY_ARE else [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
