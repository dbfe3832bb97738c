"""A version is promoted, rolled back and promoted again; what it changes is listed; shadow runs stay in the shadow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.access.actor import Actor, Role
from fitintel.core.errors import NotAllowed, NotFound, UsageError
from fitintel.core.records import Brief, Insight
from fitintel.storage import encode
from fitintel.workbench.door import Workbench
from tests.workbench.planted_versions import BETTER, FAILING, NAIVE, WORSE, planted  # noqa: F401
from tests.workbench.test_challenge import FIRST, history

LAST = FIRST + 7 * 60 - 1
ATHLETES = 22
ANN, BEN = (Actor(name, frozenset({Role.OWNER})) for name in ("ann", "ben"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with 22 athletes whose weeks repeat in fours."""
    from datetime import date

    folder = tmp_path_factory.mktemp("promotion")
    with Workbench.open(folder / "home") as bench:
        from fitintel.core.records import Athlete

        for number in range(ATHLETES):
            athlete = f"a{number:02}"
            bench.store.put_athlete(Athlete(athlete, athlete))
            lines = ["date,sport,duration (min),distance (km)"]
            for row in history(number).rows():
                on = date.fromordinal(date(1970, 1, 1).toordinal() + row["day"])
                lines.append(f"{on},run,{row['duration'] / 60},{row['distance'] / 1000:.4f}")
            file = folder / f"{athlete}.csv"
            file.write_text("\n".join(lines))
            bench.import_files([file], athlete_id=athlete)
    return folder / "home"


@pytest.fixture
def bench(filled: Path, tmp_path: Path, planted: Path) -> Iterator[Workbench]:  # noqa: F811
    import shutil

    shutil.copytree(filled, tmp_path / "home")
    with Workbench.open(tmp_path / "home") as opened:
        yield opened


def forecast(bench: Workbench, brief: Brief) -> tuple[str, Insight]:
    run = next(run for run in bench.store.runs(brief.run_ids) if run.algorithm == "weekly_forecast")
    return run.version, next(one for one in brief.insights if run.id in one.run_ids)


def test_a_better_challenger_is_promoted_rolled_back_and_promoted_again(bench: Workbench) -> None:
    usual = bench.version_in_use("weekly_forecast")
    first = bench.brief("a00", LAST)
    kept, _ = bench.compare_versions("weekly_forecast", BETTER)
    assert kept.passed, [one for one in kept.document["reasons"] if not one["holds"]]

    made = bench.promote("weekly_forecast", BETTER, why="it knows the cycle")
    assert (made.before, made.evaluation_id, made.alone, made.by) == (usual, kept.id, True, "local-owner")
    assert bench.version_in_use("weekly_forecast") == BETTER
    second = bench.brief("a00", LAST)
    assert forecast(bench, first)[0] == usual
    assert forecast(bench, second)[0] == BETTER
    assert encode.brief_bytes(bench.store.brief(first.id)) == encode.brief_bytes(first)  # both stay readable
    for brief in (first, second):
        run = next(run for run in bench.store.runs(brief.run_ids) if run.algorithm == "weekly_forecast")
        bench.replay(run.id)

    assert bench.roll_back("weekly_forecast", why="to see").version == usual
    assert bench.brief("a00", LAST).id == first.id
    bench.promote("weekly_forecast", BETTER)
    assert bench.version_in_use("weekly_forecast") == BETTER
    assert [one.step.value for one in bench.promotions()] == ["promote", "roll back", "promote"]
    assert forecast(bench, bench.brief("a00", LAST))[0] == BETTER


def test_a_worse_challenger_is_refused_with_the_reasons_and_the_refusal_is_audited(bench: Workbench) -> None:
    bench.compare_versions("weekly_forecast", WORSE)
    with pytest.raises(NotAllowed, match="it wins on interval_score over athletes") as caught:
        bench.promote("weekly_forecast", WORSE)
    assert caught.value.what == f"The gate refuses weekly_forecast {WORSE}"
    assert bench.promotions() == ()
    last = [row.said for row in bench.store.audit_rows() if row.kind == "promotion"][-1]
    assert (last["outcome"], last["detail"]["version"]) == ("refused", WORSE)


def test_nothing_is_promoted_without_an_evaluation_under_todays_policy(bench: Workbench, monkeypatch, tmp_path) -> None:
    from fitintel.workbench import policy

    with pytest.raises(NotFound, match="No evaluation holds"):
        bench.promote("weekly_forecast", BETTER)
    bench.compare_versions("weekly_forecast", BETTER)
    other = tmp_path / "policy.toml"
    other.write_text(policy.PATH.read_text().replace("coverage = 0.05", "coverage = 0.06"))
    monkeypatch.setattr(policy, "PATH", other)
    with pytest.raises(NotFound, match="under today's policy"):
        bench.promote("weekly_forecast", BETTER)


