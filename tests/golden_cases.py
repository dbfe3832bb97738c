"""Golden outputs: what each `id@version` gave on one fixed history. `make golden` records those that are new.

A file holds, for each call of the algorithm, a fingerprint of its inputs, its parameters and a fingerprint of its
output. Equal inputs and parameters with another output are a changed number: that needs a new version, and recording
is refused. Other inputs (an algorithm before it has a new version) are recorded again.
"""

from __future__ import annotations

import json
import math
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from fitintel.core import days, snapshot
from fitintel.core.records import Athlete
from fitintel.core.workouts import Workouts
from fitintel.intelligence import registry
from fitintel.intelligence.brief import compose

FOLDER = Path(__file__).with_name("golden")
FIRST = 19358  # Monday, 2 January 2023
LAST = FIRST + 2 * 364 + 2
SHOWN = 6
"""A longer list is kept as its first and last numbers and two sums, one of them weighted by place."""
CLOSE = 1e-7
"""relative; processors differ in the last digits of exp and log"""

NOT_IN_A_BRIEF: dict[str, list[tuple[list[Any], dict[str, Any]]]] = {
    "session_rpe": [([np.array([60.0, 45.0, np.nan]), np.array([5.0, 0.0, 3.0])], {})],
    "trimp_banister": [
        ([np.array([60.0, 30.0]), np.array([125.0, 170.0]), 60.0, 190.0], {}),
        ([60.0, 125.0, 60.0, 190.0], {"a": 0.86, "b": 1.67}),
    ],
}
"""Inputs and parameters for algorithms that no brief runs; golden_cases_*.py beside this file hold further ones."""
for _file in sorted(Path(__file__).parent.glob("golden_cases_*.py")):
    NOT_IN_A_BRIEF |= import_module(f"tests.{_file.stem}").CASES


def chance(*key: int) -> float:
    """A number in [0, 1) that depends on its key alone, on every machine."""
    state = 88172645463325252
    for part in key:
        state = (state ^ (part + 1)) * 6364136223846793005 % 2**64
        state ^= state >> 29
    return (state * 2685821657736338717 % 2**64) / 2**64


def history() -> Workouts:
    """Two years of one invented person: a weekly habit that changes, a break, walks, and a few faults."""
    rows = []
    for day in range(FIRST, LAST + 1):
        week = (day - FIRST) // 7
        due = 0.62 if week < 60 else 0.38
        if week in (30, 31, 32) or chance(day, 1) > due * (1.2 if days.weekday(day) in (1, 3, 5) else 0.8):
            continue
        walk = chance(day, 2) < 0.25
        speed = (1.45 if walk else 2.9) * (0.9 + 0.2 * chance(day, 3))
        distance = (3000 if walk else 7000) * (0.6 + 0.9 * chance(day, 4)) * (1.0 if week < 60 else 0.7)
        row = {"id": f"g{day}", "day": day, "sport": "walking" if walk else "running", "flags": "", "source": "golden"}
        rows.append(row | {"distance": round(distance, 1), "duration": round(distance / speed, 1)})
    rows[100] |= {"duration": rows[100]["duration"] + 90_000.0, "flags": "duration_over_24h"}
    rows[150]["distance"] *= 10
    rows[200]["distance"] = None
    rows[-2]["distance"] *= 1.609344
    return Workouts.from_rows(rows)


@cache
def calls() -> dict[str, list[dict[str, Any]]]:
    """Algorithm -> its calls, as they are kept."""
    made = compose(Athlete("golden", "Golden"), history(), LAST).journal
    value = {digest: snapshot.load(data) for digest, data in made.snapshots.items()}
    found: dict[str, list[dict[str, Any]]] = {}
    for run in made.runs.values():
        inputs = {name: value[digest] for name, digest in run.inputs.items()}
        found.setdefault(run.algorithm, []).append(_call(inputs, run.parameters, value[run.output]))
    cases = dict(NOT_IN_A_BRIEF)
    for name in names():
        if "@" in name and name not in cases:  # another version is given what the present one is given
            algorithm_id, version = name.split("@")
            runs = [run for run in made.runs.values() if run.algorithm == algorithm_id]
            known, usual = registry.get(algorithm_id, version).card, registry.get(algorithm_id).card.parameters
            # what a brief does not ask for is that version's own default
            cases[name] = [([value[digest] for given, digest in run.inputs.items() if given in known.inputs],
                            {**known.parameters, **{key: asked for key, asked in run.parameters.items()
                                                    if key in known.parameters and asked != usual[key]}})
                           for run in runs] or NOT_IN_A_BRIEF[algorithm_id]  # fmt: skip
    for name, several in cases.items():
        algorithm = registry.get(*name.split("@"))
        for values, parameters in several:
            inputs = dict(zip(algorithm.card.inputs, values, strict=True))
            found.setdefault(name, []).append(_call(inputs, parameters, algorithm(*values, **parameters)))
    return found


