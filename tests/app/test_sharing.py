"""Whom an athlete shares with: opened and taken back under Me, and said after it was done."""

from __future__ import annotations

from fitintel.access.policy import policy
from fitintel.views.app.sharing import CATEGORIES, PURPOSES, shared
from tests.app.conftest import drawn, shown, sound


def test_every_category_and_purpose_of_the_policy_can_be_chosen():
    assert tuple(CATEGORIES) == policy().all_categories
    assert set(PURPOSES) == set(policy().purposes)


def me(app, athlete="me"):
    run = app("me", athlete=athlete)
    run.session_state["part-Whom I share with"] = True  # opened
    return run.run()


def choice(run, purpose):
    return next(one for one in run.multiselect if one.key == f"share-{purpose}")


def save(run):
    next(one for one in run.button if one.label == "Save" and one.form_id == "sharing").click().run()


def holding(bench, purpose):
    from datetime import UTC, datetime

    return shared(bench.consents("me"), purpose, datetime.now(UTC))


def test_what_is_opened_holds_until_it_is_taken_back(app, bench):
    bench.add(athlete_id="me", date="2025-05-04", sport="running", duration="40 min")
    run = me(app)
    sound(run)
    assert "You are in no squad" in shown(run)
    choice(run, "coaching").set_value(["training", "brief"])
    save(run)
    sound(run)
    assert holding(bench, "coaching") == ["training", "brief"]
    assert holding(bench, "research") == []
    assert ["Kept."] in [data.get("lines") for _name, data in drawn(run)]
    choice(run, "coaching").set_value(["brief"])
    save(run)
    assert holding(bench, "coaching") == ["brief"]


def test_an_invitation_is_accepted_and_the_squad_left(app, bench):
    bench.add(athlete_id="me", date="2025-05-04", sport="running", duration="40 min")
    bench.add_squad("red", "Red <b>squad</b>")
    bench.invite("red", "me")
    run = me(app)
    sound(run)
    assert "Red <b>squad</b>" in shown(run)
    next(one for one in run.button if one.label == "Join").click().run()
    sound(run)
    (mine,) = [one for squad in bench.squads() for one in squad.members]
    assert mine.since is not None
    next(one for one in run.button if one.label == "Leave").click().run()
    sound(run)
    (mine,) = [one for squad in bench.squads() for one in squad.members]
    assert mine.until is not None
