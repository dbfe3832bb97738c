"""Sex and year of birth, which an athlete may say so that fairness can be watched. Nothing else reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fitintel.core import days
from fitintel.core.errors import UnknownName, UsageError

SEXES = ("female", "male", "other")
OLDEST = 110
"""years"""
BANDS = ((30, "under 30"), (45, "30 to 44"), (60, "45 to 59"))
"""years of age -> age band; from 60 on: 60 or older"""


@dataclass(frozen=True, slots=True)
class Details:
    """Said by the athlete or for them, and taken back whenever they like. None: not said."""

    athlete_id: str
    sex: str | None
    """one of SEXES"""
    born: int | None
    """year of birth"""
    by: str
    """actor"""
    at: datetime

    def groups(self, day: int) -> dict[str, str]:
        """The monitored groups that these details tell, on a day [day number].

        >>> from datetime import UTC
        >>> Details("anna", "female", 1985, "anna", datetime(2026, 1, 2, tzinfo=UTC)).groups(20366)
        {'sex': 'female', 'age_band': '30 to 44'}
        """
        found = {} if self.sex is None else {"sex": self.sex}
        return found if self.born is None else found | {"age_band": age_band(self.born, day)}


def age_band(born: int, day: int) -> str:
    """Age band on a day [day number] of who was born in the year `born`, as if the birthday of that year had been.

    >>> [age_band(born, 20366) for born in (1996, 1995, 1966, 1965)]
    ['under 30', '30 to 44', '45 to 59', '60 or older']
    """
    age = year_of(day) - born
    return next((name for below, name in BANDS if age < below), "60 or older")


def checked(sex: str | None, born: int | None, day: int) -> tuple[str | None, int | None]:
    """Both, if they can be; raises UnknownName for another sex, UsageError for a year that nobody alive was born in.

    >>> checked("Female", 1985, 20366)
    ('female', 1985)
    """
    said = None if sex is None else sex.strip().lower()
    if said is not None and said not in SEXES:
        raise UnknownName("sex", said, SEXES)
    year = year_of(day)
    if born is not None and not year - OLDEST <= born <= year:
        raise UsageError(f"{born} is no year of birth", why=f"it should be from {year - OLDEST} to {year}")
    return said, born


def year_of(day: int) -> int:
    """Calendar year of a day number."""
    return int(days.iso(day)[:4])
