"""Accounts, squads, consents and emergencies: who changes what, and from when it holds."""

from __future__ import annotations

import pytest

from fitintel.core.errors import LogInRefused, NotAllowed, UnknownName, UsageError
from fitintel.core.people import Standing
from fitintel.workbench.door import Workbench
from tests.access.world import World, found_in, signed_in, text_of

pytestmark = pytest.mark.usefixtures("cheap_passwords")


def test_consent_that_is_withdrawn_holds_at_the_next_question_on_a_door_that_is_open(world: World) -> None:
    with world.bench("coach") as coach, world.bench("athlete") as athlete:
        assert len(coach.workouts("red1")) > 0
        assert coach.brief("red1").athlete_id == "red1"
        athlete.withdraw_consent(["training"])
        with pytest.raises(NotAllowed):
            coach.workouts("red1")
        assert coach.labels.__name__ == "labels"
        with pytest.raises(NotAllowed):
            coach.labels("red1")
        assert coach.brief("red1").athlete_id == "red1"
        athlete.withdraw_consent()
        with pytest.raises(NotAllowed):
            coach.brief("red1")
        assert not found_in(text_of(coach.athletes())) & {("red1", "profile")}
        athlete.give_consent(["training"])
        assert len(coach.workouts("red1")) > 0


def test_a_coach_sees_only_the_kinds_of_health_that_were_consented_to(world: World) -> None:
    with world.bench("coach") as coach, world.bench("athlete") as athlete:
        assert {one.metric for one in coach.wellness("red1")} == {"hrv_rmssd", "weight", "mood"}
        athlete.withdraw_consent(["heart", "feeling"])
        assert {one.metric for one in coach.wellness("red1")} == {"weight"}
        athlete.withdraw_consent(["body"])
        assert coach.wellness("red1") == ()
        athlete.withdraw_consent(["sleep", "illness", "cycle"])
        with pytest.raises(NotAllowed):
            coach.wellness("red1")
        with pytest.raises(NotAllowed):
            coach.wellness("red2")


def test_consents_are_versions_that_stay_and_are_noted(world: World) -> None:
    with world.bench("athlete") as athlete:
        athlete.withdraw_consent(["heart"])
        athlete.give_consent(["heart"])
        assert athlete.give_consent(["heart"]) == ()
        kept = [one for one in athlete.consents(history=True) if one.category == "heart"]
        assert [(one.version, one.given) for one in kept] == [(1, True), (2, False), (3, True)]
    with Workbench(world.settings) as owner:
        said = [row.said for row in owner.audit_rows(subject="red1", kind="consent")][-2:]
        assert [(one["actor"], one["what"], one["detail"]["category"]) for one in said] == [
            ("red1", "withdrawn", "heart"), ("red1", "given", "heart"),
        ]  # fmt: skip


def test_nobody_consents_for_somebody_else(world: World) -> None:
    for name in ("coach", "teammate", "admin", "scientist", "nightly"):
        with world.bench(name) as bench, pytest.raises(NotAllowed):
            bench.give_consent(["training"], athlete_id="red1")


def test_a_coach_sees_of_consents_only_what_holds(world: World) -> None:
    with world.bench("coach") as coach:
        assert {one.category for one in coach.consents("red2")} == {"profile", "training"}
        assert all(not one.by and not one.guardian for one in coach.consents("red2"))
        assert coach.consents("red4") == ()


@pytest.mark.parametrize(("category", "purpose"), [("blood", "coaching"), ("heart", "marketing")])
def test_an_unknown_category_or_purpose_is_refused(category: str, purpose: str, world: World) -> None:
    with world.bench("athlete") as bench, pytest.raises(UnknownName):
        bench.give_consent([category], purpose)


def test_a_minor_needs_a_guardian(world: World) -> None:
    with world.bench("athlete") as bench:
        bench.say_details(born=2013)
        with pytest.raises(UsageError, match="guardian"):
            bench.give_consent(["heart"], "research")
        (made,) = bench.give_consent(["heart"], "research", guardian="Grandmother")
        assert made.guardian == "Grandmother"


def test_who_leaves_the_squad_is_no_longer_seen_by_its_coach(world: World) -> None:
    with world.bench("coach") as coach, world.bench("athlete") as athlete:
        (mine,) = [one for squad in athlete.squads() for one in squad.members if one.who == "red1"]
        assert coach.brief("red1").athlete_id == "red1"
        athlete.leave_squad(mine.id)
        for refused in (coach.brief, coach.workouts, coach.labels, coach.consents, coach.comments):
            with pytest.raises(NotAllowed):
                refused("red1")
        assert "red1" not in {one.id for one in coach.athletes()}


def test_an_athlete_is_in_a_squad_once_they_accept(world: World) -> None:
    with world.bench("other coach") as coach, world.bench("athlete") as athlete:
        asked = coach.invite("blue", "red1")
        with pytest.raises(NotAllowed):
            coach.workouts("red1")
        with pytest.raises(NotAllowed):
            coach.join_squad(asked.id)
        athlete.join_squad(asked.id)
        assert len(coach.workouts("red1")) > 0


def test_a_coach_invites_only_into_squads_that_they_coach(world: World) -> None:
    with world.bench("coach") as coach:
        with pytest.raises(NotAllowed):
            coach.invite("blue", "green1")
        with pytest.raises(NotAllowed):
            coach.invite("red", "coach-blue", "coach")
        with pytest.raises(NotAllowed):
            coach.invite("red", "green1", accepted=True)
    with world.bench("former coach") as former, pytest.raises(NotAllowed):
        former.invite("red", "green1")


