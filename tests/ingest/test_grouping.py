"""Groups do not depend on the order of anything; people decide before rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fitintel.ingest.grouping import Pair, grouped, pair

names = st.sampled_from("abcdefg")
some_pairs = st.tuples(names, names).filter(lambda each: each[0] != each[1]).map(lambda each: pair(*each))
scores = st.dictionaries(some_pairs, st.tuples(st.sampled_from([3.0, 7.0, 8.0, 12.0, 20.0]), st.booleans()))
apart = st.frozensets(some_pairs, max_size=4)


def never(_: str, __: str) -> bool:
    return False


@given(scores, apart, st.lists(st.tuples(some_pairs, st.booleans()), max_size=4), st.randoms())
def test_the_order_of_the_pairs_plays_no_part(
    found: dict[Pair, tuple[float, bool]], two: frozenset[Pair], said: list[tuple[Pair, bool]], random: object
) -> None:
    shuffled = list(found.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (grouped(each, said, lambda one, other: pair(one, other) in two)
                     for each in (found, dict(shuffled)))  # fmt: skip
    assert first == second


@given(scores, some_pairs, st.booleans())
def test_what_a_person_said_is_so(found: dict[Pair, tuple[float, bool]], each: Pair, one: bool) -> None:
    made = grouped(found, [(each, one)], never)
    assert any(set(each) <= set(group) for group in made.groups) is one
    assert each not in made.doubtful


@given(scores, apart)
def test_no_group_holds_two_that_cannot_be_one_and_no_workout_is_in_two_groups(
    found: dict[Pair, tuple[float, bool]], two: frozenset[Pair]
) -> None:
    made = grouped(found, [], lambda one, other: pair(one, other) in two)
    assert not any(set(each) <= set(group) for each in two for group in made.groups)
    members = [name for group in made.groups for name in group]
    assert len(members) == len(set(members))


def test_a_clear_pair_with_a_rival_is_asked_about() -> None:
    found = {("a", "b"): (11.0, True), ("a", "c"): (11.0, True)}
    made = grouped(found, [], lambda one, two: pair(one, two) == ("b", "c"))
    assert made.groups == ()
    assert made.doubtful == (("a", "b"), ("a", "c"))


def test_a_clearly_better_pair_wins_and_the_other_is_not_asked_about() -> None:
    found = {("a", "b"): (20.0, True), ("a", "c"): (8.0, True)}
    made = grouped(found, [], lambda one, two: pair(one, two) == ("b", "c"))
    assert (made.groups, made.doubtful) == ((("a", "b"),), ())


def test_of_two_decisions_that_contradict_each_other_the_newer_holds() -> None:
    said = [(("a", "c"), False), (("a", "b"), True), (("b", "c"), True)]
    assert grouped({}, said, never).groups == (("a", "b"),)
    assert grouped({}, said[::-1], never).groups == (("a", "b", "c"),)
