"""Generated files are what the code says, and links in the documentation lead somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.fixture(scope="module")
def generated():
    from fitintel.cli.generate import generated

    return generated()


def test_generated_files_are_up_to_date(generated):
    stale = [
        name for name, text in generated.items() if not (ROOT / name).is_file() or (ROOT / name).read_text() != text
    ]
    assert not stale, "run: make generate"


def test_generating_twice_gives_the_same(generated):
    from fitintel.cli.generate import generated as again

    assert again() == generated


def test_no_page_of_an_algorithm_that_is_gone_is_left(generated):
    assert {str(path.relative_to(ROOT)) for path in ROOT.glob("docs/algorithms/*.md")} <= set(generated)


def test_a_stale_file_is_named_and_fails_the_check_and_writing_mends_it(generated, tmp_path, monkeypatch, capsys):
    from fitintel.cli import generate

    monkeypatch.setattr(generate, "ROOT", tmp_path)
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    (tmp_path / "docs/rules.md").write_text("something else")
    (tmp_path / "docs/algorithms/gone.md").write_text("an algorithm that was removed")
    capsys.readouterr()
    assert generate.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 2
    assert "docs/rules.md" in said
    assert "docs/algorithms/gone.md" in said
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0


def test_every_algorithm_has_a_page_that_says_all_of_its_card(generated):
    cards = json.loads(generated["registry/cards.json"])
    assert cards
    for name, card in cards.items():
        page = generated[f"docs/algorithms/{name}.md"]
        assert f"({name}.md)" in generated["docs/algorithms/index.md"]
        for word in (card["version"], card["source"], *card["inputs"], *card["parameters"], card["output"][1]):
            assert word in page, name
        assert all(limit[1:].rstrip(".") in page for limit in card["limits"])


def test_the_page_of_an_algorithm_says_what_each_version_changed_and_how_it_is_judged(generated):
    from fitintel.intelligence.registry import get, ids, versions

    assert any(len(versions(name)) > 1 for name in ids())
    for name in ids():
        page = generated[f"docs/algorithms/{name}.md"]
        assert "A challenger is judged by " in page
        assert f"fitintel algorithms show {name}\n" in page
        for version in versions(name):
            assert f"| {version} | {get(name, version).card.changed or 'the first'} |" in page


def test_figures_of_the_committed_evaluation_stand_on_the_page_of_what_was_measured():
    from fitintel.intelligence.registry import get
    from fitintel.views.reference import MEASURED, algorithm_page

    figure = {"of": "squad", "area": "changes of habit", "name": "dated to the week", "group": "all", "value": 0.5,
              "low": 0.4, "high": 0.6, "n": 40, "unit_n": "cases", "unit": "share", "holds": True,
              "target": {"least": 0.3, "most": None}}  # fmt: skip
    evaluation = {"id": "ev-1", "figures": [figure, figure | {"area": "alerts", "name": "false alerts"}]}
    card = get("change_points").card
    page = algorithm_page(card, "Lasting changes.\n\nWeeks.", evaluation=evaluation)
    assert "| dated to the week | all | 50.0 % | 40.0 % to 60.0 % | 40 cases | at least 30.0 % | holds |" in page
    assert "evaluation ev-1" in page
    assert "false alerts" not in page
    assert all(get(name).card.id == name for name in MEASURED)


def test_every_rule_and_every_command_is_documented(generated):
    from fitintel.core.rules import RULES

    assert all(f"`{name}`" in generated["docs/rules.md"] for name in RULES)
    for command in ("import", "add", "brief", "algorithms show", "replay", "quarantine", "demo", "doctor"):
        assert f"## fitintel {command}" in generated["docs/cli.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_project_lead_to_files(page):
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), target