def test_an_invitation_does_not_tell_whether_there_is_such_an_athlete(world: World) -> None:
    with world.bench("coach") as coach:
        one, other = coach.invite("red", "green1"), coach.invite("red", "nobody9")
        assert (one.squad_id, one.part, one.since) == (other.squad_id, other.part, other.since)


def test_a_role_that_is_taken_away_counts_no_longer_on_a_door_that_is_open(world: World) -> None:
    with world.bench("coach") as coach, Workbench(world.settings) as owner:
        assert len(coach.workouts("red1")) > 0
        owner.change_roles("coach-red", ["athlete"])
        with pytest.raises(NotAllowed):
            coach.workouts("red1")


def test_a_role_that_is_given_counts_from_the_next_log_in(world: World) -> None:
    with Workbench(world.settings) as owner:
        owner.change_roles("red1", ["athlete", "coach"])
        owner.invite("red", "red1", "coach", accepted=True)
    with world.bench("athlete") as before, pytest.raises(NotAllowed):
        before.workouts("red2")
    with Workbench(world.settings, signed_in(world, "red1")) as after:
        assert len(after.workouts("red2")) > 0


def test_nobody_changes_their_own_roles(world: World) -> None:
    for name, account in (("admin", "boss"), ("coach", "coach-red"), ("athlete", "red1")):
        with world.bench(name) as bench, pytest.raises(NotAllowed):
            bench.change_roles(account, ["admin", "coach"])
    with world.bench("admin") as bench:
        assert bench.change_roles("coach-red", ["coach", "athlete"]).roles == {"coach", "athlete"}
        with pytest.raises(UsageError):
            bench.change_roles("coach-red", ["coach", "data_scientist"])
        with pytest.raises(UnknownName):
            bench.change_roles("coach-red", ["owner"])


def test_an_administrator_manages_accounts_and_reads_no_health(world: World) -> None:
    with world.bench("admin") as bench:
        assert {one.id for one in bench.accounts()} >= {"boss", "red1", "coach-red"}
        assert bench.athletes() == ()
        for refused in (bench.workouts, bench.wellness, bench.brief, bench.labels, bench.comments):
            with pytest.raises(NotAllowed):
                refused("red1")
        assert bench.squad() == ()


def test_one_s_own_password_is_changed_with_the_old_one(world: World) -> None:
    with Workbench(world.settings) as owner:
        owner.set_password("red1", "first long password")
    with Workbench(world.settings, signed_in(world, "red1")) as bench:
        with pytest.raises(LogInRefused):
            bench.set_password("red1", "second long password", old="wrong")
        bench.set_password("red1", "second long password", old="first long password")
    with Workbench(world.settings, signed_in(world, "red2")) as bench, pytest.raises(NotAllowed):
        bench.set_password("red1", "third long password")


@pytest.mark.parametrize("name", ["", "ab", "Anna Maria", "local-owner", "svc-nightly", "a" * 41, "-x-", "unknown"])
def test_names_that_cannot_be_accounts_are_refused(name: str, world: World) -> None:
    with Workbench(world.settings) as owner, pytest.raises(UsageError):
        owner.add_account(name, ["athlete"])


def test_one_athlete_has_one_account(world: World) -> None:
    with Workbench(world.settings) as owner, pytest.raises(UsageError):
        owner.add_account("impostor", ["athlete"], athlete_id="red1")


def test_acting_as_somebody_needs_an_administrator_and_is_noted(world: World) -> None:
    with world.bench("admin") as admin:
        actor = admin.acting_as("coach-red")
        with Workbench(world.settings, actor) as bench:
            assert len(bench.workouts("red1")) > 0
        with pytest.raises(NotAllowed):
            admin.acting_as("boss")
    with Workbench(world.settings) as owner:
        last = owner.audit_rows(subject="coach-red", kind="account")[-1].said
        assert (last["actor"], last["what"]) == ("boss", "act as")
        owner.change_roles("boss", ["athlete"])
    with Workbench(world.settings, actor) as bench, pytest.raises(NotAllowed):
        bench.workouts("red1")
    with world.bench("coach") as coach, pytest.raises(NotAllowed):
        coach.acting_as("red1")


def test_an_athlete_reads_who_saw_them_and_nobody_else_does(world: World) -> None:
    with world.bench("coach") as coach:
        coach.workouts("red1")
    with world.bench("athlete") as athlete:
        last = athlete.who_saw()[-2:]
        assert any(row.said["actor"] == "coach-red" and row.said["what"] == "workouts" for row in last)
    for name in ("coach", "teammate", "scientist"):
        with world.bench(name) as bench, pytest.raises(NotAllowed):
            bench.who_saw("red1")


def test_in_a_workspace_made_for_research_scientists_read_and_in_no_other(world: World) -> None:
    with world.bench("scientist") as bench:
        assert bench.athletes() == ()
        with pytest.raises(NotAllowed):
            bench.workouts("red1")
    (world.settings.home / "research").touch()
    with world.bench("scientist") as bench:
        assert len(bench.workouts("red1")) > 0
        with pytest.raises(NotAllowed):
            bench.samples("red1", world.objects["red1"]["workout_id"])


def test_a_night_makes_briefs_for_everybody_and_hands_none_out_but_by_making_them(world: World) -> None:
    with world.bench("nightly") as bench:
        assert bench.brief("green3").athlete_id == "green3"
        for refused in (bench.alerts, bench.told, bench.comments, bench.quarantine):
            with pytest.raises(NotAllowed):
                refused("green3")


def test_the_standing_of_somebody_who_does_not_exist_is_nothing(world: World) -> None:
    with Workbench(world.settings) as owner:
        from tests.access.world import now

        assert owner.vault.standing("nobody", "red1", now()) == Standing(active=False)
