"""Colours can be read, in light and dark."""

from __future__ import annotations

import re

import pytest

from fitintel.views.theme import DARK, GRAPHICS_ON, LIGHT, TEXT_ON, contrast, css, paint, variables

SCHEMES = {"light": LIGHT, "dark": DARK}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("on", "colour"), [(on, colour) for on, colours in TEXT_ON.items() for colour in colours])
def test_text_can_be_read(scheme, on, colour):
    palette = SCHEMES[scheme]
    assert contrast(getattr(palette, on), getattr(palette, colour)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("on", "colour"), [(on, colour) for on, colours in GRAPHICS_ON.items() for colour in colours])
def test_marks_can_be_seen(scheme, on, colour):
    palette = SCHEMES[scheme]
    assert contrast(getattr(palette, on), getattr(palette, colour)) >= 3.0


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_steps_of_the_calendar_go_one_way(scheme):
    palette = SCHEMES[scheme]
    steps = [contrast(palette.surface, getattr(palette, f"step_{n}")) for n in range(1, 5)]
    assert steps == sorted(steps)


def test_the_style_sheet_uses_only_colours_of_the_theme():
    known = set(variables(LIGHT))
    assert set(re.findall(r"var\((--fi-[a-z0-9-]+)", css())) <= known
    literal = set(re.findall(r"#[0-9a-f]{3,6}\b", css()))
    assert literal <= {*variables(LIGHT).values(), *variables(DARK).values()}


def test_the_style_sheet_has_a_dark_and_a_printed_form_and_fetches_nothing():
    assert "prefers-color-scheme:dark" in css()
    assert "@media print" in css()
    assert "url(" not in css()
    assert "@import" not in css()


def test_a_colour_outside_the_theme_is_an_error():
    with pytest.raises(AttributeError):
        paint("pink")
