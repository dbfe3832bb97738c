"""What a coach has no consent for is in no answer of any surface, and comes back with the consent."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fitintel.api.app import create_app
from fitintel.core import settings as settings_
from fitintel.core.answers import key_of
from fitintel.core.errors import NotFound
from fitintel.core.events import Topic
from fitintel.core.records import OpenBrief
from fitintel.core.settings import Settings
from fitintel.views.opened import view_of
from fitintel.workbench.categories import BODY, of_key, of_run
from fitintel.workbench.demo import make_demo
from fitintel.workbench.door import Workbench
from fitintel.workbench.explained_again import cell
from fitintel.workbench.happening import event, may_know, since
from fitintel.workbench.sessions import Gate
from tests.api.people import V1

ANNA = "demo-01"
ALL = ("profile", "training", "heart", "sleep", "feeling", "body", "illness", "plan", "brief")
SOME = ("profile", "training", "plan", "brief")
LAST = 20_000
LONG = re.compile(r"\d+\.\d{6,}")
"""a figure that nothing else has by chance"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_.read({}, home=tmp_path_factory.mktemp("withheld") / "home")
    with Workbench(settings) as bench:
        make_demo(bench.vault, bench.blobs, seed=5, end_day=LAST, athletes=1, years=1.0)
        bench.add_squad("red")
        bench.add_account("carl", ["coach"])
        bench.add_account("anna", ["athlete"], athlete_id=ANNA)
        bench.invite("red", ANNA, accepted=True)
        bench.invite("red", "carl", "coach", accepted=True)
        bench.give_consent(ALL, athlete_id=ANNA)
        bench.brief(ANNA, LAST - 1)
        bench.brief(ANNA, LAST)
    return settings


