"""Everybody can use the pages: axe-core finds nothing serious, keys reach everything, dark colours are there."""

from __future__ import annotations

import pytest

PAGES = {"squad_board": {}, "athlete": {"athlete": "demo-02"}, "what_if": {"athlete": "demo-02"},
         "algorithms": {"athlete": "demo-02"}}  # fmt: skip


@pytest.mark.parametrize("notebook", PAGES)
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_serious(visitor, notebook, scheme, width):
    if width == "phone" and notebook in ("what_if", "algorithms"):
        pytest.skip("these have one layout")
    visitor.page.emulate_media(color_scheme=scheme)
    visitor.open(notebook, **PAGES[notebook])
    assert not visitor.serious()


def test_the_tab_key_reaches_the_answer_to_an_alert(visitor, width):
    if width == "phone":
        pytest.skip("no keyboard")
    page = visitor.open("squad_board", flag="alert")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.innerText || document.activeElement.id"))
    assert {"Acknowledge", "search", "CSV"} <= {one.strip() for one in reached}
