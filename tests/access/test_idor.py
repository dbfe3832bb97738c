"""Every verb of the Workbench, asked by everybody for somebody else's records: nothing of theirs comes out.

The verbs are found by reflection: a new one is asked as soon as it is there, and one with an argument that this walk
does not know fails it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.access.actor import Actor
from fitintel.core.errors import FitintelError
from fitintel.core.plans import WeeklyPlan
from fitintel.workbench.door import Workbench
from fitintel.workbench.door.base import Door
from tests.access.expected import CATEGORIES, COACHES, IS, consents
from tests.access.world import ATHLETES, World, found_in, text_of

PLUMBING = {name for name in dir(Door) if not name.startswith("_")}
"""what every door has: no verbs"""
NO_RECORD = {
    "read_recording", "even",  # a file that the caller has
    "explain_cell", "explain_notebook",  # of an answer that the caller has
    "is_export", "cards", "card", "challenge", "draft", "draft_challenger",
}  # fmt: skip
"""verbs that open no record of an athlete"""
LONG = frozenset({
    "build_research", "release_research", "rotate_keys", "key_status", "resume_erasures",
    "nightly", "publish", "publish_squad", "publish_review", "register", "register_challenger", "register_model",
    "track", "ensure_demo", "compare_versions", "compare_demo", "evaluate_all", "evaluate_alerts", "fairness",
    "look", "keep_schedule", "evaluate_classification", "evaluate_detectors", "evaluate_forecast", "doctor",
    "verify_audit", "sync",
})  # fmt: skip
"""verbs that work for long where they are allowed: asked only of those who may not use them"""
HEAVY = frozenset({"fitted_model", "look_at_models", "publish", "publish_squad", "publish_review"})
"""verbs that load MLflow or run a kernel even for somebody who has nothing: asked in the full form"""
MAY_LONG = {"admin", "nightly", "ingest"}
STRANGERS = {
    "anonymous": ATHLETES, "athlete": ("red2", "red3", "blue1"), "teammate": ("red1", "blue2"),
    "stranger": ("red1", "red2", "green1"), "coach": ("red3", "red2", "red4", "blue1", "green1"),
    "other coach": ("red1", "red4", "blue3"), "former coach": ("red1", "red2", "blue1"),
    "scientist": ("red1", "blue1"), "admin": ("red1", "blue1"), "ingest": ("red1",), "nightly": ("red1",),
    "monitor": ("red1", "blue1"),
}  # fmt: skip
"""who asks -> whose records"""


def verbs() -> dict[str, inspect.Signature]:
    """Every verb of the Workbench."""
    found = {}
    for name, verb in inspect.getmembers(Workbench, inspect.isfunction):
        if not name.startswith("_") and name not in PLUMBING and name not in NO_RECORD:
            found[name] = inspect.signature(verb)
    return found


VERBS = verbs()


def arguments(verb: str, signature: inspect.Signature, theirs: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What a thief would pass: the victim's ids in every place that takes one."""
    made: dict[str, Any] = {}
    known: dict[str, Any] = {
        **{name: theirs[name] for name in ("athlete_id", "workout_id", "asked", "run_id", "digest", "key", "import_id",
                                           "day", "subject", "who")},
        "name": "taken-over", "roles": ["admin"], "password": "correct horse battery", "code": "000000",
        "account": theirs["athlete_id"], "scopes": ["*:*"], "token_id": "t-0", "squad_id": "red", "part": "athlete",
        "membership_id": "m-0", "glass_id": "g-0", "reason": "they asked me to look at it", "minutes": 60,
        "categories": ["training"], "purpose": "coaching", "what": "threshold", "action": "dismiss", "text": "hello",
        "level": "activity", "value": "run", "last": 5, "provider": "strava", "redirect_uri": "http://localhost/",
        "redirected": "http://localhost/?code=1&state=2", "out": folder / f"{verb}.zip", "path": theirs["archive"],
        "paths": [], "plans": [WeeklyPlan(3, 0.0)], "algorithm": "weekly_forecast", "algorithm_id": "weekly_forecast",
        "version": "1.0.0", "challenger": "2.0.0", "before": "1.0.0", "after": "2.0.0", "promotion_id": "p-0",
        "on": True, "why": "because", "headers": {}, "body": b"{}", "query": {}, "family": "load",
        "issuer": "https://id.example",
        "channel": "mail", "address": "thief@example.org", "recipient_id": "r-0", "anchors": None, "policy": "gate",
        "render": lambda *_: {}, "tell": print, "trouble": print, "evaluation_id": None,
        "sex": "female", "born": 1990, "id": "x",
        "project": "theft", "confirm": theirs["athlete_id"], "document": "<p>hello</p>",
        "sql": "SELECT * FROM workouts",
    }  # fmt: skip
    if verb in ("label", "unlabel"):
        known |= {"why": ""}
    if verb == "state":
        made |= {"kind": "power", "value": "200 W"}
    if verb in ("add", "add_wellness"):
        made |= {"date": theirs["day"], **({"mood": "1"} if verb == "add_wellness" else {"sport": "run"})}
    if verb in ("log_ins", "end_log_ins", "tokens", "account"):
        known |= {"name": theirs["athlete_id"]}
    for name, one in signature.parameters.items():
        if name == "self" or one.kind is one.VAR_KEYWORD or one.kind is one.VAR_POSITIONAL:
            continue
        if name in known:
            made[name] = known[name]
        elif one.default is one.empty:
            raise AssertionError(f"{verb}({name}): say in this walk what a thief would pass")
    if verb == "value":
        made["run_id"] = theirs["run_id"]
    if verb == "compare":
        made["before"] = theirs["brief_id"]
    if verb == "wellness":
        made.pop("last", None)
    return made


