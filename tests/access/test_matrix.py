"""policy.yaml is the specified matrix, every decision follows it, and each of its rules is held by a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import pytest

from fitintel.access import authorize as deciding
from fitintel.access.actor import FIXED, Action, Actor, Kind, Role, service
from fitintel.access.authorize import Resource, authorize, refusal
from fitintel.access.policy import Policy, Relation, Rule, policy
from fitintel.core.errors import NotAllowed
from fitintel.core.people import NOBODY, Standing
from fitintel.workbench.facts import StoredFacts
from tests.access.expected import CATEGORIES, COACHES, IS, ROLE, Case, allowed, cases, consents
from tests.access.matrix import rules
from tests.access.world import World

EVERY = list(cases())
RARE = {Relation.UNCOACHED, Relation.PSEUDONYMISED, Relation.GLASS}
"""relations that nobody of the world has"""


class KnownFacts:
    """The world without its database."""

    def standing(self, actor: Actor, athlete_id: str | None) -> Standing:
        name = actor.id
        held = frozenset((one, "coaching") for one in consents(athlete_id)) if athlete_id else frozenset()
        return Standing(True, True, frozenset({ROLE[name].value}), IS.get(name),
                        coaches=athlete_id is not None and COACHES.get(name) == athlete_id[:-1],
                        coached=athlete_id is not None, consents=held)  # fmt: skip


def actor(case: Case) -> Actor:
    role = ROLE[case.actor]
    return Actor(case.actor, frozenset({role}), IS.get(case.actor))


def resource(case: Case, name: str) -> Resource:
    owner = {"own": name, "other": "somebody-else"}.get(case.owner or "")
    return Resource(case.kind, case.athlete, case.category, owner)


def answer(case: Case, using: Policy) -> bool:
    who = actor(case)
    fixed = Standing(True, roles=who.roles) if ROLE[case.actor] in FIXED else None
    standing = fixed or KnownFacts().standing(who, case.athlete)
    return not refusal(who, case.action, resource(case, who.id), standing, using)


def wrong(using: Policy, asked: list[Case]) -> int:
    """How many answers are not as specified."""
    return sum(answer(case, using) is not allowed(case) for case in asked)


def test_the_policy_is_the_specified_matrix() -> None:
    assert {tuple(rule) for rule in policy().rules} == rules()


def test_categories_of_consent_are_as_specified() -> None:
    assert {kind: names for kind, names in policy().categories.items() if names} == CATEGORIES


def test_every_answer_is_the_one_of_the_matrix() -> None:
    assert len(EVERY) > 50_000
    assert wrong(policy(), EVERY) == 0


def test_the_stored_world_gives_the_same_answers(kept_world: World) -> None:
    with kept_world.bench("admin") as bench:
        facts = StoredFacts(bench.vault)
        for case in islice(EVERY, 0, None, 23):
            who = kept_world.actors[case.actor]
            try:
                authorize(who, case.action, resource(case, who.id), facts)
                got = True
            except NotAllowed:
                got = False
            assert got is allowed(case), case


ASKED: dict[tuple[Kind, Role, Action], list[Case]] = {}
for _case in EVERY:
    ASKED.setdefault((_case.kind, ROLE[_case.actor], _case.action), []).append(_case)


def related(rule: Rule) -> list[Case]:
    return ASKED[rule.kind, rule.role, rule.action]


def test_of_the_rules_that_are_taken_away_one_by_one_at_least_95_in_100_are_missed() -> None:
    # the rules of relations that nobody of the world has are held by the next test
    mutants = [rule for rule in policy().rules if rule.relation not in RARE]
    alive = [rule for rule in mutants if wrong(policy().without(rule), related(rule)) == 0]
    share = 1 - len(alive) / len(mutants)
    print(f"{len(mutants)} rules taken away one by one, {share:.1%} noticed")
    assert len(mutants) > 150
    assert share >= 0.95, alive


HELD = {Role.ATHLETE: (Relation.OWN,), Role.COACH: (Relation.SQUAD, Relation.TEAMMATE)}
"""role -> relations that somebody of the world has; besides their own things, others' and any"""


def unruled() -> list[Rule]:
    """Rules that are not of the policy and would allow somebody of the world more than it does."""
    found = []
    for kind, role, action in ASKED:
        has = set(policy().relations(kind, role, action))
        if Relation.TEAMMATE in has:  # all that is of the squad is of a teammate
            has.add(Relation.SQUAD)
        relations = {*HELD.get(role, ()), Relation.SELF, Relation.OTHERS, Relation.ANY}
        found += [Rule(kind, role, one, action) for one in sorted(relations - has) if Relation.ANY not in has]
    return found


