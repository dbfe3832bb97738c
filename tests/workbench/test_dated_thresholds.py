"""A threshold holds from its date; a correction makes a new brief, and the old one stays readable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from fitintel import Brief, Workbench
from fitintel.core.records import Section
from fitintel.core.stated import Threshold

DAY = "2025-09-30"
FIRST = datetime(2025, 10, 1, tzinfo=UTC)


def stated(kind: str, value: float, at: datetime = FIRST) -> Threshold:
    return Threshold(f"t-{kind}-{value:g}", "me", kind, value, valid_from=20000, entered_at=at)


def ctl(brief: Brief) -> float:
    return next(one.values["ctl"] for one in brief.of(Section.LOAD) if one.code == "load_state")


def state(brief: Brief) -> dict[str, object]:
    return dict(next(one.values for one in brief.of(Section.LOAD) if one.code == "load_state"))


def with_heart_rates(bench: Workbench) -> None:
    for day in range(1, 31):
        bench.add(date=f"2025-09-{day:02}", sport="running", duration="60min", distance="10km", hr_mean=150)


def test_heart_rate_counts_from_the_day_its_thresholds_are_known(tmp_path: Path) -> None:
    with Workbench.open(tmp_path) as bench:
        with_heart_rates(bench)
        before = bench.brief("me", DAY)
        assert (state(before)["method"], state(before)["scale"]) == ("MET minutes", "own")
        bench.store.state([stated("hr_rest", 50), stated("hr_max", 190), stated("heart_rate", 170)])
        after = bench.brief("me", DAY)
        assert (state(after)["method"], state(after)["scale"]) == ("heart rate", "stress")
        assert state(after)["mix"] == {"heart rate": 1.0}


def test_a_correction_makes_a_new_brief_and_the_old_one_stays_readable(tmp_path: Path) -> None:
    with Workbench.open(tmp_path) as bench:
        with_heart_rates(bench)
        bench.store.state([stated("hr_rest", 50), stated("hr_max", 190), stated("heart_rate", 170)])
        first = bench.brief("me", DAY)
        bench.store.state([stated("heart_rate", 160, FIRST + timedelta(days=3))])
        corrected = bench.brief("me", DAY)
        assert corrected.id != first.id
        assert ctl(corrected) > ctl(first)  # the same heart rate is a larger share of a lower threshold
        assert ctl(bench.store.brief(first.id)) == ctl(first)
        assert bench.brief("me", DAY, known_on=FIRST + timedelta(days=1)).id == first.id
        for run_id in first.run_ids:
            bench.replay(run_id)