def positions(verb: str, signature: inspect.Signature, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The arguments, and without the athlete's name: then the ids alone lead there."""
    yield given
    if "athlete_id" in given and signature.parameters["athlete_id"].default is None:
        yield {name: value for name, value in given.items() if name != "athlete_id"}


def may_know(actor: str) -> set[tuple[str, str]]:
    """(athlete, category) that an actor of the world may come across."""
    every = {name for names in CATEGORIES.values() for name in names} | {"message"}
    if actor in IS:
        return {(IS[actor], one) for one in every}
    if actor in COACHES:
        squad = [one for one in ATHLETES if one[:-1] == COACHES[actor]]
        return {(one, category) for one in squad for category in (*consents(one), "message")}
    if actor == "nightly":
        return {(one, category) for one in ATHLETES for category in ("profile", "training", "plan", "illness")}
    return set()


def ask(bench: Workbench, verb: str, given: dict[str, Any], signature: inspect.Signature) -> Any:
    extra = [given.pop("workout_id")] if verb == "decide_duplicates" and "workout_id" in given else []
    places = {name: given.pop(name) for name in list(given) if name in signature.parameters
              and signature.parameters[name].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD}  # fmt: skip
    return getattr(bench, verb)(*extra, **places, **given)


def attempts(
    world: World, actor: str, victims: tuple[str, ...], folder: Path, *, skip: frozenset[str] = frozenset()
) -> tuple[int, list[str]]:
    """(how many, those that gave something away)."""
    made, leaks, known = 0, [], may_know(actor)
    with world.bench(actor) as bench:
        for victim in victims:
            for verb, signature in VERBS.items():
                if verb in skip or (verb in LONG and actor in MAY_LONG):
                    continue
                for given in positions(verb, signature, arguments(verb, signature, world.objects[victim], folder)):
                    try:
                        answer: Any = ask(bench, verb, dict(given), signature)
                    except (FitintelError, TypeError, ValueError) as error:
                        answer = error
                    made += 1
                    stolen = found_in(text_of(answer)) - known
                    if stolen:
                        leaks.append(f"{actor}.{verb}({victim}): {sorted(stolen)[:3]}")
    return made, leaks


def state_of(world: World, *, accounts: bool = True) -> dict[str, list[str]]:
    """Everything that is kept of each athlete, to see whether anybody changed it."""
    with Workbench(world.settings) as bench:
        store = bench.vault
        asked = [store.athlete, store.labels, store.answers, store.comments, store.consents, store.wellness,
                 store.imports, store.recipients, store.details, store.connections, store.links]  # fmt: skip
        if accounts:
            asked += [store.account, store.secrets, store.log_ins, store.api_tokens]
        return {
            athlete: [
                *[text_of(each(athlete)) for each in asked],
                *[text_of(store.stated(athlete, kind)) for kind in kinds()],
                text_of(store.workouts(athlete, twins=True)),
                text_of(store.memberships(who=athlete)),
                text_of(store.preferences(athlete)),
            ]
            for athlete in ATHLETES
        }


def kinds() -> tuple[type[Any], ...]:
    from fitintel.core.stated import ExcusedDays, Goal, PlannedWorkout, Threshold

    return (Threshold, Goal, PlannedWorkout, ExcusedDays)


def changes(actor: str) -> set[str]:
    """Athletes whose records an actor may change by these verbs: their own; a coach's comments."""
    if actor in IS:
        return {IS[actor]}
    return {one for one in ATHLETES if one[:-1] == COACHES.get(actor)} | (set(ATHLETES) if actor == "ingest" else set())


def walk(world: World, actor: str, victims: tuple[str, ...], folder: Path, *, skip: frozenset[str]) -> int:
    accounts = actor != "admin"  # who manages them
    before = state_of(world, accounts=accounts)
    made, leaks = attempts(world, actor, victims, folder, skip=skip)
    assert not leaks, "\n".join(leaks)
    after = state_of(world, accounts=accounts)
    assert {one for one in ATHLETES if before[one] != after[one]} <= changes(actor)
    return made


@pytest.mark.parametrize("actor", STRANGERS)
def test_nobody_gets_or_changes_what_is_not_theirs(actor: str, world: World, tmp_path: Path) -> None:
    assert walk(world, actor, STRANGERS[actor][:1], tmp_path, skip=HEAVY) >= 0.8 * len(VERBS)


def test_the_walk_is_of_more_than_a_thousand_attempts() -> None:
    assert len(STRANGERS) * 0.8 * len(VERBS) > 1_000


@pytest.mark.slow
@pytest.mark.parametrize("actor", STRANGERS)
def test_nobody_gets_or_changes_anything_of_any_of_the_twelve(actor: str, world: World, tmp_path: Path) -> None:
    walk(world, actor, ATHLETES, tmp_path, skip=frozenset())


def test_a_notebook_that_is_executed_for_an_account_asks_as_that_account(world: World, tmp_path: Path) -> None:
    with world.bench("stranger") as bench:
        made = bench.publish_squad(world.objects["blue1"]["day"], out=tmp_path)
    found = {athlete for athlete, _ in found_in(text_of(made))}
    assert found == {"blue1"}


def test_the_walk_finds_a_verb_that_forgets_to_ask(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Door, "may", lambda *_, **__: None)
    monkeypatch.setattr(Door, "permits", lambda *_, **__: True)
    assert attempts(world, "stranger", ("red1",), tmp_path, skip=LONG | HEAVY)[1]


def test_the_store_stays_closed_to_a_verb_that_forgets_to_ask(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Door, "may", lambda *_, **__: None)
    monkeypatch.setattr(Door, "may_see", lambda *_: None)
    leaks = attempts(world, "stranger", ("red1",), tmp_path, skip=LONG | HEAVY)[1]
    # only what never passes the guard is left: lists of accounts and squads, and the audit chain, hold no records
    assert not [one for one in leaks if "who_saw" not in one and "audit_rows" not in one], leaks


def test_what_a_coach_may_see_does_come_out(kept_world: World) -> None:
    with kept_world.bench("coach") as bench:
        assert found_in(text_of(bench.labels("red1"))) == {("red1", "training")}
        assert {one.id for one in bench.athletes()} == {"red1", "red2", "red3", "red4"}
        assert {one.name for one in bench.athletes()} & {"red3", "red4"} == {"red3", "red4"}
        assert bench.brief("red1").athlete_id == "red1"
        assert len(bench.workouts("red2")) > 0


def test_an_athlete_needs_to_name_nobody(kept_world: World) -> None:
    actor: Actor = kept_world.actors["athlete"]
    with kept_world.bench("athlete") as bench:
        assert bench.brief().athlete_id == actor.athlete_id
        assert found_in(text_of(bench.quarantine())) <= {("red1", "training")}
        assert [one.id for one in bench.athletes()] == ["red1"]
