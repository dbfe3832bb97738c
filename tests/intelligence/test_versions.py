"""Several versions of one algorithm: each can be run, chosen and replayed."""

from __future__ import annotations

import pytest

from fitintel.core.errors import ReplayMismatch, UnknownName
from fitintel.intelligence import registry
from fitintel.intelligence.registry import Journal, replay

HOUR = (60.0, 150.0, 60.0, 190.0)


def test_a_run_of_an_earlier_version_is_replayed_after_a_later_one_took_its_place():
    journal = Journal(champions={"trimp_banister": "1.0.0"})
    result = journal.run("trimp_banister", *HOUR)
    assert result.run.version == "1.0.0" != registry.get("trimp_banister").card.version
    assert replay(result.run, journal.snapshots.__getitem__) == result.value


def test_versions_have_runs_of_their_own_and_stay_readable_side_by_side():
    now, before = Journal(), Journal(champions={"trimp_banister": "1.0.0"})
    ids = {journal.run("trimp_banister", *HOUR).run.id for journal in (now, before)}
    assert len(ids) == 2


def test_versions_are_listed_oldest_first_with_the_one_in_use_last():
    assert registry.versions("pmc") == ("1.0.0", "1.1.0")
    assert registry.get("pmc", "1.0.0").card.family == "load"


def test_a_version_that_is_not_here_is_named_with_those_that_are():
    with pytest.raises(UnknownName, match=r"9\.9\.9"):
        registry.get("pmc", "9.9.9")
    run = Journal().run("trimp_banister", *HOUR).run
    stranger = type(run)(**{name: getattr(run, name) for name in run.__slots__} | {"version": "9.9.9"})
    with pytest.raises(ReplayMismatch, match=r"9\.9\.9") as told:
        replay(stranger, {}.__getitem__)
    assert "1.0.0, 1.1.0" in str(told.value.why)
