"""Broken glass: with a reason and a second person, for one athlete and an hour at most, and never unseen."""

from __future__ import annotations

import pytest

from fitintel.core.errors import NotAllowed, UsageError
from fitintel.workbench.door import Workbench
from tests.access.world import World, signed_in


def test_broken_glass_opens_with_a_reason_and_a_second_person_for_its_minutes(world: World) -> None:
    second = signed_in(world, "second")
    with world.bench("admin") as admin, Workbench(world.settings, second) as other, world.bench("athlete") as athlete:
        with pytest.raises(UsageError, match="reason"):
            admin.break_glass("red1", "why not")
        with pytest.raises(UsageError):
            admin.break_glass("red1", "she is unconscious at the track", minutes=61)
        one = admin.break_glass("red1", "she is unconscious at the track", minutes=30)
        with pytest.raises(NotAllowed):
            admin.workouts("red1")
        with pytest.raises(NotAllowed):
            admin.approve_glass(one.id)
        other.approve_glass(one.id)
        assert len(admin.workouts("red1")) > 0
        for whose in ("red2", "blue1"):
            with pytest.raises(NotAllowed):
                admin.workouts(whose)
        with pytest.raises(NotAllowed):
            other.workouts("red1")
        with pytest.raises(NotAllowed):
            admin.label(world.objects["red1"]["workout_id"], activity="walk", athlete_id="red1")
        admin.end_glass(one.id)
        with pytest.raises(NotAllowed):
            admin.workouts("red1")
        rows = [row.said["what"] for row in athlete.who_saw("red1") if row.kind == "glass"]
        assert rows == ["ask", "open", "close"]
        assert [each.told_at for each in athlete.glasses()] == [None]
        assert athlete.glasses()[0].told_at is not None


def test_broken_glass_is_over_after_its_minutes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime, timedelta

    from fitintel.workbench import facts

    class Later(datetime):
        ahead = timedelta()

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + cls.ahead

    monkeypatch.setattr(facts, "datetime", Later)
    with world.bench("admin") as admin, Workbench(world.settings, signed_in(world, "second")) as other:
        other.approve_glass(admin.break_glass("red1", "she is unconscious at the track", minutes=30).id)
        assert len(admin.workouts("red1")) > 0
        Later.ahead = timedelta(minutes=31)
        with pytest.raises(NotAllowed):
            admin.workouts("red1")
