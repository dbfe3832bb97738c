"""Comments on athletes, on every store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.comments import LONGEST, Comment, checked
from fitintel.core.errors import NotFound, UsageError
from fitintel.core.records import Athlete
from fitintel.storage.sql_comments import AT_ONCE
from fitintel.storage.store import Store

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def comment(number: int, athlete: str = "anna", text: str = "Called her.") -> Comment:
    return Comment(f"c-{number}", athlete, 20500, "", text, "coach", AT + timedelta(minutes=number))


def test_comments_come_back_in_the_order_in_which_they_were_said(store: Store) -> None:
    store.put_athlete(Athlete("anna", "Anna"))
    store.put_athlete(Athlete("ben", "Ben"))
    store.put_comments([comment(2, text="<b>später</b> 🙂"), comment(1), comment(3, "ben")])
    assert [one.text for one in store.comments("anna")] == ["Called her.", "<b>später</b> 🙂"]
    assert store.comments("ben") == (comment(3, "ben"),)


def test_comments_on_many_are_those_on_each_and_nobody_is_there_without_one(store: Store) -> None:
    names = [f"a-{number:03d}" for number in range(AT_ONCE + 3)]
    for name in names:
        store.put_athlete(Athlete(name, name))
    store.put_comments([comment(2, names[0]), comment(1, names[0], "<b>später</b> 🙂"), comment(3, names[-1])])
    found = store.comments_on(names)
    assert found == {name: store.comments(name) for name in (names[0], names[-1])}
    assert [one.text for one in found[names[0]]] == ["<b>später</b> 🙂", "Called her."]
    assert store.comments_on(names[1:-1]) == store.comments_on([]) == {}


def test_a_comment_is_kept_once_and_changes_no_fact_of_the_athlete(store: Store) -> None:
    store.put_athlete(Athlete("anna", "Anna"))
    before = store.revision("anna")
    store.put_comments([comment(1)])
    store.put_comments([comment(1, text="another text under the same id")])
    assert store.comments("anna") == (comment(1),)
    assert store.revision("anna") == before


def test_nobody_comments_on_an_athlete_who_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        store.put_comments([comment(1, "nobody")])


@pytest.mark.parametrize("text", ["", " \n", "x" * (LONGEST + 1)])
def test_an_empty_or_endless_comment_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        checked(text)
