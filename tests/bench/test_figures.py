"""Figures of the bench, the comparison that CI makes, and the page that is written from them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench import figures, page, short
from bench.figures import EXPONENT, TIMES, Figure, missing, ratio_figure
from bench.measure import exponent, ratio
from bench.parts import PARTS
from bench.plot import growth

FOUND = {"ratio": 12.0, "lowest": 9.0, "highest": 15.0, "ours_s": 0.1, "peer_s": 1.2}


def test_every_part_of_the_list_is_there_and_can_be_imported() -> None:
    assert list(PARTS) == [f"P{number}" for number in range(1, 19)]
    for part in PARTS.values():
        module, _, name = part.place.partition(":")
        text = Path(figures.__file__).with_name(f"{module}.py").read_text()
        assert re.search(rf"^def {name}\(short: bool\)", text, re.MULTILINE), part.place


@pytest.mark.parametrize(("figure", "met"), [
    (Figure("faster", 12.0, 10.0, TIMES), True), (Figure("faster", 9.0, 10.0, TIMES), False),
    (Figure("grows", 1.0, 1.05, EXPONENT), True), (Figure("grows", 1.2, 1.05, EXPONENT), False),
    (Figure("memory", 170.0, 160.0, "MB"), False), (Figure("told", 3.0), None), (missing("away", "no peer", 5), None),
])  # fmt: skip
def test_a_target_is_met_from_its_own_side(figure: Figure, met: bool | None) -> None:
    assert figure.met is met


def test_figures_come_back_from_their_file_equal(tmp_path: Path) -> None:
    made = [ratio_figure("faster", FOUND, 10, "a note"), missing("away", "no peer", 5),
            Figure("grows", 1.0, 1.05, EXPONENT, points=((10, 0.1), (100, 1.0)))]  # fmt: skip
    figures.keep("P1", "a part", made, folder=tmp_path)
    document = figures.kept("P1", folder=tmp_path)
    assert document is not None
    assert document["figures"] == made
    assert figures.kept("P2", folder=tmp_path) is None


def test_twice_as_slow_is_a_loss_and_a_little_slower_is_not() -> None:
    assert not short.worse(Figure("faster", 6.1, unit=TIMES), 12.0)
    assert short.worse(Figure("faster", 5.9, unit=TIMES), 12.0)
    assert not short.worse(Figure("starts", 7.0, unit="starts"), 6.0)
    assert short.worse(Figure("starts", 12.1, unit="starts"), 6.0)
    assert not short.worse(Figure("grows", 1.2, unit=EXPONENT), 1.0)
    assert short.worse(Figure("grows", 1.6, unit=EXPONENT), 1.0)
    assert not short.worse(Figure("grows", 1.2, unit=EXPONENT), 0.2), "small sizes grow by fixed costs"


def test_the_check_fails_on_a_loss_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short, "KEPT", tmp_path / "short.json")
    short.keep({"P9": [ratio_figure("faster", FOUND)]})
    assert json.loads((tmp_path / "short.json").read_text()) == {"P9": {"faster": 12.0}}
    assert short.check({"P9": [Figure("faster", 7.0), Figure("new", 1.0), missing("away", "no peer")]}) == 0
    assert short.check({"P9": [Figure("faster", 5.0)]}) == 1


def test_what_was_measured_before_outlives_a_part_that_is_measured_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(short, "KEPT", tmp_path / "short.json")
    short.keep({"P9": [Figure("faster", 2.0)], "P14": [Figure("inserts", 3.0)]})
    short.keep({"P9": [Figure("faster", 4.0)]})
    assert json.loads((tmp_path / "short.json").read_text()) == {"P9": {"faster": 4.0}, "P14": {"inserts": 3.0}}


def test_a_ratio_is_the_median_of_pairs_in_turn() -> None:
    order: list[str] = []
    ours, theirs = iter([9.0, 1.0, 2.0, 1.0]), iter([9.0, 4.0, 4.0, 8.0])

    def own() -> float:
        order.append("ours")
        return next(ours)

    def other() -> float:
        order.append("theirs")
        return next(theirs)

    found = ratio(own, other, 3)
    assert order == ["ours", "theirs"] * 4, "the first pair warms both up"
    assert (found["ratio"], found["lowest"], found["highest"]) == (4.0, 2.0, 8.0)


def test_an_exponent_is_the_slope_on_both_logarithms() -> None:
    assert exponent([10, 100, 1000], [0.1, 1.0, 10.0]) == pytest.approx(1.0)
    assert exponent([10, 100], [1.0, 100.0]) == pytest.approx(2.0)


def test_the_page_is_what_the_results_say(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    page.write(tmp_path)
    docs = Path(page.DOCS)
    assert (tmp_path / "performance.md").read_text() == (docs / "performance.md").read_text(), "python -m bench --page"
    assert (tmp_path / "images" / "growth.svg").read_text() == (docs / "images" / "growth.svg").read_text()


def test_the_plot_has_a_line_and_a_name_for_each_figure() -> None:
    drawn = growth([("P2: <load>", Figure("load", 1.0, points=((10, 0.1), (100, 1.0)))),
                    ("P3: other", Figure("other", 2.0, points=((10, 0.1), (100, 10.0))))])  # fmt: skip
    assert drawn.count("<polyline") == 2
    assert "P2: &lt;load&gt; 1.00" in drawn
    assert growth([]).startswith("<svg")
