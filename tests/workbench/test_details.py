"""Sex and year of birth: said, used for fairness alone, exported, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.core.errors import UnknownName, UsageError
from fitintel.storage import encode
from fitintel.workbench import cases
from fitintel.workbench.door import Workbench
from fitintel.workbench.policy import read

DAYS = "Date,Activity,Distance (km),Duration\n" + "".join(
    f"2025-09-{day:02d},Run,{5 + day % 3},{1800 + 60 * day}\n" for day in range(1, 29)
)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    (tmp_path / "history.csv").write_text(DAYS)
    with Workbench.open(tmp_path / "home", surface="cli") as opened:
        opened.import_files([tmp_path / "history.csv"])
        yield opened


def test_what_is_not_named_stays_as_it_was(bench: Workbench) -> None:
    bench.say_details(sex="Female")
    kept = bench.say_details(born=1985)
    assert (kept.athlete_id, kept.sex, kept.born) == ("me", "female", 1985)
    assert bench.athlete_details() == kept


def test_what_cannot_be_is_refused_and_changes_nothing(bench: Workbench) -> None:
    bench.say_details(sex="male")
    with pytest.raises(UnknownName, match="no sex named 'woman'"):
        bench.say_details(sex="woman")
    with pytest.raises(UsageError, match="1885 is no year of birth"):
        bench.say_details(born=1885)
    with pytest.raises(UsageError, match="Nothing was said"):
        bench.say_details()
    with pytest.raises(UnknownName, match="athlete"):
        bench.say_details("nobody", sex="male")
    kept = bench.athlete_details()
    assert kept is not None
    assert (kept.sex, kept.born) == ("male", None)


def test_histories_are_grouped_by_them_without_a_file(bench: Workbench) -> None:
    (case,) = cases.stored(bench)
    assert {"sex", "age_band"}.isdisjoint(case.groups)
    bench.say_details(sex="female", born=1985)
    (case,) = cases.stored(bench)
    assert (case.groups["sex"], case.groups["age_band"]) == ("female", "30 to 44")
    (case,) = cases.stored(bench, groups={"me": {"sex": "other"}})
    assert case.groups["sex"] == "other", "a table given for one report leads"


def test_no_brief_is_made_of_them(bench: Workbench) -> None:
    before = bench.brief("me", "2025-09-28")
    bench.say_details(sex="female", born=1985)
    assert encode.brief_bytes(bench.brief("me", "2025-09-28")) == encode.brief_bytes(before)


def test_they_are_exported_and_come_back_but_do_not_overrule(bench: Workbench, tmp_path: Path) -> None:
    kept = bench.say_details(sex="female", born=1985)
    bench.export(tmp_path / "me.zip", "me")
    with Workbench.open(tmp_path / "other") as other:
        other.restore(tmp_path / "me.zip")
        assert other.athlete_details("me") == kept
        later = other.say_details(born=1986)
        other.restore(tmp_path / "me.zip")
        assert other.athlete_details("me") == later


def test_the_audit_chain_says_what_was_given_and_withdrawn_but_not_the_values(bench: Workbench) -> None:
    bench.say_details(sex="female", born=1985)
    assert bench.forget_details()
    assert bench.athlete_details() is None
    assert not bench.forget_details()
    given, withdrawn = bench.audit_rows(kind="consent")
    assert given.said["detail"] == {"for": "fairness", "details": ["sex", "year of birth"]}
    assert (withdrawn.said["what"], withdrawn.said["subject"]) == ("withdrawn", "me")
    assert not any("1985" in row.body or "female" in row.body for row in bench.audit_rows())


def test_the_simulated_squad_has_every_monitored_group(tmp_path: Path) -> None:
    from dataclasses import replace

    made = cases.simulated(replace(read().squad, athletes=8, years=0.5))
    assert all(set(read().groups.monitored) <= set(case.groups) for case in made)
    assert {case.groups["sex"] for case in made} == {"female", "male"}


def test_the_demo_squad_is_stored_with_its_details(tmp_path: Path) -> None:
    from fitintel.intelligence.simulate import simulate_squad
    from fitintel.workbench.demo import make_demo

    with Workbench.open(tmp_path / "home") as bench:
        make_demo(bench.store, bench.blobs, athletes=2, years=0.2, end_day=20366)
        (one, _) = simulate_squad(athletes=2, years=0.2, end_day=20366)
        kept = bench.store.details("demo-01")
        assert kept is not None
        assert (kept.sex, kept.born, kept.by) == (one.sex, one.born, "simulator")
