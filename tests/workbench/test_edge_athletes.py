"""Athletes of whom little is known get a brief that is of use, says what is missing, and invents nothing."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fitintel.core import days
from fitintel.core.records import Athlete, Brief
from fitintel.views.brief import BriefView
from fitintel.views.opened import view_of
from fitintel.workbench.door import Workbench

LAST = days.number(days.date(2025, 9, 28))

Fill = Callable[[Workbench, Path], None]


def table(
    bench: Workbench, folder: Path, rows: list[str], header: str = "date,sport,duration (min),distance (km)"
) -> None:
    path = folder / "rows.csv"
    path.write_text("\n".join([header, *rows]))
    bench.import_files([path])


def none(bench: Workbench, folder: Path) -> None:
    bench.store.put_athlete(Athlete("me", "Me"))


def one(bench: Workbench, folder: Path) -> None:
    table(bench, folder, [f"{days.iso(LAST)},run,30,5"])


def gap(bench: Workbench, folder: Path) -> None:
    before = [f"{days.iso(LAST - 3650 - day)},run,{30 + day % 9},5" for day in range(0, 200, 2)]
    table(bench, folder, [*before, *(f"{days.iso(LAST - day)},run,{25 + day},4" for day in (0, 2, 5))])


def swims(bench: Workbench, folder: Path) -> None:
    table(
        bench, folder, [f"{days.iso(LAST - day)},swim,{40 + day % 7},{1.5 + day % 3 / 4}" for day in range(0, 300, 3)]
    )


def manual(bench: Workbench, folder: Path) -> None:
    for day in range(0, 40, 3):
        bench.add(sport="strength", date=days.iso(LAST - day), duration="45min", rpe=6.0)


EVERY = {
    "none": none,
    "one workout": one,
    "a gap of ten years": gap,
    "only swims": swims,
    "only manual entries": manual,
}


@pytest.fixture(params=EVERY)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Workbench, Brief, BriefView]]:
    with Workbench.open(tmp_path / "home") as bench:
        EVERY[request.param](bench, tmp_path)
        opened = bench.open_brief("me", LAST)
        yield request.param, bench, opened.brief, view_of(opened)


def test_the_brief_is_whole_on_page_in_text_and_in_json(made: tuple[str, Workbench, Brief, BriefView]) -> None:
    _, _, _, view = made
    page = html.unescape(view._repr_html_()).replace("\N{NO-BREAK SPACE}", " ")
    text = " ".join(view.text().split())
    plain = json.loads(json.dumps(view.as_dict(), allow_nan=False))
    for section, kept in zip(view.sections, plain["sections"], strict=True):
        for line, row in zip(section.lines, kept["lines"], strict=True):
            assert row["text"] == line.text
            for said in filter(
                None, (line.text, line.said.reason, line.said.minimum, line.said.effect, line.said.avoid)
            ):
                assert said in page
                assert said in text
    assert not re.search(r"\b(nan|None|inf)\b", text)


def test_something_to_do_is_said_and_what_is_missing(made: tuple[str, Workbench, Brief, BriefView]) -> None:
    _, _, brief, _ = made
    codes = {insight.code for insight in brief.insights}
    assert any(code.startswith("focus_") for code in codes)
    assert any(code.startswith("missing_") for code in codes)


def test_nothing_is_forecast_or_judged_from_too_little(made: tuple[str, Workbench, Brief, BriefView]) -> None:
    name, _, brief, _ = made
    codes = {insight.code for insight in brief.insights}
    if name in ("none", "one workout"):
        assert not codes & {"forecast_week", "trend_improving", "trend_declining", "consistency_score", "change_point"}
        assert "focus_collect" in codes
    if name == "a gap of ten years":
        assert not codes & {"trend_improving", "trend_declining"}


def test_review_comparison_squad_and_plans_have_an_answer_too(made: tuple[str, Workbench, Brief, BriefView]) -> None:
    from fitintel.core.errors import UsageError
    from fitintel.core.plans import WeeklyPlan
    from fitintel.views.diff import diff_view
    from fitintel.views.squad import squad_view
    from fitintel.views.weekly import weekly_view
    from fitintel.views.what_if import outlook_lines

    name, bench, _, _ = made
    assert weekly_view(bench.weekly_review("me")).text()
    assert diff_view(bench.compare("me", LAST)).text()
    assert squad_view(bench.squad(LAST)).rows[0].reasons or name != "none"
    if name == "none":
        with pytest.raises(UsageError, match="no workouts"):
            bench.what_if([WeeklyPlan("A", 3)], "me", LAST)
    else:
        assert list(outlook_lines(bench.what_if([WeeklyPlan("A", 3)], "me", LAST)))
