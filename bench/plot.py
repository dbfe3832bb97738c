"""Seconds over size, both logarithmic, as an SVG that reads in light and dark."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

from bench.figures import Figure

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 70, 250, 20, 46
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#a0760a")
MARKS = ("circle", "square", "diamond")
STYLE = """text{font:12px system-ui,sans-serif;fill:#1b1f23}.grid{stroke:#c9ced6}.ground{fill:#fff}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#3d444d}.ground{fill:#0d1117}}"""


def growth(lines: Sequence[tuple[str, Figure]]) -> str:
    """One line a figure with points; nothing but axes where there is none."""
    sizes = [point[0] for _, one in lines for point in one.points] or [1, 10]
    seconds = [point[1] for _, one in lines for point in one.points] or [0.1, 1]
    across, up = _scale(sizes, LEFT, WIDTH - RIGHT), _scale(seconds, HEIGHT - BOTTOM, TOP)
    parts = [f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>']
    for power in _powers(sizes):
        x = across(10.0**power)
        parts.append(f'<path class="grid" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/><text x="{x:.1f}" '
                     f'y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')  # fmt: skip
    for power in _powers(seconds):
        y = up(10.0**power)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
                     f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>')  # fmt: skip
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">rows, athletes or '
                 "points</text>")  # fmt: skip
    for place, (name, one) in enumerate(lines):
        colour, mark = COLOURS[place % len(COLOURS)], MARKS[place // len(COLOURS) % len(MARKS)]
        at = [(across(size), up(value)) for size, value in one.points]
        parts.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="'
                     + " ".join(f"{x:.1f},{y:.1f}" for x, y in at) + '"/>')  # fmt: skip
        parts += [_mark(mark, x, y, colour) for x, y in at]
        y = TOP + 14 + 18 * place
        parts.append(_mark(mark, WIDTH - RIGHT + 16, y - 4, colour))
        parts.append(f'<text x="{WIDTH - RIGHT + 26}" y="{y}">{escape(name)} {one.value:.2f}</text>')
    title = "Seconds over size, both logarithmic; the slope is the growth exponent"
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{title}</title>'
            f"<style>{STYLE}</style>{''.join(parts)}</svg>\n")  # fmt: skip


def _scale(values: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    low, high = math.log10(min(values)), math.log10(max(values))
    return lambda value: start + (end - start) * (math.log10(value) - low) / max(high - low, 1e-9)


def _powers(values: Sequence[float]) -> range:
    return range(math.ceil(math.log10(min(values))), math.floor(math.log10(max(values))) + 1)


def _mark(kind: str, x: float, y: float, colour: str) -> str:
    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    turn = f' transform="rotate(45 {x:.1f} {y:.1f})"' if kind == "diamond" else ""
    return f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" fill="{colour}"{turn}/>'
