"""What was judged and put in use, on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.errors import NotFound
from fitintel.core.promotion import (
    Affected,
    Approval,
    Evaluation,
    Promotion,
    Shadow,
    ShadowRun,
    Step,
    champions,
    shadowed,
)
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, a_run

AT = datetime(2026, 3, 1, 6, 30, 0, 123456, tzinfo=UTC)
JUDGED = Evaluation("e-1", "pmc", "2.0.0", "1.0.0", "ann", AT, "f" * 64, True, {"gain": 0.1, "reasons": ["won"]})
ASKED = Promotion("p-1", "pmc", "1.0.0", "2.0.0", Step.PROMOTE, "ann", AT, "steadier", "e-1", alone=False)


def test_an_evaluation_comes_back_as_it_was(store: Store) -> None:
    store.put_evaluation(JUDGED)
    store.put_evaluation(replace(JUDGED, passed=False))
    store.put_evaluation(replace(JUDGED, id="e-2", algorithm="riegel", at=AT + timedelta(days=1)))
    assert store.evaluations("pmc") == (JUDGED,)
    assert [one.id for one in store.evaluations()] == ["e-1", "e-2"]


def test_a_promotion_holds_from_the_approval_of_somebody_else(store: Store) -> None:
    store.put_evaluation(JUDGED)
    store.put_promotion(ASKED)
    store.approve(Approval("p-1", "ann", AT))
    assert champions(store.promotions()) == {}
    store.approve(Approval("p-1", "ben", AT + timedelta(hours=1), "looked at the groups"))
    (kept,) = store.promotions("pmc")
    assert (kept.since, champions([kept])) == (AT + timedelta(hours=1), {"pmc": "1.0.0"})
    assert replace(kept, approvals=()) == ASKED


def test_what_came_to_hold_last_holds_whenever_it_was_asked_for(store: Store) -> None:
    store.put_evaluation(JUDGED)
    store.put_promotion(ASKED)
    back = replace(ASKED, id="p-2", version="2.0.0", before="1.0.0", step=Step.ROLL_BACK, at=AT + timedelta(hours=2),
                   evaluation_id=None, alone=True)  # fmt: skip
    store.put_promotion(back)
    assert champions(store.promotions()) == {"pmc": "2.0.0"}
    store.approve(Approval("p-1", "ben", AT + timedelta(hours=3)))
    assert champions(store.promotions()) == {"pmc": "1.0.0"}


def test_an_approval_of_nothing_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="no promotion p-9"):
        store.approve(Approval("p-9", "ben", AT))


def test_affected_figures_come_back_by_promotion_and_each_is_kept_once(store: Store) -> None:
    store.put_athlete(ANNA)
    store.put_evaluation(JUDGED)
    store.put_promotion(ASKED)
    rows = (Affected(ANNA.id, 20366, "load/load_state/ctl", 62.0, 58.0, "1.0.0"),
            Affected(ANNA.id, 20366, "load/load_state/tsb", None, -3.25, "1.0.0"))  # fmt: skip
    store.put_affected("p-1", rows[::-1])
    store.put_affected("p-1", [replace(rows[0], after=1.0)])
    assert store.affected() == {"p-1": rows}
    assert store.affected(["p-1"]) == {"p-1": rows}
    assert store.affected(["p-2"]) == {}
    with pytest.raises(NotFound, match="no promotion p-9"):
        store.put_affected("p-9", rows)


def test_a_shadow_is_turned_on_and_off(store: Store) -> None:
    store.put_shadow(Shadow("pmc", "1.0.0", True, "ann", AT))
    assert shadowed(store.shadows()) == [("pmc", "1.0.0")]
    store.put_shadow(Shadow("pmc", "1.0.0", False, "ann", AT + timedelta(minutes=1)))
    assert shadowed(store.shadows()) == []
    assert [one.on for one in store.shadows()] == [True, False]


def test_a_run_in_the_shadow_is_kept_once_with_its_audit_row(store: Store) -> None:
    store.put_athlete(ANNA)
    run = a_run()
    one = ShadowRun(ANNA.id, 20000, "pmc", "1.0.0", "r-beside", run.id)
    failed = replace(one, version="3.0.0", run_id=None, error="ValueError: no")
    for _ in range(2):
        store.put_shadow_runs([one, failed], [run])
    assert store.shadow_runs("pmc") == (one, failed)
    assert store.shadow_runs("riegel") == ()
    assert store.run(run.id) == run
    with pytest.raises(NotFound):
        store.put_shadow_runs([replace(one, athlete_id="nobody")], [run])
