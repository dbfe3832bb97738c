"""JSN-01 to JSN-13: JSON as a file. It is no source yet, so each is kept aside as what it is."""

from __future__ import annotations

from collections.abc import Iterator

from tests.badinputs.case import Case, quarantined


def _kept(*texts: bytes) -> Iterator[Case]:
    for number, text in enumerate(texts):
        yield quarantined("workout.json", text, "E_TYPE", says=("JSON",), variant=str(number) if number else "")


def jsn_01() -> Iterator[Case]:
    yield from _kept(b'{"hr": NaN, "x": Infinity}')


def jsn_02() -> Iterator[Case]:
    yield from _kept(b'{"hr": 1e999}')


def jsn_03() -> Iterator[Case]:
    yield from _kept(b'{"id": 1, "id": 2}')


def jsn_04() -> Iterator[Case]:
    yield from _kept(b'{"a":' + b"[" * 100_000)


def jsn_05() -> Iterator[Case]:
    yield from _kept(b'{"a": ' + b"9" * 5000 + b"}")


def jsn_06() -> Iterator[Case]:
    yield from _kept(b'{"a": "\\ud800"}')


def jsn_07() -> Iterator[Case]:
    yield from _kept(b'\xef\xbb\xbf{"a": 1}')


def jsn_08() -> Iterator[Case]:
    yield from _kept(b'{"a": 1}{"a": 2}', b'{"a": 1,}', b"{'a': 1}", b'{"a": 1} // more', b'{"a": 1}\n{"a": 2}\n')


def jsn_10() -> Iterator[Case]:
    yield from _kept(b'{"time": [1, 2, 3], "hr": [120, 121]}')


def jsn_11() -> Iterator[Case]:
    yield from _kept(b'{"role": "admin", "is_admin": true, "athlete_id": "bob"}')


def jsn_12() -> Iterator[Case]:
    yield from _kept(b'{"samples": [{"hr": "120"}, {"hr": true}]}')


def jsn_13() -> Iterator[Case]:
    yield from _kept(b'{"__proto__": 1, "$where": "{{7*7}}", "note": "${jndi:ldap://127.0.0.1/a}"}')