def test_with_accounts_a_promotion_waits_for_somebody_else(bench: Workbench) -> None:
    usual = bench.version_in_use("weekly_forecast")
    bench.compare_versions("weekly_forecast", BETTER)
    ann, ben = (Workbench(bench.settings, actor) for actor in (ANN, BEN))
    with ann, ben:
        asked = ann.promote("weekly_forecast", BETTER)
        assert (asked.alone, asked.since, ann.version_in_use("weekly_forecast")) == (False, None, usual)
        with pytest.raises(NotAllowed, match="may not approve their own"):
            ann.approve_promotion(asked.id)
        assert ben.approve_promotion(asked.id, "groups looked at").since is not None
        with pytest.raises(UsageError, match="holds already"):
            ben.approve_promotion(asked.id)
        assert ann.version_in_use("weekly_forecast") == BETTER
        assert ann.roll_back("weekly_forecast").version == usual


def test_what_has_no_outcome_needs_a_reason_and_what_was_never_promoted_cannot_be_rolled_back(
    bench: Workbench, planted: Path  # noqa: F811
) -> None:  # fmt: skip
    (planted / "tests" / "golden" / "trimp_banister@1.0.0.json").write_text("[]")
    with pytest.raises(NotFound, match="was never promoted"):
        bench.roll_back("pmc")
    kept, _ = bench.compare_versions("trimp_banister", "1.0.0")
    assert (kept.passed, kept.document["metric"]) == (True, "")
    with pytest.raises(UsageError, match="a reason is needed"):
        bench.promote("trimp_banister", "1.0.0")
    assert bench.promote("trimp_banister", "1.0.0", why="as it was").since is not None


def test_figures_of_latest_briefs_that_a_version_changes_are_listed(bench: Workbench) -> None:
    usual = bench.version_in_use("weekly_forecast")
    bench.brief("a00", LAST)
    bench.brief("a01", LAST)
    found = bench.affected_figures("weekly_forecast", usual, WORSE)
    assert {one.athlete_id for one in found} == {"a00", "a01"}
    assert all("forecast" in one.figure for one in found)
    one = next(one for one in found if one.before is not None and one.after is not None)
    assert one.text.endswith(f"since {WORSE}")
    assert bench.affected_figures("weekly_forecast", usual, usual) == []
    assert bench.version_in_use("weekly_forecast") == usual


def test_a_challenger_in_the_shadow_runs_beside_each_brief_and_is_not_shown(bench: Workbench) -> None:
    plain = bench.brief("a00", LAST)
    bench.shadow("weekly_forecast", NAIVE, True)
    bench.shadow("weekly_forecast", FAILING, True)
    assert encode.brief_bytes(bench.brief("a00", LAST)) == encode.brief_bytes(plain)
    bench.brief("a01", LAST)
    bench.brief("a01", LAST)  # the same brief again adds nothing
    report = bench.shadow_report("weekly_forecast")
    mean = next(row for row in report.rows if row.figure == "mean")
    made = [bench.store.brief(brief) for one in ("a00", "a01") for brief, *_ in bench.store.briefs(one)]
    ran = [run for brief in made for run in bench.store.runs(brief.run_ids) if run.algorithm == "weekly_forecast"]
    assert (mean.version, mean.athletes, mean.pairs) == (NAIVE, 2, len(ran))
    assert mean.differing > 0
    assert {one.athlete_id for one in report.failed} == {"a00", "a01"}
    assert {one.error for one in report.failed} == {"KeyError: 'no such sport'"}
    beside = next(one for one in bench.store.shadow_runs() if one.run_id is not None)
    bench.replay(str(beside.run_id))

    bench.shadow("weekly_forecast", NAIVE, False)
    bench.shadow("weekly_forecast", FAILING, False)
    bench.brief("a02", LAST)
    assert bench.shadow_report().on == ()
    assert {one.athlete_id for one in bench.store.shadow_runs()} == {"a00", "a01"}


def test_the_fairness_report_is_written_for_the_month(bench: Workbench) -> None:
    import json

    groups = {f"a{number:02}": {"sex": "female" if number % 2 else "male"} for number in range(ATHLETES)}
    (one,) = bench.fairness(algorithms=["weekly_forecast"], groups=groups, month="2026-03")
    assert {row.by for row in one.rows} >= {"sex", "sport", "device_class", "history_length"}
    document = json.loads((bench.settings.home / "fairness" / "2026-03.json").read_text())
    assert document["reports"] == [one.as_dict()]
    assert (bench.settings.home / "fairness" / "2026-03.txt").read_text().startswith("Fairness of weekly_forecast")
