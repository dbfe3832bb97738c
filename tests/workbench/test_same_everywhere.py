"""Two people reading one brief, on a page, in the app, in the notebook or in JSON, read the same figures and words."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.views.algorithm import algorithm_file
from fitintel.views.opened import view_of
from fitintel.workbench.door import Workbench


def plain(text: str) -> str:
    """Text of a page as it is read: no markup, entities and no-break spaces resolved."""
    without = re.sub(r"<style>.*?</style>", " ", text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without)).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.slow
def test_page_notebook_terminal_and_json_read_alike(tmp_path: Path) -> None:
    with Workbench.open(tmp_path / "home") as bench:
        who, first = "me", days.number(days.date(2024, 9, 2))
        last = first + 7 * 52
        on = [day for day in range(first, last + 1) if day % 7 in (0, 2, 4) or day == last]
        rows = [f"{days.iso(day)},run,{40 + day % 9},{7 + day % 4}" for day in on]
        path = tmp_path / "runs.csv"
        path.write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
        bench.import_files([path])
        day = days.iso(last + 1)
        bench.state("goal", kind="training_days", value="4", valid_from=days.iso(last - 60), athlete_id=who, today=last)
        bench.state("plan", day=day, sport="running", duration="50min", athlete_id=who, today=last)
        bench.state("goal", kind="event", name="City run", valid_from=days.iso(last + 40), sport="running",
                    distance="10km", athlete_id=who, today=last)  # fmt: skip
        published = bench.publish(who, day, out=tmp_path / "out", page=algorithm_file)
        view = view_of(published.opened)
    cells = json.loads(published.notebook.read_text("utf-8"))["cells"]
    shown = [output["data"] for cell in cells for output in cell.get("outputs", ()) if "data" in output]
    notebook = plain(" ".join("".join(each.get("text/html", "")) for each in shown))
    notebook_text = " ".join("".join("".join(each.get("text/plain", "")) for each in shown).split())
    written = published.html.read_text("utf-8")
    page = plain(written)
    links = set(re.findall(r'<a href="(algorithms/[^"]+)"', written))
    assert links
    for link in links:
        described = (published.html.parent / link).read_text("utf-8")
        assert "default-src 'none'" in described
        assert "Formula" in plain(described)
    terminal = " ".join(view.text(10_000).split())
    document = json.loads(json.dumps(view.as_dict(), allow_nan=False, ensure_ascii=False))
    told = [row for section in document["sections"] for row in section["lines"]]
    assert {section["name"] for section in document["sections"]} >= {"focus", "today", "yesterday", "week", "goals"}
    assert any(row["code"] == "today_plan" for row in told)
    assert {"goal_week", "goal_race_insufficient"} <= {row["code"] for row in told}
    for row in told:
        said = [row["text"], row["lead"], *row["notes"], row["reason"], row["minimum"], row["effect"], row["avoid"]]
        for words in filter(None, (" ".join(each.split()) for each in said)):
            for where in (page, notebook, terminal):
                assert words in where
        for figure in row["figures"]:
            assert figure["value"] in page
            assert figure["value"] in notebook
        assert not row["run_id"] or row["run_id"] in page
        assert not row["run_id"] or row["run_id"] in notebook_text.replace("\\n", " ")


DAY, LAST_DAY = "2026-11-23", 20779
SHOWN = ("readiness", "focus", "today", "yesterday", "week", "load", "trends", "forecast", "recommendations", "goals")
"""sections of a brief that stand on a coach's page of an athlete, line by line"""
FEW = slice(0, 3)
"""of those who need a look first"""


@pytest.fixture(scope="module")
def squad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the demo squad, whose briefs of DAY are made."""
    home = tmp_path_factory.mktemp("same") / "home"
    with Workbench.open(home) as bench:
        bench.ensure_demo(athletes=24, years=1.0, end_day=LAST_DAY)
        bench.board(DAY)
    return home


def lines_of(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Section of a brief in JSON -> its lines."""
    return {section["name"]: section["lines"] for section in document["sections"]}


def words_of(line: dict[str, Any]) -> list[str]:
    """Everything that a line says, each on one line."""
    said = [line["lead"], line["text"], *line["notes"], line["reason"], line["minimum"], line["effect"], line["avoid"]]
    return [" ".join(words.split()) for words in said if words]