@pytest.fixture
def settings(kept: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(kept.home, tmp_path / "home")
    return settings_.read({}, home=tmp_path / "home")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as made:
        yield made


QUERY = (
    f'{{ athlete(id: "{ANNA}") {{ alerts(openOnly: false) {{ record }} brief(day: "2024-10-04") {{ id sections {{'
    " name lines { text values reason runId run { id record } } } } } }"
)


def bench_of(settings: Settings, name: str) -> Workbench:
    with Workbench(settings) as owner:
        gate = Gate(settings, owner.vault)
        actor = gate.actor(gate.let_in(owner.vault.account(name), strong=True).access)
    return Workbench(settings, actor, surface="rest")


def header(settings: Settings, name: str) -> dict[str, str]:
    with Workbench(settings) as owner:
        token = Gate(settings, owner.vault).let_in(owner.vault.account(name), strong=True).access
    return {"authorization": f"Bearer {token}"}


def withdraw(settings: Settings, *categories: str) -> None:
    with Workbench(settings) as owner:
        owner.withdraw_consent(categories, athlete_id=ANNA)


def give(settings: Settings, *categories: str) -> None:
    with Workbench(settings) as owner:
        owner.give_consent(categories, athlete_id=ANNA)


def figures(value: Any) -> set[str]:
    return set(
        LONG.findall(json.dumps(value, default=lambda one: one.tolist() if hasattr(one, "tolist") else str(one)))
    )


def secrets(settings: Settings) -> set[str]:
    """Figures and sentences of the body in the briefs and runs that are stored; none of them is in any other line."""
    with Workbench(settings) as owner:
        opened = owner.open_brief(ANNA, LAST)
        brief = opened.brief
        of_body = {one.code for one in brief.insights if of_key(key_of(one)) & BODY}
        found = {figure for one in brief.insights if of_key(key_of(one)) & BODY for figure in figures(dict(one.values))}
        lines = [line for section in view_of(opened, None).sections for line in section.lines]
        found |= {
            line.text
            for line in lines
            if line.code.startswith(("readiness_", "focus_readiness", "alert_wellness")) and line.subject != "load"
        }
        for run in opened.runs.values():
            if of_run(run) & BODY:
                found |= figures(owner.value(run.output))
        open_ = {figure for one in brief.insights if one.code not in of_body for figure in figures(dict(one.values))}
        for run in opened.runs.values():
            if not of_run(run) & BODY:
                open_ |= figures([owner.value(run.output), *(owner.value(given) for given in run.inputs.values())])
    return found - open_


def surfaces(settings: Settings, client: TestClient, name: str) -> dict[str, str]:
    """Everything that speaks of briefs, as text, by where it was said."""
    mine, said = header(settings, name), {}

    def ask(path: str, **more: Any) -> None:
        answer = client.get(f"{V1}{path}", headers=mine, **more)
        said[path] = f"{answer.status_code} {answer.headers} {answer.text}"

    for path in (f"/athletes/{ANNA}/briefs/2024-10-04", f"/athletes/{ANNA}/insights", f"/athletes/{ANNA}/alerts",
                 f"/athletes/{ANNA}/answers", f"/athletes/{ANNA}/feedback", "/squad/2024-10-04"):  # fmt: skip
        ask(path)
    with bench_of(settings, name) as bench:
        opened = bench.open_brief(ANNA, LAST)
        for number, _one in enumerate(opened.brief.insights, 1):
            said[f"line {number}"] = str(bench.explain(f"{opened.brief.id}/{number}"))
        for place, run_id in enumerate(opened.brief.run_ids):
            ask(f"/runs/{run_id}{('', '/replay', '/explanation')[place % 3]}")
        said |= {
            "board": str(bench.board(LAST)), "standing": str(bench.open_standing(ANNA, LAST)),
            "told": str(bench.told(ANNA)), "alerts": str(bench.alerts(ANNA, open_only=False)),
            "advised": str(bench.advised(ANNA)), "compared": str(bench.compare(ANNA, LAST, LAST - 1)),
            "stored": str(bench.store.brief(opened.brief.id)) if bench.actor.is_owner else "",
            "review": str(bench.weekly_review(ANNA, LAST)), "squad": str(bench.squad(LAST)),
            "page": view_of(opened, None)._repr_html_(), "text": view_of(opened, None).text(),
            "around": str(bench.around(ANNA, LAST)),
        }  # fmt: skip
    said["graphql"] = client.post("/graphql", json={"query": QUERY}, headers=mine).text
    return said


def leaks(found: dict[str, str], canaries: set[str]) -> dict[str, list[str]]:
    return {where: hits for where, text in found.items() if (hits := [one for one in canaries if one in text][:3])}


def test_a_coach_without_consent_to_the_body_reads_nothing_of_it_on_any_surface(
    settings: Settings, client: TestClient
) -> None:
    canaries = secrets(settings)
    assert len(canaries) > 50
    whole = leaks(surfaces(settings, client, "carl"), canaries)
    assert set(whole) >= {f"/athletes/{ANNA}/briefs/2024-10-04", "squad", "told", "page", "text", "compared"}
    withdraw(settings, *BODY)
    said = surfaces(settings, client, "carl")
    assert leaks(said, canaries) == {}
    assert "Withheld: no consent for how they feel, the heart and sleep." in said["text"]
    assert "no consent for" in said["page"]
    assert "no consent for" in said[f"/athletes/{ANNA}/briefs/2024-10-04"]
    give(settings, *BODY)
    assert set(leaks(surfaces(settings, client, "carl"), canaries)) == set(whole)


def test_the_athletes_own_answers_are_the_same_bytes_whatever_others_may_read(
    settings: Settings, client: TestClient
) -> None:
    mine, path = header(settings, "anna"), f"{V1}/athletes/{ANNA}/briefs/2024-10-04"
    before = client.get(path, headers=mine)
    withdraw(settings, *BODY)
    carls = client.get(path, headers=header(settings, "carl"))
    after = client.get(path, headers=mine)
    assert (before.status_code, before.content) == (200, after.content)
    assert before.headers["etag"] == after.headers["etag"] != carls.headers["etag"]
    with bench_of(settings, "anna") as anna, Workbench(settings) as owner:
        assert anna.open_brief(ANNA, LAST).brief.insights == owner.open_brief(ANNA, LAST).brief.insights
        assert anna.told(ANNA) == owner.told(ANNA)


def test_a_brief_that_a_coach_makes_is_the_athletes_whole_brief(settings: Settings) -> None:
    withdraw(settings, *BODY, "plan")
    with bench_of(settings, "carl") as carl:
        seen: OpenBrief = carl.open_brief(ANNA, LAST - 8)
    with Workbench(settings) as owner:
        stored = owner.vault.brief(seen.brief.id)
        assert stored.insights == owner.open_brief(ANNA, LAST - 8).brief.insights
    assert {one.code for one in seen.brief.insights} & {"readiness_verdict", "readiness_sleep"} == set()
    assert {one.code for one in stored.insights} & {"readiness_verdict", "readiness_sleep"}


def test_one_category_withheld_leaves_the_lines_of_the_others(settings: Settings) -> None:
    withdraw(settings, "sleep")
    with bench_of(settings, "carl") as carl:
        codes = {one.code for one in carl.brief(ANNA, LAST).insights}
        opened = carl.open_brief(ANNA, LAST)
    assert "readiness_hrv" in codes
    assert "readiness_sleep" not in codes
    assert "readiness_verdict" not in codes
    shut = [run for run in opened.runs.values() if of_run(run) & {"sleep"}]
    assert shut
    assert all((run.inputs, run.parameters, run.output) == ({}, {}, "") for run in shut)
    with bench_of(settings, "carl") as carl:
        for run in shut:
            with pytest.raises(NotFound):
                carl.run(run.id)
        number = next(n for n, one in enumerate(opened.brief.insights, 1) if one.code == "readiness_hrv")
        found = carl.explain(f"{opened.brief.id}/{number}")
        assert found.withheld
        assert "sleep" in found.withheld
        assert {step.run.algorithm for step in found.steps} >= {"hrv_rolling"}
        assert "wellness_nights" not in str({step.run.algorithm for step in found.steps})
        assert cell(found)


def test_who_may_not_read_plans_or_illness_finds_neither_around_a_brief(settings: Settings) -> None:
    with bench_of(settings, "carl") as carl:
        before = carl.around(ANNA, LAST - 60)
    withdraw(settings, "plan", "illness")
    with bench_of(settings, "carl") as carl:
        after = carl.around(ANNA, LAST - 60)
        lines = carl.brief(ANNA, LAST).insights
    assert any(day["planned"] for day in before)
    assert not any(day["planned"] or day["excused"] for day in after)
    assert not {one.code for one in lines} & {"today_plan", "today_no_plan", "yesterday_plan", "week_plan"}


def test_without_consent_to_training_a_brief_says_only_that(settings: Settings) -> None:
    withdraw(settings, "training")
    with bench_of(settings, "carl") as carl:
        opened = carl.open_brief(ANNA, LAST)
        shown = view_of(opened, None).text()
        (row,) = carl.board(LAST).standings
    assert {one.code for one in opened.brief.insights if one.section.value != "readiness"} == {"withheld"}
    assert opened.brief.charts == {}
    assert not re.search(r"\d km", shown)
    assert (row.score, row.reasons, row.weeks, row.sport) == (0, (), (), "")


def test_an_alert_of_the_body_is_no_event_for_who_may_not_know_of_it(settings: Settings) -> None:
    with Workbench(settings) as owner:
        start = owner.vault.newest_event()
        owner.vault.put_events([event(Topic.ALERTS, "opened", ANNA, key=key, code=key.partition(":")[0], day=LAST)
                                for key in ("alert_wellness:sleep:19999", "alert_gap:19990")])  # fmt: skip
    withdraw(settings, "sleep")
    with bench_of(settings, "carl") as carl, bench_of(settings, "anna") as anna:
        known = [one.detail["code"] for one in since(carl, ANNA, start)]
        assert known == ["alert_gap"]
        assert [one.detail["code"] for one in since(anna, ANNA, start)] == ["alert_wellness", "alert_gap"]
        assert [may_know(carl, one) for one in anna.vault.events(start)] == [False, True]


def test_an_answer_to_what_is_withheld_is_neither_read_nor_given(settings: Settings) -> None:
    with Workbench(settings) as owner:
        key = next(one.key for one in owner.told(ANNA) if one.code == "readiness_sleep")
        owner.answer(key, "helpful", "I slept in a tent", athlete_id=ANNA)
        owner.comment("About last night", key=key, athlete_id=ANNA)
    withdraw(settings, "sleep")
    with bench_of(settings, "carl") as carl:
        assert "tent" not in str(carl.answers(ANNA))
        assert [(one.text, one.key) for one in carl.comments(ANNA)] == [("About last night", "")]
        with pytest.raises(NotFound):
            carl.answer(key, "unhelpful", athlete_id=ANNA)
