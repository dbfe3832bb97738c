"""The page of an algorithm."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fitintel import Workbench
from fitintel.core.errors import UnknownName
from fitintel.core.open_algorithm import OpenAlgorithm
from fitintel.core.performance import Point
from fitintel.core.promotion import Approval, Evaluation, Promotion, Step
from fitintel.intelligence.registry import get
from fitintel.views.algorithm import algorithm_view

AT = datetime(2026, 3, 1, 6, tzinfo=UTC)
ASKED = Promotion(
    "p-1", "weekly_forecast", "2.0.0", "1.0.0", Step.PROMOTE, "ann", AT, "narrower <b>", "e-1", alone=False
)


@pytest.fixture
def opened() -> OpenAlgorithm:
    cards = tuple(get("weekly_forecast", version).card for version in ("1.0.0", "2.0.0"))
    reasons = [{"asks": "it wins", "holds": False, "says": "6 athletes are too few"},
               {"asks": "it has a card", "holds": True, "says": "yes"}]  # fmt: skip
    return OpenAlgorithm(
        card=cards[1], doc="Forecast.\n\n`y = a < b`\n", versions=cards,
        promotions=(ASKED, Promotion("p-2", "weekly_forecast", "2.0.0", "1.0.0", Step.PROMOTE, "ann", AT, "narrower",
                                     "e-1", alone=False, approvals=(Approval("p-2", "ben", AT),))),
        evaluations=(Evaluation("e-1", "weekly_forecast", "1.0.0", "2.0.0", "ann", AT, "d", False,
                                {"reasons": reasons}),),
        points=tuple(Point("weekly_forecast", 20_000 + day, {"coverage": 0.8, "latency_p50": 0.0123})
                     for day in range(9)),
    )  # fmt: skip


def test_it_says_versions_promotions_challengers_and_performance(opened):
    text = algorithm_view(opened).text
    assert "2.0.0    in use" in text
    assert opened.card.changed in text
    assert "waits for approval" in text
    assert "ben" in text
    assert "it wins: 6 athletes are too few" in text
    assert "it has a card" not in text
    assert "The newest of 9 days" in text
    assert "80 %" in text
    assert "12.3 ms" in text
    assert "2024-10-04" not in text  # of nine days the newest seven are shown
    assert text.count("2024-10-1") == 3


def test_the_page_in_html_says_the_same_and_escapes_what_people_wrote(opened):
    view = algorithm_view(opened)
    html = view._repr_html_()
    assert "narrower &lt;b&gt;" in html
    assert "<b>" not in html
    assert "a &lt; b" in html
    for part in view.parts:
        assert part.title in html
        for row in part.rows:
            assert all(cell.split()[0] in html for cell in row if cell and "<" not in cell and "'" not in cell)


def test_without_history_it_says_so_and_what_to_do(tmp_path):
    with Workbench.open(tmp_path) as bench:
        view = algorithm_view(bench.open_algorithm("pmc"))
        with pytest.raises(UnknownName, match="pmc"):
            bench.open_algorithm("pcm")
    assert "came with the release" in view.text
    assert "fitintel evaluate pmc --challenger" in view.text
    assert "No night is measured here yet" in view.text


def test_a_promoted_version_is_the_one_that_is_shown(tmp_path):
    with Workbench.open(tmp_path) as bench:
        bench.store.put_promotion(
            Promotion("p-1", "pmc", "1.0.0", "1.1.0", Step.PROMOTE, "ann", AT, "simpler", None, alone=True)
        )
        found = bench.open_algorithm("pmc")
    assert found.card.version == "1.0.0"
    assert "1.1.0 -> 1.0.0" in algorithm_view(found).text
