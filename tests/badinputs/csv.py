"""CSV-01 to CSV-32: tables of workouts, broken in one way each."""

from __future__ import annotations

from collections.abc import Iterator

from tests.badinputs.case import Case, imported, quarantined, warned

HEADER = "date,sport,duration (min),distance (km),heart rate,steps,calories,rpe,notes"


def row(day: int, *, minutes: object = 30, km: object = 5.5, hr: object = 150, rest: str = "5000,400,4,fine") -> str:
    """A row of March 2024."""
    return f"2024-03-{day:02d},Run,{minutes},{km},{hr},{rest}"


def table(*rows: str, header: str = HEADER, end: str = "\n") -> str:
    """A valid table of the 1st, with more rows behind."""
    return end.join((header, row(1), *rows)) + end


def csv_01() -> Iterator[Case]:
    yield warned("table.csv", (HEADER + "\n").encode(), "W_NO_ROWS", 0, says=("0 rows",))


def csv_02() -> Iterator[Case]:
    yield quarantined("table.csv", f"{row(1)}\n{row(2)}\n".encode(), "E_SCHEMA", says=("line 1",))


def csv_03() -> Iterator[Case]:
    data = table("2024-03-02,Run,30,5,150,5000,400,4,naïve Müller").encode("latin-1")
    yield imported("table.csv", data, 2, "W_ENCODING", says=("cp1252", "byte 155"), holds={"notes": ["naïve Müller"]})


def csv_04() -> Iterator[Case]:
    for encoding in ("utf-16-le", "utf-16-be"):
        yield imported("table.csv", ("\ufeff" + table(row(2))).encode(encoding), 2, variant=encoding)


def csv_05() -> Iterator[Case]:
    yield imported("table.csv", table(row(2)).encode("utf-8-sig"), 2)


def csv_06() -> Iterator[Case]:
    rows = [row(day) for day in range(2, 21)]
    rows[15] = row(17, rest="5000,400,4,é \udcc3(")
    yield quarantined("table.csv", table(*rows).encode("utf-8", "surrogateescape"), "E_ENCODING", 19, says=("\\xc3",))


def csv_07() -> Iterator[Case]:
    yield quarantined("table.csv", table(row(2, minutes="3\x000"), row(3)).encode(), "E_SYNTAX", 2)


def csv_08() -> Iterator[Case]:
    yield quarantined("table.csv", table(row(2) + ",more", row(3)).encode(), "E_SYNTAX", 2, says=("10", "9"))


def csv_09() -> Iterator[Case]:
    yield warned("table.csv", table("2024-03-02,Run,30,5", row(3)).encode(), "W_SHORT_ROW", 3, variant="optional")
    yield quarantined("table.csv", table("2024-03-02,Run", row(3)).encode(), "E_SCHEMA", 2, variant="required")


def csv_10() -> Iterator[Case]:
    data = table('2024-03-02,Run,30,5,150,5000,400,4,"said', row(3)).encode()
    yield quarantined("table.csv", data, "E_SYNTAX", 2)


def csv_11() -> Iterator[Case]:
    header = "date,distance (km),heart rate,Heart rate"
    yield quarantined("table.csv", f"{header}\n2024-03-01,5,150,151\n".encode(), "E_SCHEMA", says=("eart rate",))


def csv_12() -> Iterator[Case]:
    data = "date;sport;duration (min);distance (km)\n2024-03-01;Run;30,5;8,25\n2024-03-02;Run;31,5;9,25\n"
    yield imported("table.csv", data.encode(), 2, "W_DIALECT", says=("';'",),
                   holds={"distance": [8250.0, 9250.0], "duration": [1830.0]})  # fmt: skip


def csv_13() -> Iterator[Case]:
    plain = "date;distance (m)\n2024-03-01;12.345\n"
    yield quarantined("table.csv", plain.encode(), "E_AMBIGUOUS", variant="12.345")


def csv_14() -> Iterator[Case]:
    def dated(*days: str) -> bytes:
        return ("date,distance (km)\n" + "".join(f"{day},5\n" for day in days)).encode()

    yield imported("table.csv", dated("03/04/2024", "13/04/2024"), 2, variant="one-decides")
    yield quarantined("table.csv", dated("03/04/2024"), "E_AMBIGUOUS", variant="none-decides", says=("date-order",))


def csv_15() -> Iterator[Case]:
    for value in ("1e309", "NaN", "inf", "-inf", "Infinity"):
        yield warned("table.csv", table(row(2, hr=value)).encode(), "E_RANGE", 2, variant=f"optional-{value}",
                     says=("finite",))  # fmt: skip
        yield quarantined("table.csv", table(row(2, km=value)).encode(), "E_RANGE", 1, variant=f"required-{value}")


def csv_16() -> Iterator[Case]:
    rows = [row(2 + place, rest=f"5000,400,4,{word}") for place, word in enumerate(("NA", "Null", "None", "TRUE"))]
    yield imported("table.csv", table(*rows).encode(), 5, holds={"notes": ["NA", "Null", "None", "TRUE"]})


def csv_17() -> Iterator[Case]:
    data = "id,date,distance (km)\n007,2024-03-01,5\n12345678901234567890,2024-03-02,5\n"
    yield imported("table.csv", data.encode(), 2, holds={"source_id": ["007", "12345678901234567890"]})


