"""What requests leave behind, on every store: stamps grow with rights, a key is taken once, jobs change in place."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.answers import Told
from fitintel.core.errors import NotFound
from fitintel.core.people import Account, Consent, LogIn
from fitintel.core.records import Athlete
from fitintel.core.requests import Job, JobState, Repeat
from fitintel.storage.store import Store

AT = datetime(2026, 3, 1, 4, 0, 0, 123, tzinfo=UTC)
ONE = Repeat("anna", "k" * 64, "a" * 64, "anna", AT, headers={"x": "y"})
TOLD = Told("anna", 20_000, "b-1", "form_low", "form", "form_low", "info", (), (), 20_000)
JOB = Job("j-1", "anna", "anna", "import", AT, AT)


def test_a_stamp_grows_with_rights_and_with_nothing_else(store: Store) -> None:
    store.put_athlete(Athlete("anna", "Anna"))
    first = store.stamp(["anna", "nobody"])
    assert first.revisions == {"anna": store.revision("anna")}
    store.put_account(Account("anna", frozenset({"athlete"}), "anna", at=AT))
    account = store.stamp().rights
    assert account > first.rights
    store.put_consents([Consent("anna", "training", "coaching", 1, True, AT, None, "anna", AT)])
    consent = store.stamp().rights
    assert consent > account
    store.put_log_in(LogIn("s-1", "anna", AT, AT + timedelta(days=1), False), [])
    store.put_athlete(Athlete("anna", "Anne"))
    assert store.stamp().rights == consent, "neither a new log-in nor a fact of an athlete"
    assert store.stamp(["anna"]).revisions != first.revisions
    assert store.revoke(AT, "logged out", session_id="s-1")
    revoked = store.stamp().rights
    assert revoked > consent
    store.put_athlete(Athlete("bob", "Bob"))
    assert store.stamp().rights > revoked, "whoever sees everybody sees somebody new"


def test_a_stamp_says_when_what_was_told_has_changed(store: Store) -> None:
    store.put_athlete(Athlete("anna", "Anna"))
    first = store.stamp(["anna"])
    store.tell([TOLD])
    told = store.stamp(["anna"])
    assert told.told > first.told
    assert (told.rights, told.revisions) == (first.rights, first.revisions)
    store.judge_told("anna", {(TOLD.day, TOLD.key): "came true"})
    assert store.stamp().told > told.told


def test_of_several_at_once_one_takes_a_key(store: Store) -> None:
    found: list[Repeat | None] = []
    asked = [threading.Thread(target=lambda: found.append(store.begin_repeat(ONE, AT - timedelta(days=1))))
             for _ in range(4)]  # fmt: skip
    for one in asked:
        one.start()
    for one in asked:
        one.join()
    assert found.count(None) == 1
    assert [one for one in found if one is not None] == [ONE] * 3
    done = replace(ONE, status=201, headers={"content-type": "application/json"}, body=b"{}\x00\xff")
    store.end_repeat(done)
    assert store.begin_repeat(replace(ONE, asked="b" * 64), AT - timedelta(days=1)) == done
    assert store.begin_repeat(replace(ONE, account_id="bob"), AT - timedelta(days=1)) is None
    store.end_repeat(replace(done, status=0))
    assert store.begin_repeat(ONE, AT - timedelta(days=1)) is None
    assert store.begin_repeat(ONE, AT + timedelta(seconds=1)) is None, "what is older is forgotten"


def test_a_job_is_changed_in_place(store: Store) -> None:
    store.put_job(JOB)
    done = replace(
        JOB, state=JobState.DONE, done=3, total=3, result=[{"imported": 3}], heard_at=AT + timedelta(hours=1)
    )
    store.put_job(done)
    assert store.job("j-1") == done
    with pytest.raises(NotFound, match="j-2"):
        store.job("j-2")


def test_who_is_erased_leaves_neither_answers_nor_jobs(store: Store) -> None:
    store.put_athlete(Athlete("anna", "Anna"))
    store.put_job(JOB)
    store.begin_repeat(ONE, AT - timedelta(days=1))
    store.erase_athlete("anna")
    with pytest.raises(NotFound):
        store.job("j-1")
    assert store.begin_repeat(ONE, AT - timedelta(days=1)) is None
