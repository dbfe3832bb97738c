"""XML-01 to XML-22: GPX and TCX, hostile, damaged or odd in one way each."""

from __future__ import annotations

from collections.abc import Iterator

from tests.badinputs.case import Case, imported, quarantined, warned
from tests.ingest.xml import files as xml

POINTS = 120
ZONE = {"zone": "Europe/Berlin"}
"""said where neither zone nor position is in the file"""
GOOD = xml.ride(POINTS)
TRACK = xml.track(xml.segment(range(POINTS)), name="Run", kind="running")


def with_doctype(doctype: str, name: str = "&a;") -> bytes:
    """The good track with a document type and a name that uses it."""
    return xml.gpx(TRACK.replace("<name>Run", f"<name>{name}"), head=f'<?xml version="1.0"?>\n{doctype}\n')


def points(odd: dict[int, str]) -> bytes:
    """A track of which some points are written otherwise."""
    made = "".join(odd.get(second, xml.point(second)) for second in range(POINTS))
    return xml.gpx(xml.track(f"<trkseg>{made}</trkseg>", kind="running"))


def bomb(levels: int, width: int) -> str:
    """Entities that name each other."""
    inner = '<!ENTITY a0 "lollollol">'
    for level in range(1, levels):
        inner += f'<!ENTITY a{level} "{f"&a{level - 1};" * width}">'
    return f"<!DOCTYPE gpx [{inner}]>"


def xml_01() -> Iterator[Case]:
    yield quarantined("track.gpx", with_doctype(bomb(9, 10), "&a8;"), "E_UNSAFE", says=("entit",))


def xml_02() -> Iterator[Case]:
    yield quarantined("track.gpx", with_doctype(bomb(5, 10), "&a4;"), "E_UNSAFE", says=("entit",))


def xml_03() -> Iterator[Case]:
    for address in ("file:///etc/hostname", "http://127.0.0.1:9/x"):
        doctype = f'<!DOCTYPE gpx [<!ENTITY a SYSTEM "{address}">]>'
        yield quarantined("track.gpx", with_doctype(doctype), "E_UNSAFE", variant=address.split(":")[0])


def xml_04() -> Iterator[Case]:
    doctype = '<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/d.dtd">'
    yield quarantined("track.gpx", with_doctype(doctype, "Run"), "E_UNSAFE")


def xml_05() -> Iterator[Case]:
    data = xml.gpx(TRACK, before="<a>" * 50_000 + "</a>" * 50_000)
    yield quarantined("track.gpx", data, "E_LIMIT", says=("64",))


def xml_06() -> Iterator[Case]:
    doctype = f'<!DOCTYPE gpx [<!ENTITY a "{"x" * 50_000}">]>'
    yield quarantined("track.gpx", with_doctype(doctype, "&a;" * 2000), "E_UNSAFE")


def xml_07() -> Iterator[Case]:
    long = f'<a b="{"x" * 200_000}"/>'
    many = "<a " + " ".join(f'b{n}=""' for n in range(10_000)) + "/>"
    yield quarantined("track.gpx", xml.gpx(TRACK, before=long), "E_LIMIT", variant="long")
    yield quarantined("track.gpx", xml.gpx(TRACK, before=many), "E_LIMIT", variant="many")


