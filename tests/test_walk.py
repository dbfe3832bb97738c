"""Every line of a brief is walked to the rows it was made from: no figure stands nowhere, none is typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from fitintel.core import days
from fitintel.core.records import Insight, OpenBrief
from fitintel.core.stated import Goal
from fitintel.core.units import UnitSystem
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import versions
from fitintel.views.opened import view_of
from fitintel.views.words.said import Said
from fitintel.workbench.demo import make_demo
from fitintel.workbench.door import Workbench
from fitintel.workbench.tracing import Shelf, leaves

END = 20366
FEW = ("demo-02", "demo-05", "demo-11")
NAMED: dict[str, set[str]] = {
    "recommend_rate_effort": {"0", "10"},  # the scale of the rating
    "recommend_anchor_days": {"26"},  # weeks that anchor days are counted over
    "goal_week": {"80"}, "goal_ctl": {"80"},  # the width of the interval
    "missing_excluded": {"24"}, "missing_flagged": {"24"},  # limits in the sentence of a rule
}  # fmt: skip
"""Numbers that belong to the words of a sentence, not to what it tells. A new one has to be listed here with its
reason, or become a figure of a run."""


@pytest.fixture(scope="module", params=[pytest.param(FEW, id="few"),
                                        pytest.param((), id="squad", marks=pytest.mark.slow)])  # fmt: skip
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, Any]]:
    """A workspace with the squad, and the opened brief of each athlete; of the whole squad in the slow form."""
    with Workbench.open(tmp_path_factory.mktemp("walk")) as bench:
        whole = not request.param
        make_demo(bench.store, bench.blobs, end_day=END, athletes=24 if whole else 11, years=3.0 if whole else 1.5)
        chosen = request.param or [one.id for one in bench.athletes()]
        yield bench, [bench.open_brief(name, END) for name in chosen]


def test_every_figure_of_every_line_stands_in_a_run_or_a_row(walked: tuple[Workbench, list[OpenBrief]]) -> None:
    bench, opened = walked
    told = 0
    for each in opened:
        for number, insight in enumerate(each.brief.insights, 1):
            found = bench.explain(f"{each.brief.id}/{number}")
            orphans = [(place.name, place.value) for place in found.places if not place.where]
            assert orphans == [], f"{each.brief.athlete_id} {insight.code}"
            told += len(found.places)
    assert told > 100 * len(opened)


def test_every_line_leads_to_runs_snapshots_rows_and_imports(walked: tuple[Workbench, list[OpenBrief]]) -> None:
    bench, opened = walked
    for each in opened:
        imports = {record.id: record for record in bench.store.imports(each.brief.athlete_id)}
        for number, insight in enumerate(each.brief.insights, 1):
            assert insight.run_ids, f"{insight.code} names no run"
            found = bench.explain(f"{each.brief.id}/{number}")
            assert {step.run.id for step in found.steps} >= set(insight.run_ids)
            for step in found.steps:
                assert step.run.version in versions(step.run.algorithm)
                assert set(step.run.inputs) == set(step.card.inputs)
            assert {origin.workout["id"] for origin in found.origins} >= set(insight.workout_ids), insight.code
            for origin in found.origins:
                assert origin.record == imports[origin.workout["import_id"]]
                assert 1 <= origin.workout["row"] <= origin.record.read
                assert bench.blobs.get("raw", origin.record.sha256)


def test_every_run_of_a_brief_leads_up_to_what_was_imported(walked: tuple[Workbench, list[OpenBrief]]) -> None:
    """A run without parents was given workouts, wellness, labels or what was stated: nothing that was computed."""
    bench, opened = walked
    given = {"laps", "rows", "events", "labels", "answers", "names"}
    for each in opened:
        inputs = {run.id: {name: bench.value(digest) for name, digest in run.inputs.items()}
                  for run in each.runs.values() if not run.parents}  # fmt: skip
        imported = Shelf()
        imported.put("workouts", bench.workouts(each.brief.athlete_id))
        imported.put("races", [goal.distance for goal in bench.store.stated(each.brief.athlete_id, Goal)
                               if goal.distance])  # fmt: skip
        for run_id, values in inputs.items():
            sources = [name for name, value in values.items()
                       if isinstance(value, Workouts) or name in given or _statements(value)]  # fmt: skip
            # or single figures of workouts, as they were imported
            picked = figures(values)
            assert sources or all(imported.find(one) for one in picked), each.runs[run_id].algorithm


def test_every_number_of_every_sentence_is_a_figure_of_its_line(walked: tuple[Workbench, list[OpenBrief]]) -> None:
    _, opened = walked
    seen = 0
    for each in opened:
        for units in UnitSystem:
            lines = {section.name: iter(section.lines) for section in view_of(each, units.value).sections}
            for insight in each.brief.insights:
                said = next(lines[insight.section.value]).said
                shown = numbers_of(said)
                orphans = shown - sayings(insight, each) - NAMED.get(insight.code, set())
                assert not orphans, f"{insight.code}: {sorted(orphans)} in {said.text} {said.notes}"
                seen += len(shown)
    assert seen > 50 * len(opened)


def _statements(value: Any) -> bool:
    """Columns of wellness, or a list of statements."""
    return isinstance(value, list) or (isinstance(value, Mapping) and {"day", "metric", "value"} <= set(value))


def figures(nested: Any) -> list[float]:
    """Every number of a nested value, also those of columns."""
    found: list[float] = []
    for _, leaf in leaves(nested, ""):
        several = [leaf] if isinstance(leaf, float) else leaf.ravel().tolist()
        found += [float(one) for one in several if isinstance(one, (int, float)) and one == one]
    return found


def numbers_of(said: Said) -> set[str]:
    """Every number in the words of a line; ids and what is typed into a terminal are none."""
    text = " ".join([said.text, *said.notes, said.reason, said.minimum, said.effect, said.avoid])
    text = re.sub(r"fitintel [^.]*", "", re.sub(r"\b[wrb]-?[0-9a-f]{19,20}\b", "", text))
    return {found.replace(",", "") for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def sayings(insight: Insight, opened: OpenBrief) -> set[str]:
    """Every way in which the figures of a line may be written: its values, and the parameters of its runs."""
    values = figures(insight.values)
    for run_id in insight.run_ids:
        values += figures(dict(opened.runs[run_id].parameters))
    given = insight.values
    values += [float(len(value)) for value in given.values() if isinstance(value, (list, tuple))]
    # what the words may compute: the ends of an interval given by its half, the pace or speed of a distance and a time
    values += [given[name] + sign * given[f"{name}_half"] for name in given for sign in (-1, 1)
               if given[name] is not None and given.get(f"{name}_half") is not None]  # fmt: skip
    if given.get("duration") and given.get("distance"):
        values += [given["duration"] / given["distance"], given["distance"] / given["duration"]]
    said: set[str] = set()
    for value in values:
        said |= written(abs(float(value)))
    for text in (value for value in given.values() if isinstance(value, str)):
        said |= set(re.findall(r"\d+(?:\.\d+)?", text))
    return said | {number for one in given.get("low") or () for number in re.findall(r"\d+", str(one))} \
        if isinstance(given.get("low"), list) else said  # fmt: skip


DIVIDED = (1.0, 0.01, 1000.0, 1609.344, 1 / 3.6, 1609.344 / 3600, 4184.0, 60.0, 3600.0, 0.3048)
"""1, percent, km, mi, km/h, mph, kcal, min, h, ft"""
SPANS = (1.0, 4.0)
"""Slopes are told over four weeks."""


def written(value: float) -> set[str]:
    """A figure as views write it: in every unit, as a clock time, as a pace, as a date."""
    found = {f"{value * span / by:.{decimals}f}" for by in DIVIDED for span in SPANS for decimals in range(3)}
    found |= {f"{value * 100:.0f}", f"{value * 100:.1f}", f"{(1 - value) * 100:.0f}", f"{value:.3f}", "99"}
    for span in SPANS:
        minutes = int(value * span / 60 + 0.5)
        found |= {str(minutes), str(minutes // 60), f"{minutes % 60:02d}"}
    # a race time, to the second
    whole, seconds = divmod(int(value + 0.5), 60)
    found |= {str(whole), str(whole // 60), f"{whole % 60:02d}", f"{seconds:02d}"}
    if 0 < value < 20:
        for metres in (1000.0, 1609.344):
            for pace in (int(value * metres + 0.5), int(metres / value + 0.5)):
                found |= {str(pace // 60), f"{pace % 60:02d}"}
    if value == int(value) and 10_000 < value < 40_000:
        day = days.from_number(int(value))
        found |= {str(day.day), str(day.year)}
    return found