def names() -> tuple[str, ...]:
    """Every algorithm's id, and `id@version` of its versions beside the present one."""
    others = [f"{name}@{version}" for name in registry.ids() for version in registry.versions(name)
              if version != registry.get(name).card.version]  # fmt: skip
    return (*registry.ids(), *others)


def path(name: str) -> Path:
    """Where the golden outputs of an algorithm's present version, or of `id@version`, are."""
    card = registry.get(*name.split("@")).card
    return FOLDER / f"{card.id}@{card.version}.json"


def fingerprint(value: Any) -> Any:
    """`value` in plain JSON, with long lists summed up."""
    if isinstance(value, Workouts):
        return {name: fingerprint(value[name]) for name in value}
    if isinstance(value, dict):
        return {key: fingerprint(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape), "items": fingerprint(value.ravel().tolist())}
    if isinstance(value, (list, tuple)):
        items = list(value)
        if len(items) <= 2 * SHOWN:
            return [fingerprint(item) for item in items]
        numbers = [
            float(v) if isinstance(v, (int, float)) and math.isfinite(v) else crc32(str(v).encode()) for v in items
        ]
        weighted = math.fsum(number * math.cos(place) for place, number in enumerate(numbers))
        ends = [fingerprint(item) for item in (*items[:SHOWN], *items[-SHOWN:])]
        return {"n": len(items), "ends": ends, "sum": math.fsum(numbers), "weighted": weighted}
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    return value


def same(left: Any, right: Any) -> bool:
    """Whether two fingerprints are equal up to CLOSE."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return math.isclose(left, right, rel_tol=CLOSE, abs_tol=CLOSE)
    return bool(left == right)


def _call(inputs: dict[str, Any], parameters: Any, output: Any) -> dict[str, Any]:
    call = {"inputs": inputs, "parameters": dict(parameters), "output": output}
    # through JSON, so that what is computed and what was read compare alike
    return json.loads(
        json.dumps({key: fingerprint(snapshot.load(snapshot.dump(value))) for key, value in call.items()})
    )


def changed(name: str, kept: list[dict[str, Any]]) -> list[str]:
    """Why the calls of an algorithm are not those that were kept; nothing if they are."""
    now, said = calls()[name], []
    if len(now) != len(kept):
        return ["calls: it is called another number of times"]
    for call, old in zip(now, kept, strict=True):
        given = all(same(call[part], old[part]) for part in ("inputs", "parameters"))
        if not given:
            said.append("inputs: it is given other inputs or parameters")
        elif not same(call["output"], old["output"]):
            parts = call["output"] if isinstance(call["output"], dict) else {}
            names = [key for key in parts if not same(parts[key], (old["output"] or {}).get(key))]
            said.append(f"output: equal inputs give another answer {names or ''}".rstrip())
    return said


def record() -> int:
    """Write the golden outputs that are missing or have other inputs; 1 if a number changed without a new version."""
    refused = 0
    for name in names():
        file = path(name)
        why = changed(name, json.loads(file.read_text())) if file.is_file() else ["new"]
        if any(reason.startswith("output") for reason in why):
            print(f"{name}: {'; '.join(why)}. Next: raise its version.", file=sys.stderr)
            refused = 1
        elif why:
            file.write_text(json.dumps(calls()[name], ensure_ascii=False, indent=1, sort_keys=True) + "\n")
            print(f"{file.name}: recorded ({'; '.join(sorted(set(why)))})")
    return refused


if __name__ == "__main__":
    raise SystemExit(record())
