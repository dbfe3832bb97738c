"""An evaluation of everything as tables a person reads: value, interval, aim, and whether it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.views.numbers import count, plain
from fitintel.views.scores import Table

HEADER = ("figure", "of", "value", "95 % interval", "from", "aim", "verdict")
OF = {"squad": "Simulated squad", "history": "Real histories"}


def evaluation_rows(found: Mapping[str, Any]) -> dict[str, Table]:
    """Title -> (header, rows), a table for each area of the squad and of the histories."""
    tables: dict[str, Table] = {}
    for figure in found["figures"]:
        title = f"{OF[figure['of']]}: {figure['area']}"
        tables.setdefault(title, (HEADER, []))[1].append(_row(figure))
    return tables


def evaluation_summary(found: Mapping[str, Any]) -> str:
    """How many aims hold, which do not, and what the figures were made with."""
    judged = [figure for figure in found["figures"] if figure["holds"] is not None]
    missed = [figure for figure in judged if not figure["holds"]]
    lines = [f"{len(judged) - len(missed)} of {count(len(judged), 'aim')} hold."]
    if missed:
        lines.append("Does not hold:")
        lines += [f"  {OF[one['of']]}, {one['area']}: {_name(one)}: {_value(one, one['value'])}, aim {_aim(one)}"
                  for one in missed]  # fmt: skip
    scale = found["scale"]
    if not found["inputs"]:
        lines.append("No real history is stored here: name a file with --data.")
    lines.append(f"Evaluation {found['id']}: seed {found['seed']}, {count(scale['athletes'], 'simulated athlete')} of "
                 f"{scale['years']:g} years, {count(len(found['inputs']), 'real history', 'real histories')}, "
                 f"brief {found['versions']['brief']}, code {found['code'][:12]}.")  # fmt: skip
    return "\n".join(lines)


def _row(figure: Mapping[str, Any]) -> tuple[str, ...]:
    between = ""
    if figure["low"] is not None and figure["high"] is not None:
        between = f"{_value(figure, figure['low'])} to {_value(figure, figure['high'])}"
    number = f"{figure['n']:,.0f}" if float(figure["n"]).is_integer() else plain(figure["n"], 1)
    return (figure["name"], figure["group"], _value(figure, figure["value"]), between, f"{number} {_unit(figure)}",
            _aim(figure), _verdict(figure))  # fmt: skip


def _unit(figure: Mapping[str, Any]) -> str:
    unit = str(figure["unit_n"])
    return unit.removesuffix("s") if figure["n"] == 1 else unit


def _name(figure: Mapping[str, Any]) -> str:
    return str(figure["name"]) + ("" if figure["group"] == "all" else f" ({figure['group']})")


def _value(figure: Mapping[str, Any], value: float | None) -> str:
    if value is None:
        return "nothing to measure"
    return f"{plain(100 * value, 1)} %" if figure["unit"] == "share" else plain(value, 2)


def _aim(figure: Mapping[str, Any]) -> str:
    least, most = figure["target"]["least"], figure["target"]["most"]
    if least is not None and most is not None:
        return f"{_value(figure, least)} to {_value(figure, most)}"
    if least is not None:
        return f"at least {_value(figure, least)}"
    return "" if most is None else f"at most {_value(figure, most)}"


def _verdict(figure: Mapping[str, Any]) -> str:
    return {True: "holds", False: "does not hold", None: ""}[figure["holds"]]
