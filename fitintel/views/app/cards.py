"""Today as cards: what matters first, each with its badge, its reasons, and what the athlete may answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fitintel.core.answers import Action, Answer, key_of
from fitintel.core.records import Level, OpenBrief, Section
from fitintel.core.units import UnitSystem
from fitintel.views.badge import Badge, MadeBy
from fitintel.views.brief import BriefView, LineView, SectionView
from fitintel.views.header import HeaderView
from fitintel.views.language import _, marked
from fitintel.views.opened import view_of
from fitintel.views.words.said import Figure, Typed, on_page

KINDS: dict[Section, tuple[str, str, int]] = {
    Section.READINESS: (marked("Readiness"), "vital_signs", 1), Section.FOCUS: (marked("Focus"), "target", 1),
    Section.TODAY: (marked("Today's plan"), "event", 2), Section.ALERTS: (marked("Alert"), "notifications", 3),
    Section.RECOMMENDATIONS: (marked("What next"), "lightbulb", 2),
    Section.FORECAST: (marked("Forecast"), "query_stats", 1), Section.TRENDS: (marked("Trend"), "trending_up", 1),
}  # fmt: skip
"""section of a brief -> its word, icon, and how many of its lines are cards; the rest stands under More."""
ANSWERS: dict[Section, tuple[Action, ...]] = {
    Section.ALERTS: (Action.ACKNOWLEDGE, Action.DISMISS),
    Section.RECOMMENDATIONS: (Action.DONE, Action.NOT_DONE),
}
"""what may be answered beside helpful and unhelpful."""
LATER = (Section.ALERTS, Section.RECOMMENDATIONS)
"""sections of which a card can be put off."""
NOT_ANSWERED = ("alerts_none", "alerts_rate")
ANSWERED: dict[Action, str] = {
    Action.ACKNOWLEDGE: marked("seen"), Action.SNOOZE: marked("put off"), Action.DISMISS: marked("dismissed"),
    Action.HELPFUL: marked("helpful"), Action.UNHELPFUL: marked("not helpful"), Action.DONE: marked("done"),
    Action.PARTLY: marked("partly done"), Action.NOT_DONE: marked("not done"),
}  # fmt: skip
DOT, RING = "\N{BLACK CIRCLE}", "\N{WHITE CIRCLE}"


@dataclass(frozen=True, slots=True)
class Card:
    """One sentence with everything that goes with it."""

    kind: str
    icon: str
    level: Level
    loud: str
    """the word for the level, beside its colour; empty for a plain statement"""
    text: str
    sign: str
    reason: str
    notes: tuple[str, ...]
    extras: tuple[tuple[str, str], ...]
    """name of a word of the screen (minimum, effect, avoid), and what is said"""
    figures: tuple[Figure, ...]
    badge: Badge | None
    made_by: tuple[MadeBy, ...]
    key: str
    actions: tuple[str, ...]
    later: bool
    answer: str
    """the action that was answered last"""
    answered: str
    """its word"""
    put_off: bool
    """until a later day: it stands under More"""
    workout_ids: tuple[str, ...]

    @property
    def badge_text(self) -> str:
        """The badge in a line: algorithm, version, and how far to trust it; empty where no figure is stated."""
        return "" if self.badge is None else badge_line(self.badge)


@dataclass(frozen=True, slots=True)
class TodayView:
    """The screen Today."""

    header: HeaderView
    cards: tuple[Card, ...]
    more: tuple[tuple[str, tuple[Card, ...]], ...]
    """title of a section, and its cards"""


def badge_line(badge: Badge) -> str:
    """A badge in a line: algorithm, version, and how far to trust it in dots out of four."""
    return f"{badge.text} {DOT * badge.dots}{RING * (4 - badge.dots)}"


def today_view(opened: OpenBrief, units: UnitSystem, answers: Iterable[Answer] = ()) -> TodayView:
    """Today as cards, in the reader's units."""
    seen = view_of(opened, units)
    cards = section_cards(opened, seen, answers)
    chosen = [
        card
        for section in _order(cards[Section.ALERTS])
        for card in [one for one in cards[section] if _first(section, one)][: KINDS[section][2]]
    ]
    # the focus may be the very verdict on readiness: said once
    said = [card.text for card in chosen]
    first = tuple(card for place, card in enumerate(chosen) if card.text not in said[:place])
    rest = tuple(
        (section.title, left)
        for section in seen.sections
        if (left := tuple(card for card in cards[Section(section.name)] if card not in first))
    )
    return TodayView(seen.header, first, rest)


def section_cards(opened: OpenBrief, seen: BriefView, answers: Iterable[Answer] = ()) -> dict[Section, list[Card]]:
    """Every line of a brief as a card, by section."""
    held = {one.key: one for one in answers}
    cards: dict[Section, list[Card]] = {}
    for section in seen.sections:
        told = [one for one in opened.brief.insights if one.section.value == section.name]
        cards[Section(section.name)] = [
            _card(Section(section.name), section, line, held.get(key_of(insight)), key_of(insight), opened.brief.day)
            for insight, line in zip(told, section.lines, strict=True)
        ]
    return cards


def _order(alerts: list[Card]) -> tuple[Section, ...]:
    """Alerts stand before everything else; that there is none is said last."""
    others = [section for section in KINDS if section is not Section.ALERTS]
    if any(card.level is Level.ALERT for card in alerts):
        return (Section.ALERTS, *others)
    return tuple(KINDS) if any(card.level is Level.NOTICE for card in alerts) else (*others, Section.ALERTS)


def _first(section: Section, card: Card) -> bool:
    """Whether a card may stand among the first; a check that could not be made is no alert and stands under More."""
    return not card.put_off and not (section is Section.ALERTS and card.level is Level.MISSING)


def _card(section: Section, shown: SectionView, line: LineView, answer: Answer | None, key: str, day: int) -> Card:
    word, icon, _most = KINDS.get(section, ("", "notes", 0))
    said = line.said
    can = line.code not in NOT_ANSWERED
    actions = (*ANSWERS.get(section, ()), Action.HELPFUL, Action.UNHELPFUL) if can else ()
    action = answer.action if answer is not None else None
    return Card(
        kind=_(word) if word else shown.title, icon=icon, level=line.level, loud=line.loud,
        text=f"{said.lead} {on_page(said.text)}".strip(), sign=said.sign, reason=said.reason,
        # words that name a command are left out, and so are those of coaches: the app has a button for it
        notes=tuple(note for note in said.notes if not isinstance(note, Typed)),
        extras=tuple((name, text) for name in ("minimum", "effect", "avoid") if (text := on_page(getattr(said, name)))),
        figures=said.figures, badge=line.stands_on, made_by=line.made_by, key=key,
        actions=tuple(action.value for action in actions), later=can and section in LATER,
        answer=action or "", answered=_(ANSWERED[action]) if action in ANSWERED else "",
        put_off=answer is not None and action is Action.SNOOZE and (answer.until is None or day < answer.until),
        workout_ids=line.workout_ids,
    )  # fmt: skip
