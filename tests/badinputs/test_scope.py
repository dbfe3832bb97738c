"""Every case of the catalogue has its place: none is left out in silence, none stands twice."""

from __future__ import annotations

from pathlib import Path

from tests.badinputs import scope
from tests.badinputs.test_catalogue import GENERATED
from tests.badinputs.test_forms import FORMS
from tests.badinputs.test_requests import REQUESTS
from tests.badinputs.test_services import SERVICES

MOST = 8
"""deviations; more of them would be another catalogue"""


def test_every_case_is_generated_or_told_why_not() -> None:
    parts = [set(each) for each in (GENERATED, FORMS, SERVICES, REQUESTS, scope.TOGETHER, scope.TYPED, scope.ELSEWHERE,
                                    scope.OUT_OF_SCOPE)]  # fmt: skip
    every = {f"{part}-{number:02d}" for part, last in scope.CATALOGUE.items() for number in range(1, last + 1)}
    assert len(every) == 171
    assert set().union(*parts) == every
    assert sum(map(len, parts)) == len(every), "none stands twice"


def test_deviations_are_few_and_of_cases_that_are_tested() -> None:
    assert len(scope.DEVIATES) <= MOST
    assert set(scope.DEVIATES) <= {*GENERATED, *FORMS, *scope.TOGETHER, *scope.TYPED}


def test_cases_that_hold_in_part_are_tested_for_that_part() -> None:
    assert set(scope.PARTLY) <= set(scope.ELSEWHERE)


def test_the_tests_that_are_named_are_there() -> None:
    together = [f"tests/badinputs/test_together.py::{name}" for name in scope.TOGETHER.values()]
    typed = [f"tests/badinputs/test_forms.py::{name}" for name in scope.TYPED.values()]
    for place in [*scope.ELSEWHERE.values(), *together, *typed]:
        file, _, name = place.partition("::")
        assert f"def {name}(" in (Path(__file__).parents[2] / file).read_text(encoding="utf-8"), place
