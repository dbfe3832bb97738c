"""Kept answers: the same bytes again, noted each time, and gone with the first change of what they were made from."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from fitintel.api.app import create_app
from fitintel.core import settings
from fitintel.core.answers import Told
from fitintel.core.people import Status
from fitintel.core.records import Athlete
from fitintel.workbench.door import Workbench
from fitintel.workbench.facts import Known
from tests.access.world import World, found_in
from tests.api.people import V1, server, shown


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    with server(world) as made:
        yield made


def path_of(world: World, athlete: str = "red1") -> str:
    return f"{V1}/athletes/{athlete}/briefs/{world.objects[athlete]['day']}"


def reads(world: World, athlete: str = "red1") -> int:
    with Workbench(world.settings) as bench:
        return sum(row.said["what"] == "open_brief" for row in bench.vault.audit_rows(subject=athlete))


def noted(world: World, athlete: str) -> list[str]:
    with Workbench(world.settings) as bench:
        return [row.said["what"] for row in bench.vault.audit_rows(subject=athlete)]


def composing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Athletes whose briefs were made, rather than given out again."""
    from fitintel.workbench import briefs

    made: list[str] = []
    kept = briefs.composed

    def counted(bench: Workbench, athlete: object, *rest: object) -> object:
        made.append(athlete.id)  # type: ignore[attr-defined]
        return kept(bench, athlete, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(briefs, "composed", counted)
    return made


def test_a_kept_brief_is_the_same_bytes_and_each_reader_is_noted(
    world: World, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, mine, before = composing(monkeypatch), shown(world, "coach-red"), reads(world)
    answers = [client.get(path_of(world), headers=mine) for _ in range(3)]
    assert {one.content for one in answers} == {answers[0].content}
    assert {one.headers["etag"] for one in answers} == {answers[0].headers["etag"]}
    assert made == ["red1"]
    assert reads(world) == before + 3
    again = client.get(path_of(world), headers={**mine, "if-none-match": answers[0].headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert reads(world) == before + 4


def test_many_at_once_are_each_noted_and_each_get_their_own(world: World, client: TestClient) -> None:
    people = {"coach-red": "red1", "red1": "red1", "blue1": "blue1"}
    headers = {name: shown(world, name) for name in people}
    asked = [name for _ in range(10) for name in people]
    before = reads(world), reads(world, "blue1")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda name: client.get(path_of(world, people[name]), headers=headers[name]), asked))
    for name, answer in zip(asked, answers, strict=True):
        assert answer.status_code == 200
        assert {athlete for athlete, _ in found_in(answer.text)} <= {people[name]}
    assert (reads(world), reads(world, "blue1")) == (before[0] + 20, before[1] + 10)


def test_what_many_ask_for_at_once_is_made_once(
    world: World, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, mine, before = composing(monkeypatch), shown(world, "red1"), reads(world)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.get(path_of(world), headers=mine), range(8)))
    assert {one.status_code for one in answers} == {200}
    assert len({one.content for one in answers}) == 1
    assert made == ["red1"]
    assert reads(world) == before + 8


def test_the_same_address_gives_each_their_own_answer_whatever_is_warm(world: World, client: TestClient) -> None:
    right = {"coach-red": 200, "red1": 200, "red2": 404, "coach-blue": 404, "coach-former": 404, "boss": 404}
    headers = {name: shown(world, name) for name in right}
    for _ in range(4):
        for name, status in right.items():
            answer = client.get(path_of(world), headers=headers[name])
            assert answer.status_code == status, name
            assert status == 200 or not found_in(answer.text)


def withdrawn(bench: Workbench) -> None:
    bench.withdraw_consent(athlete_id="red1")


def left(bench: Workbench) -> None:
    (one,) = bench.vault.memberships(who="red1")
    bench.remove_member(one.id)


def degraded(bench: Workbench) -> None:
    bench.change_roles("coach-red", ["athlete"])


def disabled(bench: Workbench) -> None:
    bench.vault.put_account(replace(bench.vault.account("coach-red"), status=Status.DISABLED))


def logged_out(bench: Workbench) -> None:
    bench.end_log_ins("coach-red")


def new_password(bench: Workbench) -> None:
    bench.set_password("coach-red", "another long password here")


def erased(bench: Workbench) -> None:
    bench.erase("red1", "red1")


@pytest.mark.parametrize("change", [withdrawn, left, degraded, disabled, logged_out, new_password, erased])
def test_every_change_of_rights_is_felt_by_the_next_request(
    change: Callable[[Workbench], None], world: World, client: TestClient
) -> None:
    mine = shown(world, "coach-red")
    paths = [path_of(world), f"{V1}/athletes/red1/workouts", f"{V1}/athletes/red1"]
    warm = [client.get(path, headers=mine) for path in paths for _ in range(2)]
    assert {one.status_code for one in warm} == {200}
    with Workbench(world.settings) as bench:
        change(bench)
    for path, tag in ((one, warm[0].headers["etag"]) for one in paths):
        for more in ({}, {"if-none-match": tag}):
            answer = client.get(path, headers={**mine, **more})
            # whose messages are read is still known to be here, without a name
            assert answer.status_code in (401, 403, 404) or (change is withdrawn and path == paths[2]), path
            assert not found_in(answer.text)


BOARD = """{ athletes { items { id name workouts(first: 2) { items } alerts { record } } } }"""
TOLD = ("form_low", "form", "form_low", "info", (), (), 0)


def board(client: TestClient, mine: dict[str, str]) -> Any:
    answer = client.post(f"{V1}/graphql", headers=mine, json={"query": BOARD})
    assert answer.status_code == 200
    return answer.json()["data"]["athletes"]["items"]


def made_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Athletes whose alerts were read, rather than given out again."""
    from fitintel.workbench import alerts

    read: list[str] = []
    kept = alerts.alerts

    def counted(store: Any, athlete_id: str, **more: Any) -> Any:
        read.append(athlete_id)
        return kept(store, athlete_id, **more)

    monkeypatch.setattr(alerts, "alerts", counted)
    return read


def test_a_board_is_made_once_and_anew_when_anything_on_it_changes(
    world: World, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, mine = made_anew(monkeypatch), shown(world, "coach-red")
    first = board(client, mine)
    squad = {"red1", "red2"}
    assert {one["id"] for one in first} >= squad
    before = len(read)
    rows = len(noted(world, "red1"))
    assert board(client, mine) == first
    assert len(read) == before
    assert sorted(noted(world, "red1")[rows:]) == ["alerts", "workouts"]
    with Workbench(world.settings) as bench:
        changes = [
            lambda: bench.vault.tell([Told("red1", 20_000, "b-new", *TOLD)]),
            lambda: bench.vault.put_athlete(replace(bench.vault.athlete("red1"), name="Another")),
            lambda: bench.add_wellness(athlete_id="red2", date=world.objects["red2"]["day"], mood="1"),
            lambda: bench.withdraw_consent(athlete_id="red2"),
        ]
        for change in changes:
            before = len(read)
            change()
            changed = board(client, mine)
            assert len(read) > before
    assert "Another" in {one["name"] for one in changed}
    assert not [one["workouts"] for one in changed if one["id"] == "red2" and one["workouts"]]
    before = len(read), len(noted(world, "red2"))
    assert board(client, mine) == changed
    assert len(read) == before[0]
    assert noted(world, "red2")[before[1] :] == ["read", "read"], "what is refused is noted each time"


def test_what_is_changed_by_a_query_is_changed_each_time(world: World, client: TestClient) -> None:
    mine = shown(world, "red1")
    with Workbench(world.settings) as bench:
        workout = str(bench.vault.workouts("red1", columns=("id",))["id"][0])
        for value in ("walk", "run", "walk"):
            field = f'label(athleteId: "red1", workoutId: "{workout}", level: "activity", value: "{value}")'
            answer = client.post(f"{V1}/graphql", headers=mine, json={"query": f"mutation {{ {field} }}"})
            assert answer.json()["data"]["label"][0]["value"] == value
            assert [one.value for one in bench.labels("red1")][-1] == value


def test_somebody_new_is_in_the_next_list(home: Path) -> None:
    with TestClient(create_app(settings.read({}, home=home)), base_url="http://127.0.0.1",
                    client=("127.0.0.1", 1)) as client:  # fmt: skip
        for _ in range(2):
            before = [one["id"] for one in client.get(f"{V1}/athletes").json()["items"]]
        with Workbench.open(home) as bench:
            bench.vault.put_athlete(Athlete("cleo", "Cleo"))
            assert [one["id"] for one in client.get(f"{V1}/athletes").json()["items"]] == [*before, "cleo"]
            bench.erase("cleo", "cleo")
        assert [one["id"] for one in client.get(f"{V1}/athletes").json()["items"]] == before


def test_new_facts_make_a_new_answer(world: World, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made, mine = composing(monkeypatch), shown(world, "red1")
    first = client.get(path_of(world), headers=mine).json()
    client.post(f"{V1}/athletes/red1/wellness", headers=mine,
                json={"day": world.objects["red1"]["day"], "values": {"sleep_duration": "4h"}})  # fmt: skip
    assert client.get(path_of(world), headers=mine).status_code == 200
    assert made == ["red1", "red1"]
    assert first["day"] == world.objects["red1"]["day"]
    with Workbench(world.settings) as bench:
        bench.vault.stamp(["red1"])
        client.get(path_of(world, "blue1"), headers=shown(world, "blue1"))
        bench.add_wellness(athlete_id="blue2", date=world.objects["blue2"]["day"], mood="1")
    client.get(path_of(world, "blue1"), headers=shown(world, "blue1"))
    client.get(path_of(world), headers=mine)
    assert made.count("red1") == 2, "another athlete's facts are none of theirs"


def test_what_time_alone_ends_is_not_given_out_after_it() -> None:
    known, now = Known(), datetime.now(UTC)
    known.put("a", 1, now + timedelta(seconds=5), "standing")
    assert known.get("a", 1, now) == "standing"
    assert known.get("a", 1, now + timedelta(seconds=5)) is None
    assert known.get("a", 2, now) is None
    small = Known(2)
    for name in "abc":
        small.put(name, 1, None, name)
    assert [small.get(name, 1, now) for name in "abc"] == [None, "b", "c"]


def test_a_consent_that_ends_by_itself_says_when(world: World) -> None:
    end = datetime.now(UTC) + timedelta(hours=1)
    with Workbench(world.settings) as bench:
        bench.give_consent(["training"], athlete_id="red3", until=end)
        actor, now = world.actors["coach"], datetime.now(UTC)
        standing = bench.vault.standing(actor.id, "red3", now, session_id=actor.session_id)
        assert standing.until is not None
        assert abs((standing.until - end).total_seconds()) < 1
        assert ("training", "coaching") in standing.consents
        later = bench.vault.standing(actor.id, "red3", end + timedelta(seconds=1), session_id=actor.session_id)
        assert ("training", "coaching") not in later.consents


@pytest.mark.parametrize(("accepted", "unpack"), [
    ("gzip", gzip.decompress), ("zstd", lambda body: pa.input_stream(pa.BufferReader(body), "zstd").read()),
    ("gzip, zstd;q=0", gzip.decompress),
])  # fmt: skip
def test_answers_are_packed_as_asked(
    accepted: str, unpack: Callable[[bytes], bytes], world: World, client: TestClient
) -> None:
    mine = shown(world, "red1")
    plain = client.get(path_of(world), headers={**mine, "accept-encoding": "identity"})
    with client.stream("GET", path_of(world), headers={**mine, "accept-encoding": accepted}) as packed:
        body = b"".join(packed.iter_raw())
        assert packed.headers["content-encoding"] == accepted.partition(",")[0]
        assert "accept-encoding" in packed.headers["vary"].lower()
    assert json.loads(unpack(body)) == plain.json()
    assert len(body) < len(plain.content) / 2
