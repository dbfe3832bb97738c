"""fitintel prefer: units, language, colours, time zone and morning of the person who reads."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, workbench


def prefer(
    units: Annotated[str | None, typer.Option(help="metric, imperial, or auto: as the athlete has them.")] = None,
    language: Annotated[str | None, typer.Option(help="en, de, fr or es.")] = None,
    theme: Annotated[str | None, typer.Option(help="auto, light or dark.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="Europe/Berlin; empty: that of this machine.")] = None,
    morning: Annotated[str | None, typer.Option(help="05:30: when fitintel schedule makes your brief.")] = None,
    json: Json = False,
) -> None:
    """Say how you want to read, or show it. Example: fitintel prefer --units imperial --language de

    It changes no figure, only how pages and the brief in the app write it, and when the schedule makes it.
    """
    said = {"units": units, "language": language, "theme": theme, "time_zone": time_zone, "morning": morning}
    chosen = {name: value for name, value in said.items() if value is not None}
    with workbench() as bench:
        now = bench.prefer(**chosen) if chosen else bench.preferences()
    shown = {"units": now.units.value if now.units else "auto", "language": now.language, "theme": now.theme,
             "time_zone": now.time_zone, "morning": now.morning}  # fmt: skip
    if json:
        emit(shown)
        return
    for name, value in shown.items():
        say(f"{name.replace('_', ' '):<10}{value or 'as this machine'}")
