"""Two people reading one brief, on the page, in the notebook or in JSON, read the same figures and words."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

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
