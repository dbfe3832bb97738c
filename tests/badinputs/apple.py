"""APL-01 to APL-05: exports of Apple Health."""

from __future__ import annotations

from collections.abc import Iterator

from tests.badinputs.case import Case, imported, quarantined, warned

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
DTD = """<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
<!ELEMENT Record EMPTY>
<!ATTLIST Record type CDATA #REQUIRED unit CDATA #IMPLIED>
]>
"""
KIND = "HKQuantityTypeIdentifier"


def record(kind: str, start: str, end: str | None, value: str, unit: str, source: str = "Watch") -> str:
    """One record."""
    until = "" if end is None else f' endDate="{end}"'
    return (f'<Record type="{KIND}{kind}" sourceName="{source}" unit="{unit}" startDate="{start}"{until}'
            f' value="{value}"/>')  # fmt: skip


def weight(day: int = 1, value: str = "70.5", end: bool = True, source: str = "Watch") -> str:
    """The weight of a day in April."""
    moment = f"2024-04-{day:02d} 06:00:00 +0200"
    return record("BodyMass", moment, moment if end else None, value, "kg", source)


def export(*elements: str, dtd: str = DTD) -> bytes:
    """An export.xml."""
    return f'{HEAD}{dtd}<HealthData locale="en_US">\n{chr(10).join(elements)}\n</HealthData>\n'.encode()


def apl_01() -> Iterator[Case]:
    yield imported("export.xml", export(weight()), 0, variant="dtd")
    hostile = DTD.replace("]>", '<!ENTITY a "x">]>')
    yield quarantined("export.xml", export(weight(), dtd=hostile), "E_UNSAFE", variant="entity", says=("entit",))


def apl_03() -> Iterator[Case]:
    twice = DTD.replace("]>", "<!ATTLIST Record type CDATA #REQUIRED unit CDATA #IMPLIED>\n]>")
    yield imported("export.xml", export(weight(), dtd=twice), 0, "W_REPAIRED", variant="attlist")
    yield imported("export.xml", export(weight(source="My\x0bWatch")), 0, "W_REPAIRED", variant="vertical-tab")


def apl_04() -> Iterator[Case]:
    moment = "2024-03-31 02:30:00 +0100"
    pulse = record("RestingHeartRate", moment, moment, "52", "count/min")
    yield imported("export.xml", export(pulse, weight(2, "70,5")), 0, variant="offset-and-comma")
    yield warned("export.xml", export(weight(3, end=False)), "W_TIME", 0, variant="no-end")


def apl_05() -> Iterator[Case]:
    def steps(source: str, count: int) -> str:
        return record("StepCount", "2024-03-05 10:00:00 +0100", "2024-03-05 10:10:00 +0100", str(count), "count",
                      source)  # fmt: skip

    yield imported("export.xml", export(steps("Anna's iPhone", 1000), steps("Anna's Apple Watch", 1100)), 0)