def test_of_the_rules_that_are_added_one_by_one_at_least_95_in_100_are_noticed() -> None:
    mutants = unruled()
    alive = [rule for rule in mutants if wrong(replace(policy(), rules=policy().rules | {rule}), related(rule)) == 0]
    share = 1 - len(alive) / len(mutants)
    print(f"{len(mutants):,} rules added one by one, {share:.1%} noticed")
    assert len(mutants) > 2_000
    assert share >= 0.95, alive[:20]


@pytest.mark.parametrize("rule", sorted(rule for rule in policy().rules if rule.relation in RARE), ids=str)
def test_rules_of_rare_relations_hold_in_their_case_and_in_no_other(rule: Rule) -> None:
    who = Actor("somebody", frozenset({rule.role}), "red1")
    base = Standing(True, True, frozenset({rule.role.value}), "red1", coached=True)
    there = {
        Relation.UNCOACHED: replace(base, coached=False),
        Relation.PSEUDONYMISED: replace(base, pseudonymised=True),
        Relation.GLASS: replace(base, glass=True),
    }[rule.relation]
    asked = Resource(rule.kind, "red1")
    assert not refusal(who, rule.action, asked, there, policy())
    assert refusal(who, rule.action, asked, there, policy().without(rule))
    if (rule.kind, rule.role, Relation.OWN, rule.action) not in policy().rules:
        assert refusal(who, rule.action, asked, base, policy())


def _always(*_: object) -> bool:
    return True


def _unchecked_consent(kept: Callable[..., bool]) -> Callable[..., bool]:
    def holds(relation: Relation, *rest: object) -> bool:
        return kept(Relation.TEAMMATE if relation is Relation.SQUAD else relation, *rest)

    return holds


@pytest.mark.parametrize("mutant", ["everything", "consent", "own", "others"])
def test_a_decision_that_forgets_a_condition_is_noticed(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = deciding._holds
    changed = {
        "everything": _always,
        "consent": _unchecked_consent(kept),
        "own": lambda relation, *rest: relation is Relation.OWN or kept(relation, *rest),
        "others": lambda relation, *rest: relation is Relation.OTHERS or kept(relation, *rest),
    }[mutant]
    monkeypatch.setattr(deciding, "_holds", changed)
    assert wrong(policy(), EVERY[::7]) > 0


def coach(**more: object) -> Standing:
    known = {"active": True, "strong": True, "roles": frozenset({"coach"}), "coaches": True,
             "consents": frozenset({("training", "coaching")})}  # fmt: skip
    return Standing(**{**known, **more})  # type: ignore[arg-type]


COACH = Actor("coach", frozenset({Role.COACH}))
WORKOUT = Resource(Kind.WORKOUT, "red1")


@pytest.mark.parametrize(
    ("standing", "may"),
    [
        (coach(), True),
        (coach(strong=False), False),
        (coach(active=False), False),
        (coach(coaches=False), False),
        (coach(roles=frozenset()), False),
        (coach(roles=frozenset({"athlete"})), False),
        (coach(consents=frozenset({("training", "research")})), False),
        (coach(consents=frozenset({("location", "coaching")})), False),
        (coach(scopes=frozenset({"workout:read"})), True),
        (coach(scopes=frozenset({"brief:read"})), False),
        (coach(scopes=frozenset()), False),
        (NOBODY, False),
    ],
)
def test_what_a_coach_needs_to_read_workouts(standing: Standing, may: bool) -> None:
    assert (not refusal(COACH, Action.READ, WORKOUT, standing, policy())) is may


def test_roles_that_exclude_each_other_allow_nothing_together() -> None:
    both = Actor("both", frozenset({Role.COACH, Role.DATA_SCIENTIST}))
    standing = coach(roles=frozenset({"coach", "data_scientist"}))
    assert refusal(both, Action.READ, WORKOUT, standing, policy())
    assert not refusal(both, Action.READ, WORKOUT, standing, replace(policy(), apart=()))


def test_an_actor_that_calls_itself_a_service_and_a_coach_is_nobody() -> None:
    class Nobody:
        def standing(self, *_: object) -> Standing:
            return NOBODY

    for roles in ({Role.OWNER, Role.COACH}, {Role.SVC_NIGHTLY, Role.ATHLETE}, set()):
        with pytest.raises(NotAllowed):
            authorize(Actor("x", frozenset(roles)), Action.READ, WORKOUT, Nobody())


def test_no_service_can_be_made_of_a_role_of_people() -> None:
    with pytest.raises(ValueError, match="no role of a service"):
        service(Role.ADMIN)


def test_the_refusal_of_an_athlete_that_is_here_and_of_one_that_is_not_is_the_same(kept_world: World) -> None:
    said = []
    with kept_world.bench("coach") as bench:
        for athlete in ("blue1", "nobody9"):
            with pytest.raises(NotAllowed) as caught:
                bench.workouts(athlete)
            said.append(str(caught.value).replace(athlete, "X"))
    assert said[0] == said[1]