def csv_18() -> Iterator[Case]:
    for name, bad in {"duration": {"minutes": -30}, "distance": {"km": -5}}.items():
        yield quarantined("table.csv", table(row(2, **bad)).encode(), "E_RANGE", 1, variant=f"negative-{name}")
    for hr in (-5, 0, 300):
        yield warned("table.csv", table(row(2, hr=hr)).encode(), "E_RANGE", 2, variant=f"hr-{hr}", says=(str(hr),))
    yield warned("table.csv", table(row(2, rest="5000,400,11,")).encode(), "E_RANGE", 2, variant="rpe-11")
    yield warned("table.csv", table(row(2, km=100)).encode(), "E_RANGE", 2, variant="speed-200")
    for name, value in {"weight (kg)": "0.5", "weight (kg) ": "700", "sleep (h)": "30"}.items():
        data = f"date,{name.strip()},resting hr\n2024-03-01,{value},50\n"
        yield warned("table.csv", data.encode(), "E_RANGE", 0, variant=f"{name.split()[0]}-{value}", says=(value,))


def csv_19() -> Iterator[Case]:
    guarded = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx")
    rows = [row(2 + place, rest=f'5000,400,4,"{note}"') for place, note in enumerate(guarded)]
    yield imported("table.csv", table(*rows).encode(), 6, holds={"notes": guarded[:4]})


def csv_20() -> Iterator[Case]:
    header = HEADER + ",<img src=x onerror=alert(1)>"
    rows = "2024-03-01,Run,30,5,150,5000,400,4,</script><img src=x onerror=alert(1)>,1\n"
    yield imported("table.csv", f"{header}\n{rows}".encode(), 1)


def csv_21() -> Iterator[Case]:
    yield quarantined("table.csv", table(row(2, rest="1,2,3," + "x" * 200_000)).encode(), "E_LIMIT", 1, variant="cell")
    yield quarantined("table.csv", lambda: b"x" * 4_000_000, "E_LIMIT", variant="line", says=("1,048,576",))


def csv_23() -> Iterator[Case]:
    header = "date,distance (km)," + ",".join(f"c{place}" for place in range(20_000))
    yield quarantined("table.csv", f"{header}\n2024-03-01,5\n".encode(), "E_LIMIT", says=("20,002", "500"))


def csv_24() -> Iterator[Case]:
    ends = ("\r\n", "\r", "\u2028", "\f\n", "\n")
    data = HEADER + "\n" + "".join(row(1 + place) + end for place, end in enumerate(ends))
    yield imported("table.csv", data.encode(), 5)


def csv_25() -> Iterator[Case]:
    for day in ("1989-12-31", "1969-12-31", "1600-01-01", "2089-01-01", "9999-12-31"):
        data = table(f"{day},Run,30,5,150,5000,400,4,").encode()
        yield quarantined("table.csv", data, "E_TIME", 1, variant=day, says=(day,))


def csv_26() -> Iterator[Case]:
    for name, moment, found in (("gap", "2024-03-31 02:30", "W_DST_GAP"), ("fold", "2024-10-27 02:30", "W_DST_FOLD")):
        data = f"date,sport,duration (min),distance (km)\n{moment},Run,30,5\n".encode()
        yield warned("table.csv", data, found, variant=name, options={"zone": "Europe/Berlin"})


def csv_27() -> Iterator[Case]:
    for moment in ("2016-12-31 23:59:60", "2024-03-01 24:00:00"):
        data = f"date,sport,duration (min),distance (km)\n{moment},Run,30,5\n".encode()
        yield warned("table.csv", data, "W_TIME", variant=moment)


def csv_28() -> Iterator[Case]:
    yield imported("table.csv", b"date,distance (mi)\n2024-03-01,3.1\n", variant="miles")
    mixed = b"date,distance,duration (min)\n2024-03-01,5 km,30\n2024-03-02,3.1,30\n2024-03-03,3.1 mi,30\n"
    yield quarantined("table.csv", mixed, "E_AMBIGUOUS", variant="mixed")


def csv_29() -> Iterator[Case]:
    for value in ("１２０", "٣", "1_000"):
        data = table(row(2, minutes=value)).encode()
        yield quarantined("table.csv", data, "E_SYNTAX", 1, variant=value.encode("ascii", "namereplace").decode()[:24])


def csv_30() -> Iterator[Case]:
    for value in (99999999999999999999, 2**63):
        yield quarantined("table.csv", table(row(2, km=value)).encode(), "E_RANGE", 1, variant=f"distance-{value}")
        data = table(row(2, rest=f"{value},400,4,")).encode()
        yield warned("table.csv", data, "E_RANGE", 2, variant=f"steps-{value}")


def csv_31() -> Iterator[Case]:
    yield imported("table.csv", table(row(1), row(2)).encode(), 2, "W_REPEATED_ROW", variant="identical",
                   counts={"read": 3, "imported": 2, "duplicate": 1})  # fmt: skip
    data = b"date,sport,distance (km)\n2024-03-01 10:00,Run,5\n2024-03-01 10:00,Run,7\n2024-03-02 10:00,Run,7\n"
    yield quarantined("table.csv", data, "E_CONFLICT", 1, variant="conflict", says=("2", "3"))


def csv_32() -> Iterator[Case]:
    yield imported("table.csv", b"date,distance (km),athlete_id,role\n2024-03-01,5,bob,admin\n", 1, "W_IGNORED_COLUMN",
                   says=("athlete_id",))  # fmt: skip
