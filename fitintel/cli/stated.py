"""How the commands that state and list something speak; one place for threshold, goal, plan and excuse."""

from __future__ import annotations

from typing import Any

from fitintel.cli.console import emit, say, table, workbench


def state(what: str, athlete: str | None, as_json: bool, **fields: Any) -> None:
    """Keep one statement and say what then holds."""
    from fitintel.views.stated import stated_dict, stated_text

    with workbench() as bench:
        kept = bench.state(what, athlete_id=athlete, **fields)
    if as_json:
        emit(stated_dict(kept))
    else:
        say(f"Kept: {stated_text(kept)}")


def listed(what: str, athlete: str | None, as_json: bool, *, history: bool = False) -> None:
    """List what holds, or all that was ever stated."""
    from fitintel.views.stated import stated_dict, stated_rows

    with workbench() as bench:
        found = bench.stated(what, athlete, history=history)
    if as_json:
        emit([stated_dict(each) for each in found])
    elif not found:
        say(f"Nothing is stated. Next: fitintel {what} add")
    else:
        table(*stated_rows(found))