@pytest.mark.parametrize(
    "who", [pytest.param(FEW, id="some"), pytest.param(slice(None), id="everybody", marks=pytest.mark.slow)]
)
def test_a_figure_is_the_same_on_the_board_the_athlete_page_and_in_json(
    squad: Path, monkeypatch: pytest.MonkeyPatch, who: slice
) -> None:
    from fastapi.testclient import TestClient
    from typer.testing import CliRunner

    from fitintel.api.app import create_app
    from fitintel.board.athlete import AthletePage
    from fitintel.board.squad import SquadBoard
    from fitintel.cli.app import app
    from fitintel.core import settings
    from fitintel.views.coach.address import Address

    monkeypatch.setenv("FITINTEL_HOME", str(squad))
    with Workbench.open(squad, surface="coach") as bench:
        board = SquadBoard(bench, Address(day=DAY))
        rows = dict(re.findall(r'<li class="fi-row[^>]*data-athlete="([^"]+)">(.*?)\n</li>', board.painted(), re.S))
        names = [row.athlete_id for row in board.view().rows]
        assert list(rows) == names
        pages = {name: plain(AthletePage(bench, Address(athlete=name, day=DAY)).painted()) for name in names[who]}
    made = create_app(settings.read({}, home=squad))
    with TestClient(made, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        asked = {name: client.get(f"/api/v1/athletes/{name}/briefs/{DAY}").json() for name in pages}
    for name, page in pages.items():
        printed = CliRunner().invoke(app, ["brief", "--athlete", name, "--day", DAY, "--no-notebook", "--json"])
        assert printed.exit_code == 0, printed.output
        told = lines_of(json.loads(printed.stdout))
        assert lines_of(asked[name]) == told, name
        found = {line["code"]: line for section in told.values() for line in section}
        row = plain(rows[name])
        # every sentence of the athlete's page is one of the brief, with the same figures
        for section in SHOWN:
            for line in told[section]:
                for words in words_of(line):
                    # what is typed at a terminal is said on a page as what is done there
                    assert words in page or "fitintel " in words, (name, line["code"])
                for figure in line["figures"]:
                    assert f"{figure['value']} {figure['unit']}".strip() in page, (name, line["code"])
        # the row's figures are those of the brief's lines
        state = found.get("load_state")
        if state is not None:
            assert ", ".join(figure["value"] for figure in state["figures"][:3]) in row, name
        for code, cell in (("load_week", "load"), ("week_plan", "plan"), ("readiness_verdict", "readiness")):
            shown = re.search(rf'data-cell="{cell}"><dt>[^<]*</dt><dd>(.*?)(?:<small>|<svg|</dd>)', rows[name], re.S)
            assert shown is not None
            if code in found:
                figures = re.findall(r"[\d:.,]+", plain(shown[1]))
                said = " ".join(words_of(found[code]))
                assert all(figure in said for figure in figures), (name, code, figures, said)
                assert plain(shown[1]).lstrip("✓→↘ ").split(" ")[0].casefold() in said.casefold() or figures
        assert len(re.findall(r"<svg[^>]*fi-spark", rows[name])) <= 1


@pytest.mark.parametrize(
    "who", [pytest.param(slice(0, 1), id="one"), pytest.param(slice(None), id="everybody", marks=pytest.mark.slow)]
)
def test_the_app_says_what_json_says(squad: Path, monkeypatch: pytest.MonkeyPatch, who: slice) -> None:
    streamlit = pytest.importorskip("streamlit", reason="streamlit is not installed (pip install 'fitintel[app]')")
    from tests.app.conftest import ROOT, shown, sound, testing

    monkeypatch.setenv("FITINTEL_HOME", str(squad))
    streamlit.cache_resource.clear()
    with Workbench.open(squad) as bench:
        told = {one.id: lines_of(view_of(bench.open_brief(one.id, DAY)).as_dict()) for one in bench.athletes()[who]}
    for name, sections in told.items():
        run = testing.AppTest.from_file(str(ROOT / "streamlit_app" / "app.py"), default_timeout=120)
        run.session_state["athlete"] = name
        run.query_params["day"] = DAY
        run.run()
        sound(run)
        said = " ".join(shown(run).split())
        for section in ("readiness", "focus", "alerts", "recommendations"):
            for line in sections[section]:
                assert " ".join(line["text"].split()) in said, (name, line["code"])
                for figure in line["figures"]:
                    assert figure["value"] in said, (name, line["code"])
    streamlit.cache_resource.clear()


@pytest.mark.slow
def test_the_notebook_of_everybody_says_what_json_says(squad: Path, tmp_path: Path) -> None:
    with Workbench.open(squad) as bench:
        for athlete in bench.athletes():
            published = bench.publish(athlete.id, DAY, out=tmp_path / athlete.id)
            page = plain(published.html.read_text("utf-8"))
            for lines in lines_of(view_of(published.opened).as_dict()).values():
                for line in lines:
                    for words in words_of(line):
                        assert words in page, (athlete.id, line["code"])
                    for figure in line["figures"]:
                        assert figure["value"] in page, (athlete.id, line["code"])
