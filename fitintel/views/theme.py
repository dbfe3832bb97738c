"""The one theme: colours for light and dark, type, spacing, and the style sheet made from them.

Text contrast is at least 4.5:1 and graphics at least 3:1 on every surface they are drawn on (WCAG 2.2 AA); a test
computes it from the values below.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one scheme, as #rrggbb."""

    paper: str
    """behind everything"""
    surface: str
    """behind text and charts"""
    sunken: str
    """behind code and tables"""
    ink: str
    muted: str
    rule: str
    """hairlines; decoration only"""
    accent: str
    """links, the first series, figures"""
    accent_soft: str
    """bands under the first series"""
    second: str
    """the second series"""
    quiet: str
    """bars and marks that stand back"""
    alert: str
    alert_soft: str
    notice: str
    notice_soft: str
    step_1: str
    step_2: str
    step_3: str
    step_4: str
    """four steps of a sequential scale, from little to much"""


LIGHT = Palette(
    paper="#f5f6f3", surface="#ffffff", sunken="#f1f3f1", ink="#17212b", muted="#56636e", rule="#dde2e0",
    accent="#0b6b72", accent_soft="#cfe5e4", second="#b3501b", quiet="#7d919a", alert="#a82318",
    alert_soft="#fbebe8", notice="#7f5300", notice_soft="#fbf2df",
    step_1="#81a8a7", step_2="#4c8f91", step_3="#1a7077", step_4="#064c53",
)  # fmt: skip
DARK = Palette(
    paper="#0f1518", surface="#172024", sunken="#1e292e", ink="#e7edee", muted="#a4b2b8", rule="#2d3a40",
    accent="#62c5c6", accent_soft="#23474a", second="#f0a070", quiet="#6f858f", alert="#ff9f93",
    alert_soft="#3a201e", notice="#eec16b", notice_soft="#352a16",
    step_1="#46787b", step_2="#4c9b9d", step_3="#6cc3c3", step_4="#b2ebe8",
)  # fmt: skip

TEXT_ON = {
    "paper": ("ink", "muted", "accent"),
    "surface": ("ink", "muted", "accent", "second", "alert", "notice"),
    "sunken": ("ink", "muted", "accent"),
    "alert_soft": ("ink", "alert", "muted"),
    "notice_soft": ("ink", "notice", "muted"),
}
"""surface -> colours of text that stand on it."""
GRAPHICS_ON = {
    "surface": ("accent", "second", "quiet", "alert", "notice", "step_2", "step_3", "step_4"),
}
"""surface -> colours of marks that carry meaning (the lightest step also carries its size and a label)."""

SANS = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'
MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace'


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2).

    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def variables(palette: Palette) -> dict[str, str]:
    """CSS custom property -> colour."""
    return {f"--fi-{field.name.replace('_', '-')}": getattr(palette, field.name) for field in fields(palette)}


def paint(role: str) -> str:
    """A colour as SVG and CSS use it: the variable, with the light colour where no style sheet is present.

    >>> paint("accent")
    'var(--fi-accent, #0b6b72)'
    """
    return f"var(--fi-{role.replace('_', '-')}, {getattr(LIGHT, role)})"


@cache
def css() -> str:
    """The whole style sheet. It reaches only what stands inside an element of class `fi`."""
    from fitintel.views.templates import environment

    return (
        environment()
        .get_template("style.css.j2")
        .render(light=variables(LIGHT), dark=variables(DARK), sans=SANS, mono=MONO)
    )
