"""The gate refuses a planted worse challenger, lets a better one pass, and stops a biased one with the group named."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from fitintel.core.errors import UnknownName, UsageError, VersionFailed
from fitintel.core.workouts import Workouts
from fitintel.intelligence import registry
from fitintel.workbench import fairness
from fitintel.workbench import policy as policy_
from fitintel.workbench.challenge import Challenge, challenge, identity
from fitintel.workbench.outcomes import Case, Judged, gain, judge, value
from tests.workbench.planted_versions import BETTER, BIASED, FAILING, NAIVE, OTHER, SILENT, WORSE, planted  # noqa: F401

POLICY = policy_.read()
PATTERN = (1.0, 1.15, 1.3, 0.6)
"""four weeks that repeat: what a forecast of four weeks can know"""
FIRST = 19999 - 19999 % 7 + 4
"""a Monday"""


def history(number: int, weeks: int = 60) -> Workouts:
    """One run a week in a cycle of four, with a little noise; small athletes (even numbers) run under 9 km."""
    rng = np.random.default_rng(number)
    usual = 5000.0 if number % 2 == 0 else 15000.0
    rows = [
        {"id": f"{number}-{week:03}", "day": FIRST + 7 * week + 2, "sport": "running", "duration": 3600.0,
         "distance": usual * PATTERN[week % 4] * float(rng.normal(1, 0.01))}
        for week in range(weeks)
    ]  # fmt: skip
    return Workouts.from_rows(rows)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [Case(f"a{number:02}", history(number), groups={"sex": "female" if number % 2 == 0 else "male"})
            for number in range(44)]  # fmt: skip


def decide(cases: list[Case], version: str) -> Challenge:
    return challenge(cases, "weekly_forecast", NAIVE, version, POLICY, of="test")


def failed(one: Challenge) -> list[str]:
    return [reason.asks for reason in one.reasons if not reason.holds]


@pytest.mark.usefixtures("planted")
def test_a_worse_challenger_is_refused_on_the_stated_metric(cases: list[Case]) -> None:
    one = decide(cases, WORSE)
    assert not one.passed
    assert "it wins on interval_score over athletes" in failed(one)
    assert one.gain is not None
    assert one.gain.high is not None
    assert one.gain.high < 0


@pytest.mark.usefixtures("planted")
def test_a_better_challenger_passes_with_every_reason_told(cases: list[Case]) -> None:
    one = decide(cases, BETTER)
    assert one.passed, failed(one)
    assert [reason.asks for reason in one.reasons] == [
        "it has a card", "its outputs are pinned", "it has an example that runs",
        "briefs can be made with it, and lose no figure",
        "it wins on interval_score over athletes", "it answers as often", "its intervals hold as often as they say",
        "it loses in no monitored group",
        "it has a bias report without a new alert",
    ]  # fmt: skip
    assert one.gain is not None
    assert one.gain.low is not None
    assert one.gain.low > 0.3


@pytest.mark.usefixtures("planted")
def test_a_biased_challenger_is_stopped_with_the_group_named(cases: list[Case]) -> None:
    one = decide(cases, BIASED)
    assert not one.passed
    assert "it does not lose for sex female" in failed(one)
    assert any("bias report" in asks and "female" in asks for asks in failed(one))
    assert not any("male" in asks.replace("female", "") for asks in failed(one))


@pytest.mark.usefixtures("planted")
def test_a_challenger_that_answers_less_often_is_refused(cases: list[Case]) -> None:
    one = decide(cases, SILENT)
    assert "it answers as often" in failed(one)
    assert "it wins on interval_score over athletes" not in failed(one)


@pytest.mark.usefixtures("planted")
def test_a_challenger_whose_answer_a_brief_cannot_tell_is_refused(cases: list[Case]) -> None:
    one = decide(cases, OTHER)
    assert failed(one) == ["briefs can be made with it, and lose no figure"]
    assert any("KeyError: 'nominal'" in reason.says for reason in one.reasons)


def test_a_challenger_that_leaves_figures_of_a_brief_out_is_refused(cases: list[Case], monkeypatch) -> None:
    from fitintel.intelligence import brief

    real = brief.compose

    def without(*given, champions, **more):
        made = real(*given, champions=champions, **more)
        if champions == {"pmc": "1.0.0"}:
            for one in made.brief.insights:
                if one.code == "load_state":
                    one.values["ctl"] = None
        return made

    monkeypatch.setattr("fitintel.workbench.challenge.compose", without)
    one = challenge(cases[:1], "pmc", "1.1.0", "1.0.0", POLICY, of="test")
    assert failed(one) == ["briefs can be made with it, and lose no figure"]
    assert any("lacks 1: load_state ctl" in reason.says for reason in one.reasons)


@pytest.mark.usefixtures("planted")
def test_intervals_that_promise_too_much_are_refused(cases: list[Case], monkeypatch) -> None:
    from fitintel.workbench.challenge import _holds
    from fitintel.workbench.outcomes import Pair

    contest = POLICY.contest(registry.get("weekly_forecast").card)

    def holds(old: float, new: float) -> bool:
        pairs = [Pair("a", {}, Judged(10, (), coverage=old), Judged(10, (), coverage=new))]
        return _holds(pairs, contest)[0].holds

    assert holds(0.8, 0.78)
    assert not holds(0.8, 0.76)
    assert holds(0.7, 0.72)
    assert not holds(0.8, 0.9)


@pytest.mark.usefixtures("planted")
def test_a_challenger_that_fails_says_on_whose_history(cases: list[Case]) -> None:
    with pytest.raises(VersionFailed, match=r"weekly_forecast .*9\.4\.0 cannot be run on the history of a00"):
        decide(cases[:1], FAILING)


def test_without_pinned_outputs_nothing_passes(cases: list[Case], planted) -> None:  # noqa: F811
    (planted / "tests" / "golden" / f"weekly_forecast@{BETTER}.json").unlink()
    assert failed(decide(cases, BETTER)) == ["its outputs are pinned"]


@pytest.mark.usefixtures("planted")
def test_few_athletes_decide_nothing(cases: list[Case]) -> None:
    one = decide(cases[:10], BETTER)
    assert "it wins on interval_score over athletes" in failed(one)
    assert "it loses in no monitored group" in failed(one)


@pytest.mark.usefixtures("planted")
def test_equal_histories_give_the_equal_evaluation_and_its_text_is_json(cases: list[Case]) -> None:
    one, again = decide(cases[:24], BETTER), decide(cases[:24], BETTER)
    assert identity(one) == identity(again)
    assert json.loads(json.dumps(one.as_dict(), allow_nan=False))["passed"] is one.passed


def test_a_forecast_sees_only_the_past_of_its_origin(cases: list[Case], planted, monkeypatch) -> None:  # noqa: F811
    seen: list[int] = []
    real = registry.get("weekly_forecast", BETTER).function

    def spy(week, values, **given):
        seen.append(len(values))
        return real(week, values, **given)

    def found(name, version=None):
        return spy if version == BETTER else registry.get(name, version)

    monkeypatch.setattr("fitintel.workbench.outcomes_forecast.get", found)
    pair = judge(cases[1], "weekly_forecast", (NAIVE, BETTER), POLICY.contest(registry.get("weekly_forecast").card))
    assert pair is not None
    assert seen == sorted(set(seen))
    assert min(seen) >= 30
    assert max(seen) < 60
    assert 0 < pair.challenger.error < pair.champion.error


def test_what_is_defined_by_its_formula_is_said_to_be_incomparable() -> None:
    one = challenge([], "pmc", "1.1.0", "1.0.0", POLICY, of="test")
    (said,) = [reason.says for reason in one.reasons if reason.asks == "nothing says which is right"]
    assert said.startswith("not comparable by outcome: a load is defined by its formula")
    assert one.gain is None


def test_the_version_in_use_is_no_challenger() -> None:
    with pytest.raises(UsageError, match="in use already"):
        challenge([], "pmc", "1.1.0", "1.1.0", POLICY, of="test")


def test_macro_f1_is_the_mean_over_classes_that_occur() -> None:
    # two classes: one right twice and once taken for the other; a third class that nobody did
    assert value("macro_f1", np.array([2.0, 1, 0, 0, 1, 0, 1, 0, 0])) == pytest.approx((4 / 5 + 2 / 3) / 2)


def test_no_athlete_outweighs_the_others_by_the_size_of_their_errors() -> None:
    def pair(name: str, old: float, new: float):
        from fitintel.workbench.outcomes import Pair

        return Pair(name, {}, Judged(1, (old, 1.0)), Judged(1, (new, 1.0)))

    found = gain("mase", [pair("a", 100.0, 200.0), pair("b", 1.0, 0.5), pair("c", 1.0, 0.5)], POLICY.interval)
    assert found.gain == pytest.approx(1 - 0.5 ** (1 / 3))


def outcomes(errors: dict[str, tuple[float, int]], seed: int = 3) -> list[fairness.Outcome]:
    rng = np.random.default_rng(seed)
    return [(f"{name}{n}", {"sex": name}, Judged(50, (), error=mean * float(rng.normal(1, 0.1)), abstain=0.0))
            for name, (mean, count) in errors.items() for n in range(count)]  # fmt: skip


def test_a_gap_beyond_tolerance_raises_an_alert_with_the_group_named() -> None:
    one = fairness.report("x", "1.0.0", outcomes({"female": (1.6, 30), "male": (1.0, 30)}), POLICY, of="test")
    (gap,) = one.alarms
    assert (gap.by, gap.worst, gap.figure) == ("sex", "female", "error")
    assert gap.low > POLICY.tolerance.error_ratio
    assert "ALERT error of sex female" in one.text


def test_a_gap_within_tolerance_raises_none() -> None:
    one = fairness.report("x", "1.0.0", outcomes({"female": (1.1, 60), "male": (1.0, 60)}), POLICY, of="test")
    assert one.gaps
    assert not one.alarms


def test_a_small_group_is_not_judged_and_very_few_people_are_not_told() -> None:
    one = fairness.report("x", "1.0.0", outcomes({"female": (3.0, 12), "male": (1.0, 40), "other": (9.0, 3)}), POLICY,
                          of="test")  # fmt: skip
    assert not one.gaps
    told = {row.group: row.value for row in one.rows if row.figure == "error"}
    assert told["other"] is None
    assert told["female"] is not None
    assert one.too_small == ("sex female (12 athletes)", "sex other (3 athletes)")
    assert "9." not in one.text


def test_the_policy_of_the_project_is_valid_and_covers_every_family() -> None:
    assert {POLICY.contest(found.card).outcome for found in registry.catalogue().values()} == {
        "forecast", "classification", "planted_faults", "planted_changes", "none"}  # fmt: skip


def test_what_is_wrong_in_a_policy_is_named() -> None:
    import tomllib

    given = tomllib.loads(policy_.PATH.read_text())
    with pytest.raises(UnknownName, match="metric of forecast"):
        policy_.parse({**given, "family": {**given["family"], "forecast": {"outcome": "forecast", "metric": "f1"}}})
    with pytest.raises(UnknownName, match="entry of tolerance"):
        policy_.parse({**given, "tolerance": {**given["tolerance"], "errors": 1.0}})
    with pytest.raises(UsageError, match="does not say alert_ratio"):
        policy_.parse({**given, "tolerance": {"error_ratio": 1.0, "coverage": 0.1, "abstain": 0.1}})
    with pytest.raises(UsageError, match="should be of type int"):
        policy_.parse({**given, "interval": {**given["interval"], "draws": "many"}})
    with pytest.raises(UsageError, match="why nothing can be compared"):
        policy_.parse({**given, "family": {**given["family"], "load": {"outcome": "none"}}})
    changed = policy_.parse({**given, "tolerance": {**given["tolerance"], "coverage": 0.06}})
    assert changed.digest != POLICY.digest
    assert replace(changed, digest=POLICY.digest) != POLICY
