"""The app in another language: no screen keeps an English sentence, and the figures of Today are those of the brief."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from fitintel.views.language import LANGUAGES, speaking
from tests.app.conftest import SCREENS, read_in
from tests.views.test_language import ENGLISH

MORE = {"to", "by", "no", "add", "see", "show", "open", "what", "who", "how", "one", "only", "all", "until", "nothing"}
NAMES = {"show", "all", "open", "no", "add", "by", "to", "one", "see"}
"""those that are words of another language, or parts of a command"""
ENGLISH_ONLY = (ENGLISH | MORE) - NAMES
QUIET = ("Code", "Exception")
"""elements whose content is a command, SQL or the documentation of a formula"""


def told(node: Any) -> Iterator[str]:
    """What stands in an element and below: words, labels, choices."""
    if type(node).__name__ in QUIET:
        return
    if getattr(node, "type", "") == "bidi_component":
        yield from read_in(json.loads(node.proto.json))
        return
    for name in ("value", "label", "help", "placeholder"):
        text = getattr(node, name, None)
        if isinstance(text, str):
            yield text
    choices = getattr(node, "options", None)
    if isinstance(choices, (list, tuple)):
        yield from map(str, choices)
    children = getattr(node, "children", None) or {}
    for child in children.values():
        yield from told(child)


def english(text: str) -> set[str]:
    text = re.sub(r"<style.*?</style>|<svg.*?</svg>|<code.*?</code>|`[^`]*`|<([a-z]+)[^>]* lang=.en.*?</\1>", " ", text,
                  flags=re.S)  # fmt: skip
    text = re.sub(r"<[^>]+>|\bfitintel [^.,;]*|[A-Z]\w+/\w+|SELECT .*", " ", text)
    return set(re.findall(r"[^\W\d_]+", text.lower())) & ENGLISH_ONLY


@pytest.mark.parametrize("screen", [name for name in SCREENS if name not in ("algorithms", "query")])
def test_a_screen_in_german_has_no_english_sentence(app, bench, screen):
    bench.prefer(language="de")
    left = {text[:120]: found for text in told(app(screen)._tree) if (found := english(text))}
    assert not left


@pytest.mark.slow
@pytest.mark.parametrize("language", [code for code in LANGUAGES if code not in ("en", "de")])
@pytest.mark.parametrize("screen", [name for name in SCREENS if name not in ("algorithms", "query")])
def test_a_screen_in_any_language_has_no_english_sentence(app, bench, screen, language):
    bench.prefer(language=language)
    left = {text[:120]: found for text in told(app(screen)._tree) if (found := english(text))}
    assert not left


def test_today_says_the_sentences_of_the_brief_in_that_language(app, bench):
    from fitintel.views.opened import view_of

    bench.prefer(language="fr")
    shown = " ".join(told(app("today")._tree))
    with speaking("fr"):
        focus = view_of(bench.open_brief("demo-01")).section("focus").lines[0].text
    assert focus.rstrip(".") in re.sub(r"\\(.)", r"\1", shown)
