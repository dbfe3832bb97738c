"""One card of Today: what it says, why, how it was computed, and what the athlete answers."""

from __future__ import annotations

import streamlit as st

from fitintel.core.answers import Action
from fitintel.views.app.cards import Card
from fitintel.views.app.words import words
from fitintel.views.badge import MadeBy
from streamlit_app import draw
from streamlit_app.session import Here, fragment

ICONS: dict[str, str] = {
    Action.HELPFUL: "thumb_up", Action.UNHELPFUL: "thumb_down", Action.ACKNOWLEDGE: "done", Action.DISMISS: "close",
    Action.DONE: "check", Action.NOT_DONE: "remove_done",
}  # fmt: skip
BARE = (Action.HELPFUL, Action.UNHELPFUL)
"""answers whose sign says enough; their word is the help"""


def card(here: Here, shown: Card, place: str) -> None:
    """Draw a card, which is drawn again on its own: a tap on it is no matter of the others."""

    @fragment(here)
    def drawn() -> None:
        whole(here, shown, place)

    drawn()


def whole(here: Here, shown: Card, place: str) -> None:
    """What it says and why; the badge opens how it was computed."""
    say = words("today")
    with st.container(border=True, key=f"card-{place}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            draw.quiet(f":material/{shown.icon}: {draw.plain(shown.kind)}")
            draw.level(shown.level, shown.loud)
        draw.said(f"{shown.sign} {shown.text}".strip(), strong=True)
        if shown.reason:
            draw.said(f"{say.why}: {shown.reason}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            opened = st.popover(draw.plain(shown.badge_text or say.more), icon=":material/functions:", type="tertiary",
                                on_change="rerun", key=f"{place}-how", help=say.how)  # fmt: skip
            if opened.open:
                with opened:
                    details(here, shown, place)
            answers(here, shown, place)


def details(here: Here, shown: Card, place: str) -> None:
    """What goes with the sentence, and how its figures were computed."""
    say = words("today")
    for name, text in shown.extras:
        draw.said(f"{getattr(say, name)}: {text}")
    for note in shown.notes:
        draw.small(note)
    for made in shown.made_by:
        computed(here, made, f"{place}-{made.run_id}")


def answers(here: Here, shown: Card, place: str) -> None:
    """The buttons under a card."""
    say = words("today")
    if shown.answered:
        draw.small(say.answered.format(what=shown.answered))
    for action in shown.actions:
        word = getattr(say, action)
        if st.button("" if action in BARE else draw.plain(word), icon=f":material/{ICONS[action]}:", help=word,
                     key=f"{place}-{action}", type="tertiary"):  # fmt: skip
            here.bench.answer(shown.key, action, athlete_id=here.athlete.id)
            st.rerun()
    if shown.later:
        with st.popover(draw.plain(say.snooze), icon=":material/snooze:", type="tertiary"):
            until = st.date_input(say.snooze_until, value=None, key=f"{place}-until")
            if st.button(draw.plain(say.snooze), key=f"{place}-snooze"):
                here.bench.answer(shown.key, "snooze", until=until.isoformat() if until else None,
                                  athlete_id=here.athlete.id)  # fmt: skip
                st.rerun()
    if shown.workout_ids and st.button(draw.plain(say.correct), icon=":material/edit:", key=f"{place}-correct",
                                       type="tertiary"):  # fmt: skip
        st.session_state["workout"] = shown.workout_ids[0]
        st.switch_page("screens/workouts.py")


def computed(here: Here, made: MadeBy, place: str) -> None:
    """How a number was computed: algorithm, version, trust, limits, run; computed again on demand."""
    say = words("today")
    draw.said(made.badge.text, strong=True)
    draw.small(made.description)
    draw.said(f"{say.trust}: {'●' * made.badge.dots}{'○' * (4 - made.badge.dots)} {made.badge.trust}")
    for name, text in ((say.result, made.output), (say.source, made.source), (say.run, made.run_id)):
        draw.small(f"{name}: {text}")
    for limit in made.limits:
        draw.small(f"{say.limits}: {limit}")
    if st.button(draw.plain(say.again), key=f"again-{place}", icon=":material/replay:"):
        here.bench.replay(made.run_id)
        st.success(draw.plain(say.same), icon=":material/check:")