def xml_08() -> Iterator[Case]:
    half = GOOD[: len(GOOD) // 2]
    yield quarantined("track.gpx", half, "E_TRUNCATED", variant="gpx")
    whole = xml.tcx(xml.activity(xml.lap(0, range(POINTS))))
    yield quarantined("run.tcx", whole[: len(whole) // 2], "E_TRUNCATED", variant="tcx")
    yield warned("track.gpx", half, "W_SALVAGED", variant="salvage", options={"salvage": True})


def xml_09() -> Iterator[Case]:
    named = xml.gpx(TRACK.replace("<name>Run", "<name>Mülheim"))
    yield quarantined("track.gpx", named.decode().encode("latin-1"), "E_ENCODING", variant="latin-1")
    for other in ("UTF-7", "x-unknown"):
        yield quarantined("track.gpx", named.replace(b"UTF-8", other.encode()), "E_ENCODING", variant=other,
                          says=(other,))  # fmt: skip


def xml_10() -> Iterator[Case]:
    old = xml.gpx(TRACK, attributes=' xmlns="http://www.topografix.com/GPX/1/0"').replace(b'"1.1"', b'"1.0"', 1)
    yield imported("track.gpx", old, variant="1.0")
    yield imported("track.gpx", xml.gpx(TRACK, attributes=""), variant="none")
    yield imported("track.gpx", xml.gpx(TRACK, attributes=' xmlns="http://example.org/other"'), variant="wrong")
    odd = xml.gpx(TRACK.replace("</trkpt>", "<extensions><q:hr>120</q:hr></extensions></trkpt>"))
    yield quarantined("track.gpx", odd, "E_SYNTAX", variant="undeclared", says=("q:hr",))


def xml_11() -> Iterator[Case]:
    few = {
        10: xml.point(10, lat="91"), 20: xml.point(20, lon="181"), 30: xml.point(30, lat="NaN"),
        40: xml.point(40, lat=""), 50: xml.point(50).replace("100.5", "1e400"),
        60: xml.point(60).replace('lat="50.006000" ', ""),
    }  # fmt: skip
    yield warned("track.gpx", points(few), "W_GPS W_VALUE", variant="some")
    most = {second: xml.point(second, lat="91") for second in range(80)}
    yield quarantined("track.gpx", points(most), "E_RANGE", variant="most")


def xml_12() -> Iterator[Case]:
    yield quarantined("track.gpx", xml.gpx(xml.track(xml.segment([None] * POINTS))), "E_TYPE")


def xml_13() -> Iterator[Case]:
    def timed(change: str) -> bytes:
        made = "".join(xml.point(second).replace("Z</time>", f"{change}</time>") for second in range(POINTS))
        return xml.gpx(xml.track(f"<trkseg>{made}</trkseg>", kind="running"))

    for name, change in {"offset": "+02:00", "seven": ".1234567Z", "comma": ",5Z"}.items():
        yield imported("track.gpx", timed(change), variant=name)
    yield warned("track.gpx", timed(""), "W_TZ", variant="no-zone")


def xml_15() -> Iterator[Case]:
    name = "<name><![CDATA[<script>alert(1)</script>]]></name>"
    yield imported("track.gpx", xml.gpx(TRACK.replace("<name>Run</name>", name)))


def xml_16() -> Iterator[Case]:
    pulse = "<HeartRateBpm><Value>0</Value></HeartRateBpm>"
    odd = xml.lap(0, range(60), total=0, inside=pulse, more="<DistanceMeters>-5</DistanceMeters>")
    yield warned("run.tcx", xml.tcx(xml.activity(odd, xml.lap(60, range(60, POINTS)))), "W_LAP", options=ZONE)


def xml_17() -> Iterator[Case]:
    yield imported("track.gpx", b"\n " + GOOD, notes="W_LEADING_SPACE")


def xml_18() -> Iterator[Case]:
    def sport(name: str, start: int) -> str:
        return xml.activity(xml.lap(start, range(start, start + POINTS)), sport=name)

    yield imported("run.tcx", xml.tcx(sport("Running", 0) + sport("Biking", 4000)), 2, variant="several", options=ZONE)
    legs = [sport("Running", 0), "<Transition/>", sport("Biking", 200)]
    session = (f"<MultiSportSession><Id>2024-02-29T07:00:00Z</Id><FirstSport>{legs[0]}</FirstSport>"
               f"<NextSport>{legs[1]}{legs[2]}</NextSport></MultiSportSession>")  # fmt: skip
    yield imported("run.tcx", xml.tcx(session), 1, variant="multisport", options=ZONE, holds={"sport": ["multisport"]})


def xml_19() -> Iterator[Case]:
    def watts(value: str) -> bytes:
        inside = f"<Extensions><TPX><Watts>{value}</Watts></TPX></Extensions>"
        return xml.tcx(xml.activity(xml.lap(0, range(POINTS), inside=inside), sport="Biking"))

    for name, value in {"decimal": "201.5", "empty": "", "sentinel": "65535"}.items():
        yield imported("ride.tcx", watts(value), variant=name, options=ZONE)


def xml_20() -> Iterator[Case]:
    yield quarantined("track.gpx", b"<html><body>Login required</body></html>", "E_TYPE", says=("login",))


def xml_21() -> Iterator[Case]:
    include = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>"
    yield quarantined("track.gpx", xml.gpx(TRACK, before=include), "E_UNSAFE", variant="include")
    sheet = xml.HEAD + '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>'
    yield imported("track.gpx", xml.gpx(TRACK, head=sheet), variant="stylesheet")


def xml_22() -> Iterator[Case]:
    for name, control in {"nul": "&#0;", "unit": "&#x1F;", "raw": "\x0b"}.items():
        data = xml.gpx(TRACK.replace("<name>Run", f"<name>Run{control}"))
        yield imported("track.gpx", data, notes="W_CONTROL", variant=name)
