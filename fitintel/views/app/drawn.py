"""Cards as plain values: all that a script in the page needs to draw them, in the reader's language.

Every value is text to be shown as it is; none is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fitintel.core.answers import Action
from fitintel.core.records import Level
from fitintel.views.app.cards import DOT, RING, Card, TodayView
from fitintel.views.app.words import words
from fitintel.views.badge import MadeBy
from fitintel.views.language import SOURCE

ICONS: dict[str, str] = {
    Action.HELPFUL: "thumb_up", Action.UNHELPFUL: "thumb_down", Action.ACKNOWLEDGE: "done", Action.DISMISS: "close",
    Action.DONE: "check", Action.NOT_DONE: "remove_done",
}  # fmt: skip
BARE = (Action.HELPFUL, Action.UNHELPFUL)
"""answers whose sign says enough; their word is the help"""
TONES = {Level.ALERT: "alert", Level.NOTICE: "notice"}
SAID = ("why", "how", "more", "again", "same", "snooze", "snooze_until", "correct")
"""words of Today that stand on every card"""


def today_drawn(shown: TodayView, same: str = "") -> dict[str, Any]:
    """Today: how fresh it is, its cards, and which brief it is; `same` is a run that was just replayed."""
    head, say = shown.header, words("today")
    above = [f"{head.athlete} · {head.cutoff}", *([say.simulated] if head.simulated else ())]
    below = say.version.format(brief=head.brief_id, version=head.version)
    return drawn(shown.cards, shown.more, same=same) | {"above": above, "below": below}


def drawn(cards: Iterable[Card], more: Iterable[tuple[str, Sequence[Card]]] = (), *, same: str = "") -> dict[str, Any]:
    """Cards, and those that are folded under a title."""
    say = vars(words("today"))
    return {
        "say": {name: say[name] for name in SAID}, "same": same, "above": [], "below": "",
        "cards": [_card(one, say) for one in cards],
        "more": [[title, [_card(one, say) for one in folded]] for title, folded in more],
    }  # fmt: skip


def _card(one: Card, say: dict[str, str]) -> dict[str, Any]:
    return {
        "key": one.key, "kind": one.kind, "icon": one.icon, "tone": TONES.get(one.level, ""), "loud": one.loud,
        "text": f"{one.sign} {one.text}".strip(), "reason": one.reason, "badge": one.badge_text,
        "extras": [[say[name], text] for name, text in one.extras], "notes": list(one.notes),
        "made_by": [_made(each, say) for each in one.made_by],
        "actions": [{"action": name, "word": say[name], "icon": ICONS[name], "bare": name in BARE}
                    for name in one.actions],
        "answer": one.answer, "later": one.later, "workout": one.workout_ids[0] if one.workout_ids else "",
        "answered": say["answered"].format(what=one.answered) if one.answered else "",
    }  # fmt: skip


def _made(one: MadeBy, say: dict[str, str]) -> dict[str, Any]:
    """A run; each line with the language it is in, where that may be another than the reader's."""
    dots = one.badge.dots
    return {
        "id": one.run_id, "title": one.badge.text,
        "lines": [
            ["", one.description, SOURCE], [say["trust"], f"{DOT * dots}{RING * (4 - dots)} {one.badge.trust}", ""],
            [say["result"], one.output, SOURCE], [say["source"], one.source, SOURCE], [say["run"], one.run_id, ""],
            *([say["limits"], limit, SOURCE] for limit in one.limits),
        ],
    }  # fmt: skip
