"""What is typed ends as listed, whatever it is; what stands beside it stays."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.errors import FitintelError
from fitintel.core.records import Athlete, Outcome
from fitintel.core.workouts import COLUMNS
from fitintel.workbench.door import Workbench
from tests.badinputs import man
from tests.badinputs.case import generated
from tests.badinputs.classes import CLASS
from tests.badinputs.man import DAY, WORKOUT, Form
from tests.badinputs.test_catalogue import SAID

TODAY = 20_369
"""8 October 2025"""
FORMS = generated(man)
CASES = [pytest.param(form, id=f"{name}-{form.variant}") for name, make in FORMS.items() for form in make()]
GOOD = {"date": "2025-10-01", "sport": "ride", "duration": "2h", "notes": "good"}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("forms") / "home"
    with Workbench.open(home) as bench:
        bench.store.put_athlete(Athlete("me", "You"))
    return home


@pytest.fixture
def bench(migrated: Path, tmp_path: Path) -> Any:
    shutil.copytree(migrated, tmp_path / "home")
    with Workbench.open(tmp_path / "home") as opened:
        yield opened


def stored(bench: Workbench) -> list[dict[str, Any]]:
    rows = bench.store.workouts("me", columns=list(COLUMNS)).rows()
    return [{name: value for name, value in row.items() if name != "import_id"} for row in rows]


def everything(bench: Workbench) -> tuple[Any, ...]:
    said = [bench.stated(what, "me", history=True) for what in ("threshold", "goal", "plan", "excuse")]
    return stored(bench), bench.store.wellness("me"), said


@pytest.mark.parametrize("form", CASES)
def test_what_is_typed_ends_as_listed(bench: Workbench, form: Form) -> None:
    assert bench.add(**GOOD, today=TODAY).record.imported == 1
    before, ledger = everything(bench), bench.store.imports("me")

    if form.outcome is None:
        for _ in range(2):
            with pytest.raises(FitintelError) as caught:
                getattr(bench, form.verb)(**form.fields, today=TODAY)
            text = str(caught.value)
            assert caught.value.what
            assert caught.value.next or caught.value.why
            assert (everything(bench), bench.store.imports("me")) == (before, ledger)
    else:
        report = getattr(bench, form.verb)(**form.fields, today=TODAY)
        text = " ".join(f"{p.rule} {p.value} {p.detail}" for p in report.problems)
        assert report.outcome is form.outcome
        assert {CLASS[p.rule] for p in report.problems if p.rule in CLASS} == set(form.classes.split())
        assert bench.blobs.get("raw", report.record.sha256)
        assert len(bench.store.imports("me")) == len(ledger) + 1
        if form.outcome is Outcome.QUARANTINED:
            assert everything(bench) == before
        for name, value in form.holds.items():
            assert [row[name] for row in stored(bench) if row["day"] == TODAY - 1] == [value]
        after = everything(bench)
        again = getattr(bench, form.verb)(**form.fields, today=TODAY)
        assert again.outcome in (Outcome.DUPLICATE, Outcome.QUARANTINED)
        assert everything(bench) == after

    for word in form.says:
        assert word in text
    assert len(text) <= 500
    assert not SAID.search(text)
    assert bench.add(**{**GOOD, "date": "2025-10-02"}, today=TODAY).record.imported == 1


def test_a_double_click_is_one_workout_and_the_second_answer_says_so(bench: Workbench) -> None:
    first, second = (bench.add(**WORKOUT, today=TODAY) for _ in range(2))
    assert (first.record.imported, second.record.imported, second.outcome) == (1, 0, Outcome.DUPLICATE)
    assert second.already is not None
    assert second.already.id == first.record.id
    assert len(stored(bench)) == 1


def test_two_who_change_the_same_entry_lose_nothing(bench: Workbench) -> None:
    for pulse in ("50", "52"):
        last = bench.add_wellness(date=DAY, resting_hr=pulse, today=TODAY)
    assert [(p.rule, p.detail) for p in last.problems] == [("wellness_corrected", "resting_hr stored 50, now 52")]
    for power in ("250W", "260W"):
        bench.state("threshold", kind="power", value=power, valid_from=DAY, today=TODAY)
    assert [each.value for each in bench.stated("threshold", "me", history=True)] == [250.0, 260.0]
    assert [each.value for each in bench.stated("threshold", "me")] == [260.0]
